package io.metachat.diary;

import io.metachat.domain.Command;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How diaries are found, kept in memory and snapshotted. */
@Configuration(proxyBeanMethods = false)
class DiaryConfiguration {

    static final String COMMAND_TARGET = "diaryCommandTarget";
    static final String SNAPSHOTS = "diarySnapshots";
    static final String CACHE = "diaryCache";

    /** Commands name their stream themselves, since the domain knows no framework. */
    @Bean(COMMAND_TARGET)
    static CommandTargetResolver diaryCommandTarget() {
        return message -> new VersionedAggregateIdentifier((Object) ((Command) message.getPayload()).target(), null);
    }
}
