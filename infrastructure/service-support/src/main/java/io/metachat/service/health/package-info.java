/** Health, readiness and the positions that processors have reached. */
@NullMarked
package io.metachat.service.health;

import org.jspecify.annotations.NullMarked;
