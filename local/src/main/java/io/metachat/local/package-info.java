/** The {@code metachat} command, which starts and operates a MetaChat on one machine. */
@NullMarked
package io.metachat.local;

import org.jspecify.annotations.NullMarked;
