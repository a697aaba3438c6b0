/** The progress and the claims of event processors. */
@NullMarked
package io.metachat.axon.cassandra.token;

import org.jspecify.annotations.NullMarked;
