/** The rules against a model, the log against damage. */
@NullMarked
package io.metachat.embedded.eventstoredb.internal.engine;

import org.jspecify.annotations.NullMarked;
