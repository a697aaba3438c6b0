/** One running server, assembled from its directory, storage, writer and port. */
@NullMarked
package io.metachat.embedded.eventstoredb.internal.node;

import org.jspecify.annotations.NullMarked;
