/** The diary-service: the {@code Diary} aggregate, and how its commands, its snapshots and its events are wired. */
@NullMarked
package io.metachat.diary;

import org.jspecify.annotations.NullMarked;
