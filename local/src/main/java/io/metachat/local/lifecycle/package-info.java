/** The commands that start, stop, show and delete a local MetaChat. */
@NullMarked
package io.metachat.local.lifecycle;

import org.jspecify.annotations.NullMarked;
