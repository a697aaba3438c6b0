/** Live updates: one stream of server-sent events per signed-in user. */
@NullMarked
package io.metachat.gateway.live;

import org.jspecify.annotations.NullMarked;
