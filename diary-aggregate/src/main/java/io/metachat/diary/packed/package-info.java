/** The compact binary form in which a diary's state lies in its snapshots. */
@NullMarked
package io.metachat.diary.packed;

import org.jspecify.annotations.NullMarked;
