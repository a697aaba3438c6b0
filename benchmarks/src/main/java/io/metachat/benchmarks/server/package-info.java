/** What the embedded event store can do without the cost of a client or an engine, beside the disk that it writes to. */
@NullMarked
package io.metachat.benchmarks.server;

import org.jspecify.annotations.NullMarked;
