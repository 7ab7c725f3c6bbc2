package io.candor.evaluation.cost;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a cost rests on; read from the file that this build carries, where every value is explained,
 * with an operator's own values over it.
 */
public record Assumptions(Prices prices, Load load, Machine machine, List<Approach> approaches) {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  /** In the operator's currency. */
  public record Prices(
      double machineHour,
      double databaseMonth,
      double trainingHour,
      double engineerHour,
      double hostedPromptMillion,
      double hostedAnswerMillion) {}

  /**
   * How queries come.
   *
   * @param peakFactor queries in the busiest hour over those in the mean one
   * @param utilisation share of a machine that is planned for then
   * @param policyUpdates a month
   */
  public record Load(double peakFactor, double utilisation, double policyUpdates) {
    public Load {
      if (peakFactor < 1 || !(utilisation > 0 && utilisation <= 1) || policyUpdates < 0) {
        throw new IllegalArgumentException(
            "peak_factor is 1 or more, utilisation within 0 and 1, policy_updates not negative");
      }
    }
  }

  /** How fast one is, with as many answers at a time as it serves. */
  public record Machine(
      double promptTokensPerSecond, double answerTokensPerSecond, double retrievalSeconds) {
    public Machine {
      if (!(promptTokensPerSecond > 0) || !(answerTokensPerSecond > 0) || retrievalSeconds < 0) {
        throw new IllegalArgumentException("a machine reads and writes tokens");
      }
    }
  }

  public Assumptions {
    approaches = List.copyOf(approaches);
  }

  /**
   * The build's own with others over them.
   *
   * @param file of the same form with what differs; may be null
   * @param values single ones by their path, as {@code prices.machine_hour} or {@code
   *     approaches.both.answer_tokens}
   */
  public static Assumptions read(Path file, Map<String, Double> values) throws IOException {
    var tree = carried();
    try {
      if (file != null) {
        YAML.readerForUpdating(tree).readValue(file.toFile());
      }
      values.forEach((path, value) -> set(tree, path, value));
      return YAML.treeToValue(tree, Assumptions.class);
    } catch (JsonProcessingException e) {
      var where = file == null ? "" : file + ": ";
      throw new IllegalArgumentException(
          where + e.getOriginalMessage().lines().findFirst().orElse(""), e);
    }
  }

  public static Assumptions defaults() {
    try {
      return read(null, Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode carried() throws IOException {
    try (var in = Assumptions.class.getResourceAsStream("/bench/cost.yaml")) {
      return (ObjectNode) YAML.readTree(in);
    }
  }

  private static void set(ObjectNode tree, String path, double value) {
    JsonNode node = tree;
    var names = path.split("\\.");
    for (int i = 0; i < names.length - 1; i++) {
      node = child(node, names[i]);
    }
    if (!(node instanceof ObjectNode values) || !values.has(names[names.length - 1])) {
      throw new IllegalArgumentException("there is no value '%s' to set".formatted(path));
    }
    values.put(names[names.length - 1], value);
  }

  /** A field, or that approach of the list. */
  private static JsonNode child(JsonNode node, String name) {
    return node.isArray()
        ? node.valueStream()
            .filter(each -> each.path("name").asText().equals(name))
            .findFirst()
            .orElse(MissingNode.getInstance())
        : node.path(name);
  }
}
