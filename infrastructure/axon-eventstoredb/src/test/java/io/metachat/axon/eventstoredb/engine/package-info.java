/** Tests of the store as a whole, against a server. */
@NullMarked
package io.metachat.axon.eventstoredb.engine;

import org.jspecify.annotations.NullMarked;
