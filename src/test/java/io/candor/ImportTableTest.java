package io.candor;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may import whom. The table is the design's; a package that is not in it may not exist. */
class ImportTableTest {
  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.candor");

  private static final String ANY =
      "security audit serving knowledge retrieval grounding chat helpdesk widget evaluation tuning"
          + " ops embedded cli";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          security   | ''
          audit      | security
          serving    | audit security
          knowledge  | serving audit security
          retrieval  | knowledge serving
          grounding  | serving
          chat       | retrieval grounding knowledge serving audit security
          helpdesk   | chat audit security
          widget     | chat audit security
          evaluation | chat retrieval grounding serving
          tuning     | evaluation chat serving serving.lora audit
          """)
  void aPackageImportsOnlyWhatItsRowAllows(String name, String allowed) {
    var own = Stream.of("io.candor." + name + "..");
    var others =
        Arrays.stream(allowed.split(" ")).filter(p -> !p.isBlank()).map(p -> "io.candor." + p);
    classes()
        .that()
        .resideInAPackage("io.candor." + name + "..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(Stream.concat(own, others).toArray(String[]::new))
                .or(resideOutsideOfPackages("io.candor..")))
        .allowEmptyShould(true)
        .check(CODE);
  }

  @Test
  void everyPackageIsInTheTable() {
    var known = Arrays.stream(ANY.split(" ")).map(p -> "io.candor." + p + "..");
    classes()
        .should()
        .resideInAnyPackage(Stream.concat(known, Stream.of("io.candor")).toArray(String[]::new))
        .check(CODE);
  }

  @Test
  void importsNeverCycle() {
    slices().matching("io.candor.(*)..").should().beFreeOfCycles().check(CODE);
  }
}
