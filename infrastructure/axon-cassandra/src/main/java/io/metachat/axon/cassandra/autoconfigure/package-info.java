/** Spring Boot's view of the module: properties, beans, health and metrics. */
@NullMarked
package io.metachat.axon.cassandra.autoconfigure;

import org.jspecify.annotations.NullMarked;
