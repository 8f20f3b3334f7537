package dev.landfall.runners;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/** Who may know whom. */
@AnalyzeClasses(packages = "dev.landfall", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule LAYERS =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("transforms")
          .definedBy("dev.landfall.transforms..")
          .optionalLayer("validation")
          .definedBy("dev.landfall.validation..")
          .layer("pipelines")
          .definedBy("dev.landfall.pipelines..")
          .layer("runners")
          .definedBy("dev.landfall.runners..")
          .whereLayer("runners")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("pipelines")
          .mayOnlyBeAccessedByLayers("runners")
          .whereLayer("validation")
          .mayOnlyBeAccessedByLayers("pipelines", "runners");

  /**
   * Each package is a slice of its own; that modules know each other one way only, Maven sees to.
   */
  @ArchTest
  static final ArchRule NO_CIRCLES =
      slices()
          .assignedFrom(
              new SliceAssignment() {
                @Override
                public SliceIdentifier getIdentifierOf(JavaClass type) {
                  return SliceIdentifier.of(type.getPackageName());
                }

                @Override
                public String getDescription() {
                  return "each package";
                }
              })
          .should()
          .beFreeOfCycles();

  @ArchTest
  static final ArchRule PURE_PACKAGES_WITHOUT_BEAM =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.landfall.transforms.model..",
              "dev.landfall.transforms.types..",
              "dev.landfall.transforms.sql..",
              "dev.landfall.transforms.catalog..",
              "dev.landfall.transforms.ddl..",
              "dev.landfall.transforms.promise..",
              "dev.landfall.transforms.check..",
              "dev.landfall.transforms.translate..",
              "dev.landfall.transforms.expr..",
              "dev.landfall.transforms.value..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.apache.beam..")
                  // A chunk travels through pipelines, and says how its schema is found.
                  .and(not(resideInAPackage("org.apache.beam.sdk.schemas.."))));

  @ArchTest
  static final ArchRule CEL_IS_KNOWN_IN_ONE_PLACE =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.landfall.transforms.expr..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.cel..", "com.google.re2j..", "com.google.common..", "com.google.protobuf..");

  @ArchTest
  static final ArchRule YAML_ONLY_IN_THE_SPEC =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.landfall.pipelines.spec..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.fasterxml.jackson.dataformat.yaml..", "org.yaml..");

  @ArchTest
  static final ArchRule JSON_IS_WRITTEN_IN_ONE_PLACE =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.landfall.runners.document..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.fasterxml.jackson.databind..");

  @ArchTest
  static final ArchRule EMBEDDED_ONLY_IN_THE_DEMO =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.landfall.runners.demo..", "dev.landfall.embedded..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.landfall.embedded..");

  @ArchTest
  static final ArchRule EMBEDDED_KNOWS_NOBODY =
      noClasses()
          .that()
          .resideInAPackage("dev.landfall.embedded..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.landfall.transforms..",
              "dev.landfall.validation..",
              "dev.landfall.pipelines..",
              "dev.landfall.runners..",
              "org.apache.beam..");

  @ArchTest
  static final ArchRule OPTIONS_ONLY_AT_THE_EDGE =
      noClasses()
          .that()
          .resideInAnyPackage("dev.landfall.transforms..", "dev.landfall.validation..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("org.apache.beam.sdk.options.PipelineOptions");

  @ArchTest
  static final ArchRule FUNCTIONS_ARE_NOT_PUBLIC =
      classes()
          .that()
          .areAssignableTo("org.apache.beam.sdk.transforms.DoFn")
          .and()
          .doNotHaveModifier(com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT)
          .should()
          .notBePublic()
          .allowEmptyShould(true);
}
