/**
 * The contract of an event store on EventStoreDB as tests that anybody can run: against another server version, another
 * configuration, another implementation. Needs JUnit Jupiter, AssertJ and Awaitility.
 */
@NullMarked
package io.metachat.axon.eventstoredb.kit;

import org.jspecify.annotations.NullMarked;
