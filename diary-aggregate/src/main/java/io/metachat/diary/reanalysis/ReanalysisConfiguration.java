package io.metachat.diary.reanalysis;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

/** The settings of reanalyses. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReanalysisProperties.class)
class ReanalysisConfiguration {}
