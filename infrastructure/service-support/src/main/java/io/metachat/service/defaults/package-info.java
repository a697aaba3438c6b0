/** The settings that every service shares, and the sentence that names what is missing. */
@NullMarked
package io.metachat.service.defaults;

import org.jspecify.annotations.NullMarked;
