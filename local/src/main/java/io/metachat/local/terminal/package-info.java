/** Output for a person at a terminal. */
@NullMarked
package io.metachat.local.terminal;

import org.jspecify.annotations.NullMarked;
