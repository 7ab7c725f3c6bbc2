package io.candor.evaluation;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * A run that leaves one step out, to show what the step is worth; {@code suites/ablations.yaml}
 * lists them and the command line runs them.
 *
 * @param label what is left out
 * @param settings that do so
 * @param kinds of suites that can tell
 * @param needs how a setting begins that puts the step in; null where it is in by default
 */
public record Ablation(
    String label, Map<String, String> settings, List<SuiteDefinition.Kind> kinds, String needs) {
  public Ablation {
    settings = Map.copyOf(settings);
    kinds = List.copyOf(kinds);
    if (settings.isEmpty() || kinds.isEmpty()) {
      throw new IllegalArgumentException("the ablation '%s' changes nothing".formatted(label));
    }
  }

  /**
   * Those that some of the suites can tell.
   *
   * @param settings of the run that they are compared with
   */
  public static List<Ablation> of(List<Suite> suites, Map<String, String> settings) {
    try (var yaml = Ablation.class.getResourceAsStream("/suites/ablations.yaml")) {
      var all = new YAMLMapper().readValue(yaml, new TypeReference<List<Ablation>>() {});
      return all.stream()
          .filter(ablation -> suites.stream().anyMatch(ablation::tells))
          .filter(ablation -> ablation.leavesOut(settings))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean leavesOut(Map<String, String> settings) {
    return needs == null || settings.keySet().stream().anyMatch(key -> key.startsWith(needs));
  }

  /** Whether the suite has figures that may change. */
  public boolean tells(Suite suite) {
    return kinds.contains(suite.definition().kind());
  }

  /** What names its files. */
  public String slug() {
    return label.replaceAll("[^a-z0-9]+", "-");
  }
}
