/** The commands of the metachat script: what a person can ask of a MetaChat on one machine. */
@NullMarked
package io.metachat.local;

import org.jspecify.annotations.NullMarked;
