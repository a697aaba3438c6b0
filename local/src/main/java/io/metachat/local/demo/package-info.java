/** A demo of MetaChat: a few people use the real API. */
@NullMarked
package io.metachat.local.demo;

import org.jspecify.annotations.NullMarked;
