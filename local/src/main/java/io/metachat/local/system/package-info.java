/** The processes of a local MetaChat: which there are, where they listen, and who watches over them. */
@NullMarked
package io.metachat.local.system;

import org.jspecify.annotations.NullMarked;
