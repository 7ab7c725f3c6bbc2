package io.candor.chart;

import io.smallrye.config.ConfigMappings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The settings that the service knows: those of its configuration interfaces, and its variables.
 */
final class ServiceSettings {
  private static final Path SOURCES = Path.of("src/main/java");
  private static final Path PROPERTIES = Path.of("src/main/resources/application.properties");

  /** What Quarkus, its configuration and the image's entry point read. */
  private static final Set<String> RUNTIME =
      Set.of("QUARKUS_FLYWAY_MIGRATE_AT_START", "SMALLRYE_CONFIG_LOCATIONS", "JDK_JAVA_OPTIONS");

  private final Set<String> names = new TreeSet<>();
  private final Set<String> variables = new TreeSet<>(RUNTIME);

  ServiceSettings() throws IOException {
    try (var files = Files.walk(SOURCES)) {
      files
          .filter(ServiceSettings::isMapping)
          .map(ServiceSettings::type)
          .map(ConfigMappings.ConfigClass::configClass)
          .forEach(mapping -> names.addAll(ConfigMappings.getProperties(mapping).keySet()));
    }
    Pattern.compile("\\$\\{(CANDOR_\\w+)")
        .matcher(Files.readString(PROPERTIES))
        .results()
        .forEach(variable -> variables.add(variable.group(1)));
    names.forEach(name -> variables.add(name.toUpperCase().replaceAll("[^A-Z0-9]", "_")));
  }

  private static boolean isMapping(Path file) {
    try {
      return Files.isRegularFile(file) && Files.readString(file).contains("\n@ConfigMapping(");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Class<?> type(Path file) {
    var name = SOURCES.relativize(file).toString().replace(".java", "").replace('/', '.');
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
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
