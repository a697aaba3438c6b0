/** What is claimed of the event store, tried against a server. */
@NullMarked
package io.metachat.axon.eventstoredb;

import org.jspecify.annotations.NullMarked;
