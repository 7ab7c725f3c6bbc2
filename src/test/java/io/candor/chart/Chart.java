package io.candor.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The chart, rendered by the real Helm, which {@code k8s/helm} builds where it is missing. */
final class Chart {
  static final Path K8S = Path.of("k8s").toAbsolutePath();
  static final Path CHART = Path.of("helm/candor").toAbsolutePath();
  static final Set<String> PROFILES = Set.of("small", "standard", "gpu");
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  /** Rendering takes a while. */
  private static final Map<List<String>, List<JsonNode>> RENDERED = new ConcurrentHashMap<>();

  private Chart() {}

  /** How a command ended, and what it printed. */
  record Result(int code, String output) {}

  static Result run(String... command) throws IOException, InterruptedException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }

  static Result helm(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(K8S.resolve("helm").toString());
    command.addAll(List.of(arguments));
    return run(command.toArray(String[]::new));
  }

  /** Skips the tests, and says so, where Helm is not there and cannot be built. */
  static void requireHelm() throws IOException, InterruptedException {
    require("the chart", helm("version"));
  }

  /** The operators' definitions; skips the tests, and says so, where they cannot be fetched. */
  static Path requireSchemas() throws IOException, InterruptedException {
    var schemas = run(K8S.resolve("schemas").toString());
    require("the chart's custom resources", schemas);
    return Path.of(schemas.output().strip().lines().toList().getLast());
  }

  private static void require(String tested, Result part) {
    if (part.code() != 0) {
      System.err.println("NOT TESTED, " + tested + ": " + part.output());
      abort(part.output());
    }
  }

  /** The objects of a profile, with more values as Helm's --set takes them. */
  static List<JsonNode> objects(String profile, String... set)
      throws IOException, InterruptedException {
    var arguments = new ArrayList<>(List.of("template", "candor", CHART.toString()));
    arguments.add("--values=" + K8S.resolve(profile).resolve("values.yaml"));
    for (var value : set) {
      arguments.add("--set=" + value);
    }
    if (!RENDERED.containsKey(arguments)) {
      var rendered = helm(arguments.toArray(String[]::new));
      assertEquals(0, rendered.code(), rendered.output());
      RENDERED.put(arguments, parse(rendered.output()));
    }
    return RENDERED.get(arguments);
  }

  static Stream<JsonNode> each(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static List<JsonNode> parse(String yaml) throws IOException {
    try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
      return documents.readAll().stream().filter(document -> !document.isEmpty()).toList();
    }
  }
}
