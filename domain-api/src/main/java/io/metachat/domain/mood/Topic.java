package io.metachat.domain.mood;

/**
 * A topic of everyday life.
 *
 * @param weight how much of the text, or of the profile, is about it, from 0 to 1
 */
public record Topic(String name, double weight) {}
