package io.metachat.gateway.user;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ways in which somebody is willing to get to know a match: text, voice, video, in_person. */
record ModalitiesBody(@Nullable List<@Nullable String> modalities) {}
