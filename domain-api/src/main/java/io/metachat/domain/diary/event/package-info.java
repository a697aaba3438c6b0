/** The events of a diary. */
@NullMarked
package io.metachat.domain.diary.event;

import org.jspecify.annotations.NullMarked;
