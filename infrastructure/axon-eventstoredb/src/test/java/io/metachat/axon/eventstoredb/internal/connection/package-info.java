/** Tests of connection strings and failures. */
@NullMarked
package io.metachat.axon.eventstoredb.internal.connection;

import org.jspecify.annotations.NullMarked;
