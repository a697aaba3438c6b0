/** What a Spring Boot application gets by having this module on its class path. */
@NullMarked
package io.metachat.axon.eventstoredb.autoconfigure;

import org.jspecify.annotations.NullMarked;
