/** What entries say of how somebody feels, one by one and over time. */
@NullMarked
package io.metachat.gateway.mood;

import org.jspecify.annotations.NullMarked;
