/** The rules for writes: expected revisions, idempotent repetitions, deletions. */
@NullMarked
package io.metachat.embedded.eventstoredb.internal.rules;

import org.jspecify.annotations.NullMarked;
