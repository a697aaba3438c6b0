/** What a write is allowed to do and how it becomes durable: streams, revisions, positions, commit groups. */
@NullMarked
package io.metachat.embedded.eventstoredb.internal.engine;

import org.jspecify.annotations.NullMarked;
