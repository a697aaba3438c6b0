/** The gateway: the REST API, live updates and the API's description, in front of the services. */
@NullMarked
package io.metachat.gateway;

import org.jspecify.annotations.NullMarked;
