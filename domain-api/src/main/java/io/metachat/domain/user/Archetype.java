package io.metachat.domain.user;

/** The character that somebody sees in themselves: the twelve archetypes of Pearson and Mark (2001). */
public enum Archetype {
    INNOCENT,
    EVERYPERSON,
    HERO,
    CAREGIVER,
    EXPLORER,
    REBEL,
    LOVER,
    CREATOR,
    JESTER,
    SAGE,
    MAGICIAN,
    RULER
}
