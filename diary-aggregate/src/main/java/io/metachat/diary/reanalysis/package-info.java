/** Entries once more for the mood-service: how a new model takes over what an older one has analysed. */
@NullMarked
package io.metachat.diary.reanalysis;

import org.jspecify.annotations.NullMarked;
