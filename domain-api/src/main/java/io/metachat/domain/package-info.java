/**
 * The identifiers that all packages of the domain share, and the two kinds of messages: commands and events. Nothing in
 * the domain knows a framework, a database or JSON. A package that would hold more than 15 types keeps its events in a
 * package of their own.
 */
@NullMarked
package io.metachat.domain;

import org.jspecify.annotations.NullMarked;
