/** Idempotency keys of requests about matches: a match is two people's, so it cannot keep the keys of one. */
@NullMarked
package io.metachat.matching.request;

import org.jspecify.annotations.NullMarked;
