/** The registry that gives each stored event its logical name and revision. */
@NullMarked
package io.metachat.domain.registry;

import org.jspecify.annotations.NullMarked;
