/** The contract kit, run and itself tested. */
@NullMarked
package io.metachat.axon.eventstoredb.kit;

import org.jspecify.annotations.NullMarked;
