package io.candor.knowledge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** When which version of a document is valid, as known now: periods that do not overlap. */
record Timeline(List<Period> periods) {
  /** A version is valid in [from, until). */
  record Period(UUID version, Instant from, Instant until) {
    Period {
      Check.ordered(from, until);
    }

    boolean contains(Instant at) {
      return !at.isBefore(from) && at.isBefore(until);
    }
  }

  /** How one timeline becomes another: periods no longer known to hold, and those that now do. */
  record Change(List<Period> ended, List<Period> begun) {
    boolean isEmpty() {
      return ended.isEmpty() && begun.isEmpty();
    }
  }

  Timeline {
    periods = periods.stream().sorted(Comparator.comparing(Period::from)).toList();
    for (int i = 1; i < periods.size(); i++) {
      if (periods.get(i).from().isBefore(periods.get(i - 1).until())) {
        throw new IllegalArgumentException("periods overlap: " + periods);
      }
    }
  }

  Optional<Period> at(Instant instant) {
    return periods.stream().filter(period -> period.contains(instant)).findFirst();
  }

  /**
   * The version becomes valid at an instant, until the one given or the next announced version. It
   * ends the version valid there, whose validity continues where it is the same one.
   */
  Change publish(UUID version, Instant from, Instant until) {
    var end =
        periods.stream()
            .map(Period::from)
            .filter(next -> next.isAfter(from) && next.isBefore(until))
            .findFirst()
            .orElse(until);
    var before = at(from);
    var same = before.filter(period -> period.version().equals(version));
    var begun = new Period(version, same.map(Period::from).orElse(from), end);
    if (before.equals(Optional.of(begun))) {
      return new Change(List.of(), List.of());
    }
    var added = new ArrayList<Period>();
    before.filter(period -> same.isEmpty()).flatMap(p -> until(p, from)).ifPresent(added::add);
    added.add(begun);
    return new Change(before.stream().toList(), added);
  }

  /** The document ends at an instant, and what was announced for later is called off. */
  Change retire(Instant at) {
    var ended = periods.stream().filter(period -> period.until().isAfter(at)).toList();
    return new Change(ended, ended.stream().flatMap(period -> until(period, at).stream()).toList());
  }

  private static Optional<Period> until(Period period, Instant end) {
    return period.from().isBefore(end)
        ? Optional.of(new Period(period.version(), period.from(), end))
        : Optional.empty();
  }
}
