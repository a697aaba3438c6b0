/** Idempotency keys: how aggregates answer a repeated command, and how ids follow from a key. */
@NullMarked
package io.metachat.domain.axon.keyed;

import org.jspecify.annotations.NullMarked;
