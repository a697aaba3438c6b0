/** The JSON of events, snapshots, tokens and REST bodies. */
@NullMarked
package io.metachat.service.json;

import org.jspecify.annotations.NullMarked;
