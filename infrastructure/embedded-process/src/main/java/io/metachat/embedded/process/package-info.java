/** Server processes under control: ports, jars, start, readiness, log, stop, and no orphans. */
@NullMarked
package io.metachat.embedded.process;

import org.jspecify.annotations.NullMarked;
