/** Tests of the writer against a model and against torn logs. */
@NullMarked
package io.metachat.embedded.eventstoredb.internal.commit;

import org.jspecify.annotations.NullMarked;
