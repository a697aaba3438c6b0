/** What any EventStoreDB node must do for the official client; runs against ours, or any other by its connection string. */
@NullMarked
package io.metachat.embedded.eventstoredb.contract;

import org.jspecify.annotations.NullMarked;
