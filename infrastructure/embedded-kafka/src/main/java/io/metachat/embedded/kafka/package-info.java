/** The real Apache Kafka as a child process, for laptops, tests and CI. */
@NullMarked
package io.metachat.embedded.kafka;

import org.jspecify.annotations.NullMarked;
