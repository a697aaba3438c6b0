/**
 * The parts of a call that its message does not hold: the idempotency key, the minimum position of a read, the deadline
 * and the position that the answer reports. Commands and gRPC both build on this package.
 */
@NullMarked
package io.metachat.service.call;

import org.jspecify.annotations.NullMarked;
