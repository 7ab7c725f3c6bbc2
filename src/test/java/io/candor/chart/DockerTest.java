package io.candor.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What can be said of the image and the compose file without Docker. */
class DockerTest {
  private static final Path FOLDER = Path.of("docker");
  private static final Pattern VARIABLE = Pattern.compile("(?m)^(?:ENV|  )\\s*([A-Z_]+)=(\\S+)");
  private static final Pattern ELEMENT =
      Pattern.compile("<([A-Z_]+)>([^<]+)</\\1>"); // of Jib's environment

  @Test
  void bothWaysToBuildTheImageSetTheSameVariables() throws IOException {
    var dockerfile = variables(VARIABLE, Files.readString(FOLDER.resolve("Dockerfile")));
    dockerfile.entrySet().removeIf(entry -> entry.getValue().equals("/home/candor")); // a stage
    assertEquals(dockerfile, variables(ELEMENT, Files.readString(Path.of("pom.xml"))));
    assertEquals("/llama", dockerfile.get("CANDOR_SERVING_LLAMA_LIBRARY_PATH"));
  }

  @Test
  void theImageIsNobodyAndHoldsNoModel() throws IOException {
    var dockerfile = Files.readString(FOLDER.resolve("Dockerfile"));
    assertTrue(dockerfile.contains("\nUSER 10001:10001\n"));
    assertTrue(!dockerfile.contains(".gguf") && !dockerfile.contains("/models"));
    assertTrue(dockerfile.contains("/q/health/live"));
  }

  @Test
  void composeSetsOnlyWhatTheServiceKnows() throws IOException {
    var known = new ServiceSettings();
    var services = compose().path("services");
    for (var name : new String[] {"candor", "migrate"}) {
      services
          .path(name)
          .path("environment")
          .fieldNames()
          .forEachRemaining(variable -> assertTrue(known.knowsVariable(variable), variable));
      assertTrue(services.path(name).path("read_only").asBoolean(), name);
      assertEquals("/tmp:exec", services.path(name).at("/tmpfs/0").asText());
    }
    assertTrue(!services.at("/candor/environment").has("CANDOR_DB_OWNER_PASSWORD"));
  }

  @Test
  void everyFileThatComposeMountsIsThere() throws IOException {
    for (var service : compose().path("services")) {
      for (var mount : service.path("volumes")) {
        var source = mount.asText().split(":")[0];
        if (source.startsWith(".")) {
          assertTrue(Files.exists(FOLDER.resolve(source)), source);
        }
      }
    }
  }

  private static JsonNode compose() throws IOException {
    return new ObjectMapper(new YAMLFactory()).readTree(FOLDER.resolve("compose.yaml").toFile());
  }

  private static Map<String, String> variables(Pattern pattern, String text) {
    var variables = new TreeMap<String, String>();
    pattern.matcher(text).results().forEach(found -> variables.put(found.group(1), found.group(2)));
    return variables;
  }
}
