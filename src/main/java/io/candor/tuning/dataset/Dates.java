package io.candor.tuning.dataset;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** When a reply was written, in the forms that exports have it; times without a zone are UTC. */
final class Dates {
  private Dates() {}

  /** From ISO 8601, or seconds since 1970; empty for what is neither. */
  static Optional<Instant> of(String text) {
    var date = text.strip().replace(' ', 'T');
    return Stream.<Function<String, Instant>>of(
            seconds -> Instant.ofEpochSecond(Long.parseLong(seconds)),
            time -> OffsetDateTime.parse(time).toInstant(),
            time -> LocalDateTime.parse(time).toInstant(ZoneOffset.UTC),
            day -> LocalDate.parse(day).atStartOfDay(ZoneOffset.UTC).toInstant())
        .flatMap(form -> parsed(form, date).stream())
        .findFirst();
  }

  private static Optional<Instant> parsed(Function<String, Instant> form, String date) {
    try {
      return Optional.of(form.apply(date));
    } catch (DateTimeException | NumberFormatException e) {
      return Optional.empty();
    }
  }
}
