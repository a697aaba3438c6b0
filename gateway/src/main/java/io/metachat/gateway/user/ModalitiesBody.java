package io.metachat.gateway.user;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ways in which a diarist is willing to meet a match: text, voice, video, in_person. */
record ModalitiesBody(@Nullable List<@Nullable String> modalities) {}
