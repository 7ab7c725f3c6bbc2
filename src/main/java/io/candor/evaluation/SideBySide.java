package io.candor.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Two runs' answers to the same questions, for a person who does not know which run said what. The
 * questions' order and each pair's sides are random and the same whenever they are drawn, so that
 * rating can stop and go on. Ratings are appended to a file; of several for a question, the last
 * counts. Thread-safe.
 */
public final class SideBySide {
  private static final long SEED = 20_261_122;
  private static final double CONFIDENCE = 0.95;

  /** Which answer a person prefers. */
  enum Choice {
    LEFT,
    RIGHT,
    TIE
  }

  /**
   * Two answers as they are shown.
   *
   * @param isSwapped whether the second run's answer is on the left
   * @param rated what was chosen before; null where nothing was
   */
  record Pair(
      String id, String question, String left, String right, boolean isSwapped, Choice rated) {}

  /**
   * What came of it.
   *
   * @param wins pairs whose second answer is preferred
   * @param same pairs with equal answers, which are not shown
   * @param preference the share that the second run gets, a tie for half
   * @param low of its 95% interval
   * @param high of its 95% interval
   */
  public record Tally(
      int wins, int ties, int losses, int same, double preference, double low, double high) {}

  private final Path file;
  private final Map<String, Pair> pairs = new LinkedHashMap<>();
  private int same;

  /**
   * @param ratings where they are kept; those there already count
   */
  public SideBySide(Report first, Report second, Path ratings) throws IOException {
    this.file = ratings;
    var earlier = answers(first);
    var random = new Random(SEED);
    var drawn = new ArrayList<Pair>();
    answers(second)
        .forEach((id, later) -> {
          var before = earlier.get(id);
          boolean isSwapped = random.nextBoolean();
          if (before == null) {
            return;
          }
          if (before.said().equals(later.said())) {
            same++;
            return;
          }
          drawn.add(
              new Pair(
                  id,
                  later.question(),
                  isSwapped ? later.said() : before.said(),
                  isSwapped ? before.said() : later.said(),
                  isSwapped,
                  null));
        });
    if (drawn.isEmpty()) {
      throw new IllegalArgumentException(
          "The reports hold no different answers to the same question (%d are equal)."
              .formatted(same));
    }
    Collections.shuffle(drawn, random);
    drawn.forEach(pair -> pairs.put(pair.id(), pair));
    if (Files.exists(ratings)) {
      JsonData.stream(ratings).forEach(this::remember);
    }
  }

  private static Map<String, Scores> answers(Report report) {
    var answers = new LinkedHashMap<String, Scores>();
    for (var suite : report.suites()) {
      suite.results().stream()
          .filter(result -> result.said() != null)
          .forEach(result -> answers.put(suite.suite().name() + "/" + result.id(), result));
    }
    return answers;
  }

  private void remember(JsonNode rating) {
    var id = rating.path("id").asText();
    var pair = pairs.get(id);
    if (pair != null) {
      rated(pair, side(rating.path("preferred").asText(), pair.isSwapped()));
    }
  }

  private static Choice side(String preferred, boolean isSwapped) {
    return switch (preferred) {
      case "first" -> isSwapped ? Choice.RIGHT : Choice.LEFT;
      case "second" -> isSwapped ? Choice.LEFT : Choice.RIGHT;
      case "tie" -> Choice.TIE;
      default -> throw new IllegalArgumentException("no run is called " + preferred);
    };
  }

  private static String preferred(Choice choice, boolean isSwapped) {
    return switch (choice) {
      case LEFT -> isSwapped ? "second" : "first";
      case RIGHT -> isSwapped ? "first" : "second";
      case TIE -> "tie";
    };
  }

  private void rated(Pair pair, Choice choice) {
    pairs.put(
        pair.id(),
        new Pair(pair.id(), pair.question(), pair.left(), pair.right(), pair.isSwapped(), choice));
  }

  synchronized List<Pair> pairs() {
    return List.copyOf(pairs.values());
  }

  /** Keeps a choice; it is on disk when this returns. */
  synchronized void rate(String id, Choice choice) throws IOException {
    var pair = pairs.get(id);
    if (pair == null) {
      throw new IllegalArgumentException("no pair is called " + id);
    }
    var line = ServerUnderTest.JSON.createObjectNode();
    line.put("id", id).put("preferred", preferred(choice, pair.isSwapped()));
    line.put("at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    rated(pair, choice);
  }

  /** Of what is rated so far. */
  public synchronized Tally tally() {
    var counts = new HashMap<String, Integer>();
    var preferences = new ArrayList<Double>();
    for (var pair : pairs.values()) {
      if (pair.rated() != null) {
        var preferred = preferred(pair.rated(), pair.isSwapped());
        counts.merge(preferred, 1, Integer::sum);
        preferences.add(preferred.equals("second") ? 1 : preferred.equals("tie") ? 0.5 : 0);
      }
    }
    var interval =
        preferences.isEmpty()
            ? new Bootstrap.Interval(Double.NaN, Double.NaN)
            : Bootstrap.interval(preferences, CONFIDENCE, SideBySide::mean);
    return new Tally(
        counts.getOrDefault("second", 0),
        counts.getOrDefault("tie", 0),
        counts.getOrDefault("first", 0),
        same,
        mean(preferences),
        interval.low(),
        interval.high());
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(value -> value).average().orElse(Double.NaN);
  }
}
