/** What people are told as it happens: kept for a while, and followed live. */
@NullMarked
package io.metachat.projections.notification;

import org.jspecify.annotations.NullMarked;
