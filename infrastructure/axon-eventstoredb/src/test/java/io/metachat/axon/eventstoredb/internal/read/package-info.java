/** Tests of reads. */
@NullMarked
package io.metachat.axon.eventstoredb.internal.read;

import org.jspecify.annotations.NullMarked;
