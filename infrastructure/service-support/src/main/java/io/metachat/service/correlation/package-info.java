/** One id and one trace from the HTTP request to the last consumer of its events. */
@NullMarked
package io.metachat.service.correlation;

import org.jspecify.annotations.NullMarked;
