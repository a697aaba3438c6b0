/** Tests of the assumptions about Axon. */
@NullMarked
package io.metachat.axon.eventstoredb.internal.subscription;

import org.jspecify.annotations.NullMarked;
