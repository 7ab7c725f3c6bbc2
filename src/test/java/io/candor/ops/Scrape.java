package io.candor.ops;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a process exports, read from Prometheus' text format. */
public record Scrape(List<Sample> samples) {
  private static final Pattern LINE =
      Pattern.compile("(?<name>[a-zA-Z_:][\\w:]*)(?:\\{(?<labels>.*)})?\\s+(?<value>\\S+)");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  /** One series and its value. */
  public record Sample(String name, Map<String, String> labels, double value) {
    private static Sample of(String line) {
      var parts = LINE.matcher(line);
      if (!parts.matches()) {
        throw new IllegalArgumentException("not a sample: " + line);
      }
      var labels = new HashMap<String, String>();
      if (parts.group("labels") != null) {
        LABEL
            .matcher(parts.group("labels"))
            .results()
            .forEach(label -> labels.put(label.group(1), label.group(2)));
      }
      return new Sample(parts.group("name"), labels, Double.parseDouble(parts.group("value")));
    }
  }

  public static Scrape of(String text) {
    return new Scrape(
        text.lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(Sample::of)
            .toList());
  }

  Stream<Sample> named(String name) {
    return samples.stream().filter(sample -> sample.name().equals(name));
  }

  /** The sum over all series of that name with these labels: label, value, … */
  public double sum(String name, String... labels) {
    return named(name)
        .filter(sample -> {
          for (int i = 0; i < labels.length; i += 2) {
            if (!labels[i + 1].equals(sample.labels().get(labels[i]))) {
              return false;
            }
          }
          return true;
        })
        .mapToDouble(Sample::value)
        .sum();
  }

  public Set<String> names() {
    return samples.stream().map(Sample::name).collect(Collectors.toCollection(TreeSet::new));
  }
}
