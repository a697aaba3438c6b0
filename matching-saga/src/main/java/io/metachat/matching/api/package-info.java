/** The service's gRPC contract: what comes in is made into commands and searches, what goes out into messages. */
@NullMarked
package io.metachat.matching.api;

import org.jspecify.annotations.NullMarked;
