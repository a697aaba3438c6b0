/** One MetaChat on this machine: its directory, its ports, its services and its published state. */
@NullMarked
package io.metachat.local.home;

import org.jspecify.annotations.NullMarked;
