/** The speed of the embedded event store without a client or an engine, compared with its disk. */
@NullMarked
package io.metachat.benchmarks.server;

import org.jspecify.annotations.NullMarked;
