/** Which versions of each projection there are, which one is read, and how another takes its place. */
@NullMarked
package io.metachat.projections.version;

import org.jspecify.annotations.NullMarked;
