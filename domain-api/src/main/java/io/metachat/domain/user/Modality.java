package io.metachat.domain.user;

/** A way in which somebody is willing to get to know a match. */
public enum Modality {
    TEXT,
    VOICE,
    VIDEO,
    IN_PERSON
}
