/** The positions that streaming processors have reached, and reads that wait for one. */
@NullMarked
package io.metachat.service.position;

import org.jspecify.annotations.NullMarked;
