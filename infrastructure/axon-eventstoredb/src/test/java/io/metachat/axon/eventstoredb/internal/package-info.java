/** What is claimed of single parts of the engine. */
@NullMarked
package io.metachat.axon.eventstoredb.internal;

import org.jspecify.annotations.NullMarked;
