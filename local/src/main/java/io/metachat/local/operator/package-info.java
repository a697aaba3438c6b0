/** The way of the commands to what operators may see and change in the services. */
@NullMarked
package io.metachat.local.operator;

import org.jspecify.annotations.NullMarked;
