/** What runs inside the processes that local starts from its own class path. */
@NullMarked
package io.metachat.local.process;

import org.jspecify.annotations.NullMarked;
