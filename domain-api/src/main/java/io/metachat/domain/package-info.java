/**
 * What every room of the domain shares: identifiers, limits, the closed set of errors, and the registry that gives
 * each stored event its logical name. Nothing here knows a framework, a database or JSON.
 */
@NullMarked
package io.metachat.domain;

import org.jspecify.annotations.NullMarked;
