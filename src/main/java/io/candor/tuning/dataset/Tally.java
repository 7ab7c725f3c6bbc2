package io.candor.tuning.dataset;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What did not come into the dataset, by reason, with some of each for people to look at. */
public final class Tally {
  private static final int SHOWN = 5;
  private static final int LONGEST = 300;

  private final Map<Reason, Found> dropped = new EnumMap<>(Reason.class);
  private final Map<Reason, Found> removed = new EnumMap<>(Reason.class);

  /** How often, and the first of them. */
  public record Found(int count, List<Case> cases) {
    Found and(Case one) {
      var shown = new ArrayList<>(cases);
      if (shown.size() < SHOWN) {
        shown.add(one);
      }
      return new Found(count + 1, List.copyOf(shown));
    }
  }

  /** One of them, and where it stands. */
  public record Case(String place, String text) {}

  /** A whole exchange. */
  void drop(Reason reason, String place, String text) {
    add(dropped, reason, place, text);
  }

  /** A sentence. */
  void remove(Reason reason, String place, String text) {
    add(removed, reason, place, text);
  }

  Map<Reason, Found> dropped() {
    return dropped;
  }

  Map<Reason, Found> removed() {
    return removed;
  }

  /** In one line. */
  String summary() {
    return dropped.entrySet().stream()
        .map(each -> "%d %s".formatted(each.getValue().count(), each.getKey().label()))
        .collect(Collectors.joining(", "));
  }

  private static void add(Map<Reason, Found> to, Reason reason, String place, String text) {
    var one = new Case(place, text.substring(0, Math.min(LONGEST, text.length())));
    to.put(reason, to.getOrDefault(reason, new Found(0, List.of())).and(one));
  }
}
