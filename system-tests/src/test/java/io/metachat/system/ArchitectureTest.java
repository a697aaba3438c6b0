package io.metachat.system;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;

/** The arrows between the modules, as ARCHITECTURE.md draws them. */
@AnalyzeClasses(packages = "io.metachat", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String DOMAIN = "io.metachat.domain..";
    private static final String DOMAIN_ON_AXON = "io.metachat.domain.axon..";
    private static final String PROTO = "io.metachat.proto..";
    private static final String SUPPORT = "io.metachat.service..";
    private static final String[] SERVICES = {
        "io.metachat.user..",
        "io.metachat.diary..",
        "io.metachat.matching..",
        "io.metachat.projections..",
        "io.metachat.gateway.."
    };
    private static final String[] INFRASTRUCTURE = {
        "io.metachat.axon..", "io.metachat.kafka..", "io.metachat.embedded..", SUPPORT
    };

    @ArchTest
    static final ArchRule theDomainKnowsNothingOfOursAndNoFramework = classes()
            .that()
            .resideInAPackage(DOMAIN)
            .and()
            .resideOutsideOfPackage(DOMAIN_ON_AXON)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(DOMAIN, "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule theDomainDoesNotKnowItsWayIntoAxon = noClasses()
            .that()
            .resideInAPackage(DOMAIN)
            .and()
            .resideOutsideOfPackage(DOMAIN_ON_AXON)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(DOMAIN_ON_AXON);

    @ArchTest
    static final ArchRule infrastructureNeverKnowsTheDomainOrAService = noClasses()
            .that()
            .resideInAnyPackage(INFRASTRUCTURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(concat(SERVICES, DOMAIN, PROTO));

    @ArchTest
    static final ArchRule theStartersKnowNothingOfMetaChat = noClasses()
            .that()
            .resideInAnyPackage("io.metachat.axon..", "io.metachat.kafka..", "io.metachat.embedded..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(SUPPORT);

    @ArchTest
    static final ArchRule theGatewayKnowsOnlyTheContracts = noClasses()
            .that()
            .resideInAPackage("io.metachat.gateway..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    DOMAIN,
                    "io.metachat.user..",
                    "io.metachat.diary..",
                    "io.metachat.matching..",
                    "io.metachat.projections..",
                    "io.metachat.axon..",
                    "io.metachat.kafka..",
                    "io.metachat.embedded..",
                    "org.axonframework..");

    @ArchTest
    static final ArchRule servicesMeetOnlyThroughContracts = slices().matching(
                    "io.metachat.(user|diary|matching|projections|gateway)..")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule nobodyReachesIntoAStartersInternals = noClasses()
            .that()
            .resideInAnyPackage(SERVICES)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.metachat..internal..");

    @ArchTest
    static final ArchRule packagesAreConceptsAndNotLayers = noClasses()
            .should()
            .resideInAnyPackage(
                    "..controllers..",
                    "..controller..",
                    "..dto..",
                    "..dtos..",
                    "..util..",
                    "..utils..",
                    "..impl..",
                    "..helpers..");

    private static String[] concat(String[] some, String... more) {
        String[] all = Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }
}
