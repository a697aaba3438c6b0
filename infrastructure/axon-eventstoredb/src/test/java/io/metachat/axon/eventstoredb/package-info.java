/** Tests of the terms of the event store. */
@NullMarked
package io.metachat.axon.eventstoredb;

import org.jspecify.annotations.NullMarked;
