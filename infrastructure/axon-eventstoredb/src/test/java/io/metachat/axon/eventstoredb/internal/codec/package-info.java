/** Tests of the stored format. */
@NullMarked
package io.metachat.axon.eventstoredb.internal.codec;

import org.jspecify.annotations.NullMarked;
