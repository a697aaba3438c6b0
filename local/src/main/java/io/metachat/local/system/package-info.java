/** The processes of a local MetaChat, and the supervisor that starts, restarts and stops them. */
@NullMarked
package io.metachat.local.system;

import org.jspecify.annotations.NullMarked;
