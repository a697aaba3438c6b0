/** The closed model of errors and its one translation to gRPC and one to HTTP. */
@NullMarked
package io.metachat.service.error;

import org.jspecify.annotations.NullMarked;
