/** Mood: the window of analysed entries, the profile that it adds up to, and the mood service's results coming in. */
@NullMarked
package io.metachat.diary.mood;

import org.jspecify.annotations.NullMarked;
