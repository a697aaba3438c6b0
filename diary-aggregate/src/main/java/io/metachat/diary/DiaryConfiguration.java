package io.metachat.diary;

import io.metachat.diary.snapshot.BoundedCache;
import io.metachat.diary.snapshot.SnapshotWhenCostly;
import io.metachat.domain.axon.FollowForgottenUsers;
import java.util.concurrent.Executor;
import org.axonframework.common.caching.Cache;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.eventsourcing.Snapshotter;
import org.axonframework.eventsourcing.SnapshotterSpanFactory;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.annotation.HandlerDefinition;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.spring.eventsourcing.SpringAggregateSnapshotter;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/** The cache and the snapshots of diaries. */
@org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
@Import(FollowForgottenUsers.class)
class DiaryConfiguration {

    static final String SNAPSHOTS = "diarySnapshots";
    static final String CACHE = "diaryCache";

    private static final String SNAPSHOT_EXECUTOR = "diarySnapshotExecutor";

    @Bean
    static DiaryJson diaryJson() {
        return new DiaryJson();
    }

    @Bean(CACHE)
    static Cache diaryCache(DiaryProperties properties) {
        return new BoundedCache(properties.cachedDiaries(), properties.cachedFor());
    }

    @Bean(SNAPSHOTS)
    static SnapshotTriggerDefinition diarySnapshots(Snapshotter snapshotter, DiaryProperties properties) {
        return new SnapshotWhenCostly(snapshotter, properties.snapshotEvery(), properties.snapshotLoadTime());
    }

    /** One thread: a snapshot loads a whole diary, and never makes the command wait that asked for it. */
    @Bean(name = SNAPSHOT_EXECUTOR, defaultCandidate = false)
    static ThreadPoolTaskExecutor diarySnapshotExecutor() {
        ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
        executor.setCorePoolSize(1);
        executor.setMaxPoolSize(1);
        executor.setThreadNamePrefix("diary-snapshot-");
        executor.setWaitForTasksToCompleteOnShutdown(true);
        executor.setAwaitTerminationSeconds(5);
        return executor;
    }

    @Bean
    static SpringAggregateSnapshotter diarySnapshotter(
            Configuration configuration,
            HandlerDefinition handlers,
            ParameterResolverFactory parameters,
            EventStore eventStore,
            TransactionManager transactions,
            SnapshotterSpanFactory spans,
            @Qualifier(SNAPSHOT_EXECUTOR) Executor executor) {
        return SpringAggregateSnapshotter.builder()
                .repositoryProvider(configuration::repository)
                .transactionManager(transactions)
                .eventStore(eventStore)
                .parameterResolverFactory(parameters)
                .handlerDefinition(handlers)
                .spanFactory(spans)
                .executor(executor)
                .build();
    }
}
