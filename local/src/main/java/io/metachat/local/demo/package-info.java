/** A few people who use the real API, so that one can see what MetaChat does. */
@NullMarked
package io.metachat.local.demo;

import org.jspecify.annotations.NullMarked;
