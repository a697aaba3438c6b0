/** Subscriptions to {@code $all} that survive outages, and the streams of consumers on top of them. */
@NullMarked
package io.metachat.axon.eventstoredb.internal.subscription;

import org.jspecify.annotations.NullMarked;
