/** Entries and sessions of the caller's own diary. */
@NullMarked
package io.metachat.gateway.diary;

import org.jspecify.annotations.NullMarked;
