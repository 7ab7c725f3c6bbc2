package io.candor.chart;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The settings that the service knows: those of its configuration interfaces, and its variables.
 */
final class ServiceSettings {
  private static final Path PROPERTIES = Path.of("src/main/resources/application.properties");

  /** What Quarkus, its configuration and the image's entry point read. */
  private static final Set<String> RUNTIME =
      Set.of("QUARKUS_FLYWAY_MIGRATE_AT_START", "SMALLRYE_CONFIG_LOCATIONS", "JDK_JAVA_OPTIONS");

  private final Set<String> names = new TreeSet<>();
  private final Set<String> variables = new TreeSet<>(RUNTIME);

  ServiceSettings() throws IOException {
    new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.candor")
            .stream()
            .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
            .map(type -> ConfigMappings.ConfigClass.configClass(type.reflect()))
            .forEach(mapping -> names.addAll(ConfigMappings.getProperties(mapping).keySet()));
    Pattern.compile("\\$\\{(CANDOR_\\w+)")
        .matcher(Files.readString(PROPERTIES))
        .results()
        .forEach(variable -> variables.add(variable.group(1)));
    names.forEach(name -> variables.add(name.toUpperCase().replaceAll("[^A-Z0-9]", "_")));
  }

  /** Whether it is a setting's name; a map's key may be anything, in quotes where it has dots. */
  boolean knows(String name) {
    return names.stream()
        .map(known -> Pattern.quote(known).replace("*", "\\E(\"[^\"]+\"|[\\w-]+)\\Q"))
        .anyMatch(name::matches);
  }

  boolean knowsVariable(String name) {
    return variables.contains(name);
  }
}
