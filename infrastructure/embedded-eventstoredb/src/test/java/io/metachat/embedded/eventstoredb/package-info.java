/** What is particular to this server: its life, its faults, its durability. */
@NullMarked
package io.metachat.embedded.eventstoredb;

import org.jspecify.annotations.NullMarked;
