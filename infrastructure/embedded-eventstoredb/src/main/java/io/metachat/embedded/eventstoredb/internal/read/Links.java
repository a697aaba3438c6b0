package io.metachat.embedded.eventstoredb.internal.read;

import com.google.protobuf.ByteString;
import io.metachat.embedded.eventstoredb.internal.log.EventReader;
import io.metachat.embedded.eventstoredb.internal.stream.EventTypes;
import io.metachat.embedded.eventstoredb.internal.stream.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Resolves links ({@code $>}, whose data is {@code revision@stream}) and creates the links of index streams. */
final class Links {

    private static final String LINK_CONTENT_TYPE = "application/octet-stream";

    private final EventReader reader;
    private final StreamViews views;

    Links(EventReader reader, StreamViews views) {
        this.reader = reader;
        this.views = views;
    }

    ResolvedEvent resolve(StoredEvent event, boolean followLinks) {
        return followLinks && event.isLink() ? ResolvedEvent.linked(target(event), event) : ResolvedEvent.plain(event);
    }

    /** Returns the implied link at a revision of an index stream. Index streams store no links. */
    ResolvedEvent indexed(String indexStream, long revision, StoredEvent target, boolean followLinks) {
        String address = target.revision() + "@" + target.stream();
        StoredEvent link = new StoredEvent(
                target.position(),
                indexStream,
                revision,
                UUID.nameUUIDFromBytes((indexStream + ' ' + address).getBytes(StandardCharsets.UTF_8)),
                EventTypes.LINK,
                LINK_CONTENT_TYPE,
                target.createdTicks(),
                ByteString.copyFromUtf8(address),
                ByteString.EMPTY);
        if (!followLinks) {
            return ResolvedEvent.plain(link);
        }
        return ResolvedEvent.linked(isVisible(target.stream(), target.revision()) ? target : null, link);
    }

    private @Nullable StoredEvent target(StoredEvent link) {
        String address = link.data().toStringUtf8();
        int at = address.indexOf('@');
        if (at < 1) {
            return null;
        }
        String stream = address.substring(at + 1);
        return revision(address.substring(0, at))
                .filter(revision -> isVisible(stream, revision))
                .flatMap(revision -> reader.at(stream, revision))
                .orElse(null);
    }

    private boolean isVisible(String stream, long revision) {
        return views.of(stream) instanceof StreamView.Visible visible
                && revision >= visible.first()
                && revision <= visible.last();
    }

    private static Optional<Long> revision(String digits) {
        try {
            return Optional.of(Long.parseLong(digits));
        } catch (NumberFormatException notANumber) {
            // A link may contain anything. An invalid one does not resolve.
            return Optional.empty();
        }
    }
}
