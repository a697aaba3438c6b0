/** The real Apache Cassandra as a child process, for laptops, tests and CI. */
@NullMarked
package io.metachat.embedded.cassandra;

import org.jspecify.annotations.NullMarked;
