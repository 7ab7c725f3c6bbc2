package io.candor.knowledge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.candor.knowledge.Timeline.Period;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Timelines are written as "a 1-4, b 4-9": version a is valid in [day 1, day 4). */
class TimelineTest {
  @ParameterizedTest(name = "[{0}] + {1} from {2} until {3} = [{4}]")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''            | a | 1 | 99 | a 1-99
          a 1-99        | b | 4 | 99 | a 1-4, b 4-99
          a 1-99        | b | 1 | 99 | b 1-99
          a 5-99        | b | 1 | 99 | b 1-5, a 5-99
          a 1-9, b 9-99 | c | 5 | 99 | a 1-5, c 5-9, b 9-99
          a 1-9, b 9-99 | c | 5 | 7  | a 1-5, c 5-7, b 9-99
          a 1-9, b 9-99 | c | 9 | 99 | a 1-9, c 9-99
          a 1-4         | b | 6 | 99 | a 1-4, b 6-99
          a 1-4         | b | 4 | 99 | a 1-4, b 4-99
          a 1-4         | a | 6 | 99 | a 1-4, a 6-99
          a 1-99        | a | 4 | 99 | a 1-99
          a 1-99        | a | 1 | 99 | a 1-99
          a 1-4, b 7-99 | a | 2 | 99 | a 1-7, b 7-99
          a 1-99        | b | 4 | 8  | a 1-4, b 4-8
          a 1-99        | a | 4 | 8  | a 1-8
          """)
  void publishing(String before, String version, int from, int until, String after) {
    var timeline = timeline(before);

    var change = timeline.publish(version(version), day(from), day(until));

    assertEquals(after, write(apply(timeline, change)));
  }

  @ParameterizedTest(name = "[{0}] retired at {1} = [{2}]")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''            | 1  | ''
          a 1-99        | 5  | a 1-5
          a 1-99        | 1  | ''
          a 3-99        | 1  | ''
          a 1-4         | 4  | a 1-4
          a 1-4         | 9  | a 1-4
          a 1-9, b 9-99 | 5  | a 1-5
          a 1-9, b 9-99 | 9  | a 1-9
          a 1-9, b 9-99 | 12 | a 1-9, b 9-12
          """)
  void retiring(String before, int at, String after) {
    var timeline = timeline(before);

    var change = timeline.retire(day(at));

    assertEquals(after, write(apply(timeline, change)));
  }

  @Test
  void whatIsValidAlreadyChangesNothing() {
    var change = timeline("a 1-99").publish(version("a"), day(7), day(99));

    assertEquals(new Timeline.Change(List.of(), List.of()), change);
  }

  @Test
  void overlappingPeriodsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> timeline("a 1-5, b 4-9"));
  }

  private static Timeline apply(Timeline timeline, Timeline.Change change) {
    var periods = new ArrayList<>(timeline.periods());
    for (var ended : change.ended()) {
      assertEquals(true, periods.remove(ended), "ends only what is there");
    }
    periods.addAll(change.begun());
    return new Timeline(periods);
  }

  private static Timeline timeline(String text) {
    return new Timeline(
        Arrays.stream(text.split(", "))
            .filter(period -> !period.isBlank())
            .map(period -> period.split("[ -]"))
            .map(p -> new Period(version(p[0]), day(p[1]), day(p[2])))
            .toList());
  }

  private static String write(Timeline timeline) {
    return timeline.periods().stream()
        .map(p -> "%c %d-%d".formatted(letter(p.version()), number(p.from()), number(p.until())))
        .collect(Collectors.joining(", "));
  }

  private static UUID version(String letter) {
    return new UUID(0, letter.charAt(0));
  }

  private static char letter(UUID version) {
    return (char) version.getLeastSignificantBits();
  }

  private static Instant day(String number) {
    return day(Integer.parseInt(number));
  }

  private static Instant day(int number) {
    return Instant.EPOCH.plusSeconds(86_400L * number);
  }

  private static long number(Instant day) {
    return day.getEpochSecond() / 86_400;
  }
}
