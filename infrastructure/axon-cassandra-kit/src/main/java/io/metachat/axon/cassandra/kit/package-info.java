/** Contract tests for stores that several nodes share; extend one for each store of your own. */
@NullMarked
package io.metachat.axon.cassandra.kit;

import org.jspecify.annotations.NullMarked;
