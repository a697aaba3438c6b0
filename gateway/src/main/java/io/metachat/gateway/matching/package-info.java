/** Being introduced to people. */
@NullMarked
package io.metachat.gateway.matching;

import org.jspecify.annotations.NullMarked;
