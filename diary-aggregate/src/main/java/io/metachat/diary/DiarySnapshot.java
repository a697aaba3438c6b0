package io.metachat.diary;

import com.google.protobuf.InvalidProtocolBufferException;
import io.metachat.proto.diary.snapshot.DiaryState;

/**
 * The state of a diary as a snapshot holds it. New fields may be added to {@link DiaryState}; an incompatible change takes a
 * new {@code @Revision} of {@link Diary}. A snapshot of another revision, or one that cannot be read whole, is passed over,
 * and the diary is loaded from its events.
 *
 * @param state a {@link DiaryState}
 */
record DiarySnapshot(byte[] state) {

    static DiarySnapshot of(DiaryState state) {
        return new DiarySnapshot(state.toByteArray());
    }

    /**
     * Reads the state.
     *
     * @throws IllegalStateException when it is cut off, followed by other bytes, or written by a build that knows more
     */
    DiaryState read() {
        try {
            DiaryState read = DiaryState.parseFrom(state);
            // Canonical again: unknown fields, and bytes behind the message, would be lost silently.
            if (!read.getUnknownFields().asMap().isEmpty() || read.getSerializedSize() != state.length) {
                throw new IllegalStateException("This build does not know all of the snapshot");
            }
            if (!read.getComplete()) {
                throw new IllegalStateException("The snapshot is cut off");
            }
            return read;
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("Not the state of a diary", e);
        }
    }
}
