/** The projection-service: read models on Cassandra, made from the events and from nothing else. */
@NullMarked
package io.metachat.projections;

import org.jspecify.annotations.NullMarked;
