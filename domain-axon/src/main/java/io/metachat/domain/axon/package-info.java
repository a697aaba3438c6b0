/** What joins the domain, which knows no framework, with Axon and the services. */
@NullMarked
package io.metachat.domain.axon;

import org.jspecify.annotations.NullMarked;
