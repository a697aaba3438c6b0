/** Sessions: stretches of writing, of which one at most is open. */
@NullMarked
package io.metachat.diary.session;

import org.jspecify.annotations.NullMarked;
