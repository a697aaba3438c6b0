/** What those who run the system see and change, over HTTP, with the role of an operator. */
@NullMarked
package io.metachat.projections.operations;

import org.jspecify.annotations.NullMarked;
