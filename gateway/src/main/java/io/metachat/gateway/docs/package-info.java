/** The description of the API for machines and people. */
@NullMarked
package io.metachat.gateway.docs;

import org.jspecify.annotations.NullMarked;
