/** The settings that every service shares, and the sentence that names a missing one. */
@NullMarked
package io.metachat.service.defaults;

import org.jspecify.annotations.NullMarked;
