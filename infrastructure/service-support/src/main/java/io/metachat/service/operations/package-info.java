/** What those who run a service see and change, over HTTP on its own port, with the role of an operator. */
@NullMarked
package io.metachat.service.operations;

import org.jspecify.annotations.NullMarked;
