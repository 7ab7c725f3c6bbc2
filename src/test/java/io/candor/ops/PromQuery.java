package io.candor.ops;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A PromQL expression, as far as it says what has to be there: the series it selects, and the
 * labels it groups by.
 */
record PromQuery(String text, List<Selector> selectors, Set<String> groupedBy) {
  private static final Set<String> WORDS =
      Set.of("by", "without", "on", "ignoring", "group_left", "group_right", "and", "or", "unless")
          .stream()
          .collect(Collectors.toUnmodifiableSet());

  /** What Prometheus itself gives a series of a scraped pod. */
  private static final Set<String> TARGET = Set.of("job", "instance", "namespace", "pod");

  private static final Pattern GROUPING =
      Pattern.compile("\\b(by|on|without|ignoring)\\s*\\(([^)]*)\\)");
  private static final Pattern SELECTOR =
      Pattern.compile("(?<name>[a-zA-Z_:][\\w:]*)(?:\\{(?<matchers>[^}]*)})?(?!\\w)(?!\\s*\\()");
  private static final Pattern MATCHER =
      Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");

  /** A metric and what its labels must be. */
  record Selector(String name, List<Matcher> matchers) {
    private static Selector of(String name, String matchers) {
      var all = matchers == null ? Stream.<Matcher>empty() : matchers(matchers);
      return new Selector(name, all.toList());
    }

    private static Stream<Matcher> matchers(String text) {
      return MATCHER
          .matcher(text)
          .results()
          .map(m -> new Matcher(m.group(1), m.group(2), m.group(3)));
    }

    boolean selects(Scrape.Sample sample) {
      return sample.name().equals(name) && matchers.stream().allMatch(m -> m.test(sample));
    }
  }

  private record Matcher(String label, String operator, String wanted)
      implements Predicate<Scrape.Sample> {
    @Override
    public boolean test(Scrape.Sample sample) {
      var value = sample.labels().get(label);
      if (value == null) {
        return TARGET.contains(label);
      }
      return switch (operator) {
        case "=" -> value.equals(wanted);
        case "!=" -> !value.equals(wanted);
        case "=~" -> value.matches(wanted);
        case "!~" -> !value.matches(wanted);
        default -> throw new IllegalStateException(operator);
      };
    }
  }

  static PromQuery of(String text) {
    var labels = new TreeSet<String>();
    GROUPING
        .matcher(text)
        .results()
        .filter(m -> m.group(1).equals("by") || m.group(1).equals("on"))
        .forEach(m -> labels.addAll(List.of(m.group(2).strip().split("\\s*,\\s*"))));
    var rest = GROUPING.matcher(text).replaceAll(" ").replaceAll("\\[[^]]*]", "");
    var selectors = new ArrayList<Selector>();
    SELECTOR
        .matcher(rest)
        .results()
        .filter(m -> !WORDS.contains(m.group("name")))
        .forEach(m -> selectors.add(Selector.of(m.group("name"), m.group("matchers"))));
    return new PromQuery(text, selectors, labels);
  }

  /** What this query wants and the process does not export; nothing where it works. */
  List<String> missingIn(Scrape scrape) {
    var missing = new ArrayList<String>();
    for (var selector : selectors) {
      var found = scrape.samples().stream().filter(selector::selects).toList();
      if (found.isEmpty()) {
        missing.add("no series for %s in: %s".formatted(selector, text));
      }
      for (var sample : found) {
        groupedBy.stream()
            .filter(label -> !TARGET.contains(label) && !sample.labels().containsKey(label))
            .filter(label -> !label.equals("le") || sample.name().endsWith("_bucket"))
            .forEach(label -> missing.add("%s has no label %s".formatted(sample, label)));
      }
    }
    return missing;
  }
}
