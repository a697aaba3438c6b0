/** The tables of the stores, and the changes from one version of them to the next. */
@NullMarked
package io.metachat.axon.cassandra.schema;

import org.jspecify.annotations.NullMarked;
