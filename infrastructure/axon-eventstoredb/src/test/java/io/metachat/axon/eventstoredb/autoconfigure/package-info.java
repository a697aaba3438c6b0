/** Tests of the auto-configuration. */
@NullMarked
package io.metachat.axon.eventstoredb.autoconfigure;

import org.jspecify.annotations.NullMarked;
