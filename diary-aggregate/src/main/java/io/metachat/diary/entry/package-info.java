/** Entries: what the aggregate knows of them, and what a command answers with. */
@NullMarked
package io.metachat.diary.entry;

import org.jspecify.annotations.NullMarked;
