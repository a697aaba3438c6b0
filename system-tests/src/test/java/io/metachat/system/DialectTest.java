package io.metachat.system;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.spring.stereotype.Aggregate;
import org.junit.jupiter.api.Assertions;
import org.slf4j.Logger;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** One shape for all modules: names, wiring, sizes of packages. */
@AnalyzeClasses(packages = "io.metachat", importOptions = ImportOption.DoNotIncludeTests.class)
class DialectTest {

    private static final int MAX_FILES_IN_A_PACKAGE = 15;
    private static final String CONTRACTS = "io.metachat.proto.v1";

    /** What is below this package is generated from .proto files; the package itself is written by hand. */
    private static final String GENERATED = "io.metachat.proto.";

    @ArchTest
    static final ArchRule servicesOfContractsAreNamedAfterThemAndHidden = classes()
            .that(serveAContract())
            .should(beNamedAfterTheirContract())
            .andShould()
            .notBePublic();

    @ArchTest
    static final ArchRule applicationsHaveOneShape = classes()
            .that()
            .areAnnotatedWith(SpringBootApplication.class)
            .should()
            .haveSimpleNameEndingWith("Application")
            .andShould()
            .beAnnotatedWith(ConfigurationPropertiesScan.class)
            .andShould(haveAConstantNamed("CONFIG"));

    @ArchTest
    static final ArchRule loggersAreNamedLog = fields().that()
            .haveRawType(Logger.class)
            .should()
            .haveName("log")
            .andShould()
            .bePrivate()
            .andShould()
            .beStatic()
            .andShould()
            .beFinal();

    @ArchTest
    static final ArchRule aggregatesAreFinal =
            classes().that().areAnnotatedWith(Aggregate.class).should().haveModifier(JavaModifier.FINAL);

    @ArchTest
    static final ArchRule commandsAreHandled =
            methods().that().areAnnotatedWith(CommandHandler.class).should().haveName("handle");

    @ArchTest
    static final ArchRule eventsAreHandledByOn = methods()
            .that()
            .areAnnotatedWith(EventSourcingHandler.class)
            .or()
            .areAnnotatedWith(EventHandler.class)
            .or()
            .areAnnotatedWith(SagaEventHandler.class)
            .should()
            .haveName("on");

    @ArchTest
    static final ArchRule packagesHaveNoCircles =
            slices().matching("io.metachat.(**)").should().beFreeOfCycles();

    @ArchTest
    static void shouldKeepPackagesSmall(JavaClasses all) {
        Map<String, Long> tooLarge = all.stream()
                .filter(type -> !type.getPackageName().startsWith(GENERATED))
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
        tooLarge.values().removeIf(files -> files <= MAX_FILES_IN_A_PACKAGE);

        Assertions.assertEquals(Map.of(), tooLarge, "packages of more than " + MAX_FILES_IN_A_PACKAGE + " files");
    }

    private static DescribedPredicate<JavaClass> serveAContract() {
        return DescribedPredicate.describe(
                "extend a generated ImplBase",
                type -> type.getRawSuperclass()
                        .filter(base -> base.getPackageName().equals(CONTRACTS)
                                && base.getSimpleName().endsWith("ImplBase"))
                        .isPresent());
    }

    private static ArchCondition<JavaClass> beNamedAfterTheirContract() {
        return condition("be named after their contract", type -> {
            String base = type.getRawSuperclass().orElseThrow().getSimpleName();
            return type.getSimpleName().equals(base.replace("ImplBase", "Service"));
        });
    }

    private static ArchCondition<JavaClass> haveAConstantNamed(String name) {
        return condition(
                "have a constant " + name,
                type -> type.tryGetField(name)
                        .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
                        .isPresent());
    }

    private static ArchCondition<JavaClass> condition(String description, Predicate<JavaClass> holds) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                events.add(new SimpleConditionEvent(type, holds.test(type), type.getName() + " should " + description));
            }
        };
    }
}
