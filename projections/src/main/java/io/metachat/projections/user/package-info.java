/** People: the profile, what they want of matching, and whom they have blocked. */
@NullMarked
package io.metachat.projections.user;

import org.jspecify.annotations.NullMarked;
