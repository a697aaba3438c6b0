/** One running server put together: its directory, its storage, its writer, its port. */
@NullMarked
package io.metachat.embedded.eventstoredb.internal.node;

import org.jspecify.annotations.NullMarked;
