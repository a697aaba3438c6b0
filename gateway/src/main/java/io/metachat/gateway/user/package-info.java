/** Who somebody is, and what others see. */
@NullMarked
package io.metachat.gateway.user;

import org.jspecify.annotations.NullMarked;
