/** How the stores talk to Cassandra; nothing here is API. */
@NullMarked
package io.metachat.axon.cassandra.internal;

import org.jspecify.annotations.NullMarked;
