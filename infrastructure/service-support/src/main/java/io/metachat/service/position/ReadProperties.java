package io.metachat.service.position;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How reads wait for a position.
 *
 * @param timeout the longest wait
 */
@ConfigurationProperties("metachat.reads")
record ReadProperties(@DefaultValue("2s") Duration timeout) {}
