/** Child processes: how they are launched, awaited and stopped, and the ports they use. */
@NullMarked
package io.metachat.embedded.process;

import org.jspecify.annotations.NullMarked;
