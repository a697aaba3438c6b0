/** Registration: unique names, held by reservations, and the steps from a form to a user. */
@NullMarked
package io.metachat.user.registration;

import org.jspecify.annotations.NullMarked;
