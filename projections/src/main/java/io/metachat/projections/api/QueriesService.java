package io.metachat.projections.api;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.metachat.domain.EntryId;
import io.metachat.domain.MatchId;
import io.metachat.domain.SessionId;
import io.metachat.domain.UserId;
import io.metachat.domain.diary.ListEntries;
import io.metachat.domain.diary.ListSessions;
import io.metachat.domain.field.Limits;
import io.metachat.domain.match.ListMatches;
import io.metachat.domain.user.GetUser;
import io.metachat.projections.entry.EntryQueries;
import io.metachat.projections.export.Export;
import io.metachat.projections.match.MatchQueries;
import io.metachat.projections.mood.MoodQueries;
import io.metachat.projections.notification.NotificationFeed;
import io.metachat.projections.page.Times;
import io.metachat.projections.processing.RebuildPace;
import io.metachat.projections.session.SessionQueries;
import io.metachat.projections.statistics.StatisticsQueries;
import io.metachat.projections.user.UserQueries;
import io.metachat.proto.v1.Entry;
import io.metachat.proto.v1.EntryPage;
import io.metachat.proto.v1.ExportChunk;
import io.metachat.proto.v1.ExportRequest;
import io.metachat.proto.v1.FollowNotificationsRequest;
import io.metachat.proto.v1.GetEntryRequest;
import io.metachat.proto.v1.GetMatchRequest;
import io.metachat.proto.v1.GetMatchingPreferencesRequest;
import io.metachat.proto.v1.GetPortraitRequest;
import io.metachat.proto.v1.GetProgressRequest;
import io.metachat.proto.v1.GetSearchRequest;
import io.metachat.proto.v1.GetSessionRequest;
import io.metachat.proto.v1.GetStatisticsRequest;
import io.metachat.proto.v1.GetTimelineRequest;
import io.metachat.proto.v1.GetUserRequest;
import io.metachat.proto.v1.ListEntriesRequest;
import io.metachat.proto.v1.Match;
import io.metachat.proto.v1.MatchPage;
import io.metachat.proto.v1.MatchingPreferences;
import io.metachat.proto.v1.Mood;
import io.metachat.proto.v1.Notification;
import io.metachat.proto.v1.PageRequest;
import io.metachat.proto.v1.Portrait;
import io.metachat.proto.v1.Progress;
import io.metachat.proto.v1.QueriesGrpc;
import io.metachat.proto.v1.Search;
import io.metachat.proto.v1.Session;
import io.metachat.proto.v1.SessionPage;
import io.metachat.proto.v1.Statistics;
import io.metachat.proto.v1.Timeline;
import io.metachat.proto.v1.User;
import io.metachat.service.grpc.Responses;
import io.metachat.service.security.Caller;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Every query, about the caller that the access token names and nobody else. */
@Component
class QueriesService extends QueriesGrpc.QueriesImplBase {

    private final UserQueries users;
    private final EntryQueries entries;
    private final SessionQueries sessions;
    private final MoodQueries moods;
    private final MatchQueries matches;
    private final StatisticsQueries statistics;
    private final NotificationFeed notifications;
    private final Export export;
    private final RebuildPace pace;

    QueriesService(
            UserQueries users,
            EntryQueries entries,
            SessionQueries sessions,
            MoodQueries moods,
            MatchQueries matches,
            StatisticsQueries statistics,
            NotificationFeed notifications,
            Export export,
            RebuildPace pace) {
        this.users = users;
        this.entries = entries;
        this.sessions = sessions;
        this.moods = moods;
        this.matches = matches;
        this.statistics = statistics;
        this.notifications = notifications;
        this.export = export;
        this.pace = pace;
    }

    @Override
    public void getUser(GetUserRequest request, StreamObserver<User> answer) {
        answer(answer, () -> users.get(new GetUser(caller(), UserId.parse(request.getUserId()))));
    }

    @Override
    public void getProgress(GetProgressRequest request, StreamObserver<Progress> answer) {
        answer(answer, () -> statistics.progress(caller()));
    }

    @Override
    public void getStatistics(GetStatisticsRequest request, StreamObserver<Statistics> answer) {
        answer(answer, () -> statistics.statistics(caller()));
    }

    @Override
    public void getMatchingPreferences(
            GetMatchingPreferencesRequest request, StreamObserver<MatchingPreferences> answer) {
        answer(answer, () -> users.preferences(caller()));
    }

    @Override
    public void getEntry(GetEntryRequest request, StreamObserver<Entry> answer) {
        answer(answer, () -> entries.get(caller(), EntryId.parse(request.getEntryId())));
    }

    @Override
    public void listEntries(ListEntriesRequest request, StreamObserver<EntryPage> answer) {
        answer(
                answer,
                () -> entries.list(new ListEntries(
                        caller(),
                        request.hasTag() ? request.getTag() : null,
                        request.hasSessionId() ? SessionId.parse(request.getSessionId()) : null,
                        request.hasFrom() ? Times.instant("from", request.getFrom()) : null,
                        request.hasTo() ? Times.instant("to", request.getTo()) : null,
                        limit(request.getLimit()),
                        request.hasCursor() ? request.getCursor() : null)));
    }

    @Override
    public void getSession(GetSessionRequest request, StreamObserver<Session> answer) {
        answer(answer, () -> sessions.get(caller(), SessionId.parse(request.getSessionId())));
    }

    @Override
    public void listSessions(PageRequest request, StreamObserver<SessionPage> answer) {
        answer(
                answer,
                () -> sessions.list(new ListSessions(
                        caller(), limit(request.getLimit()), request.hasCursor() ? request.getCursor() : null)));
    }

    @Override
    public void getEntryMood(GetEntryRequest request, StreamObserver<Mood> answer) {
        answer(answer, () -> entries.mood(caller(), EntryId.parse(request.getEntryId())));
    }

    @Override
    public void getTimeline(GetTimelineRequest request, StreamObserver<Timeline> answer) {
        answer(answer, () -> moods.timeline(TimelineRequests.query(caller(), request)));
    }

    @Override
    public void getPortrait(GetPortraitRequest request, StreamObserver<Portrait> answer) {
        answer(answer, () -> moods.portrait(caller()));
    }

    @Override
    public void getMatch(GetMatchRequest request, StreamObserver<Match> answer) {
        answer(answer, () -> matches.get(caller(), MatchId.parse(request.getMatchId())));
    }

    @Override
    public void listMatches(PageRequest request, StreamObserver<MatchPage> answer) {
        answer(
                answer,
                () -> matches.list(new ListMatches(
                        caller(), limit(request.getLimit()), request.hasCursor() ? request.getCursor() : null)));
    }

    @Override
    public void getSearch(GetSearchRequest request, StreamObserver<Search> answer) {
        answer(answer, () -> matches.search(caller()));
    }

    /** Only the call's context is needed of this thread: the stream is served by others, until it is cancelled. */
    @Override
    public void followNotifications(FollowNotificationsRequest request, StreamObserver<Notification> answer) {
        notifications.follow(
                caller(),
                request.hasAfterPosition() ? OptionalLong.of(request.getAfterPosition()) : OptionalLong.empty(),
                (ServerCallStreamObserver<Notification>) answer);
    }

    @Override
    public void export(ExportRequest request, StreamObserver<ExportChunk> answer) {
        export.write(caller(), (ServerCallStreamObserver<ExportChunk>) answer);
    }

    /** What the query throws becomes a status further out, in one place for all services. */
    private <T> void answer(StreamObserver<T> answer, Supplier<T> query) {
        pace.queryBegins();
        try {
            Responses.send(answer, query.get());
        } finally {
            pace.queryEnds();
        }
    }

    private static UserId caller() {
        return new UserId(Caller.currentUser());
    }

    /** A message without a limit asks for the usual one. */
    private static int limit(int limit) {
        return limit == 0 ? Limits.PAGE_DEFAULT : limit;
    }
}
