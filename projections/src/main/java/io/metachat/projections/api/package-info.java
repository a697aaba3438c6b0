/** The gRPC service: messages to queries and back. */
@NullMarked
package io.metachat.projections.api;

import org.jspecify.annotations.NullMarked;
