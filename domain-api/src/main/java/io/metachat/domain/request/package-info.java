/** Requests that a client may repeat, where what they change belongs to others too and so cannot keep their keys. */
@NullMarked
package io.metachat.domain.request;

import org.jspecify.annotations.NullMarked;
