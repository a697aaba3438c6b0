/** The gRPC command API of the diary. */
@NullMarked
package io.metachat.diary.api;

import org.jspecify.annotations.NullMarked;
