/** The whole system from outside, as people and operators meet it, faults included. */
@NullMarked
package io.metachat.system;

import org.jspecify.annotations.NullMarked;
