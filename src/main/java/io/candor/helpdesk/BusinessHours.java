package io.candor.helpdesk;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * When people are there.
 *
 * @param days by name, such as monday, from and to, such as 09:00-17:00; others are days off
 * @param message said outside these hours when a conversation is handed over; {@code {opening}}
 *     stands for the day and time at which people are back
 */
record BusinessHours(ZoneId zone, Map<String, String> days, String message) {
  private static final String OPENING = "{opening}";
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");
  private static final String USUAL = "Our team is back on " + OPENING + ".";
  private static final int DAYS_AHEAD = 8;

  BusinessHours {
    if (zone == null || days == null || days.isEmpty()) {
      throw new IllegalArgumentException("business hours need a 'zone' and 'days'");
    }
    days = Map.copyOf(days);
    message = message == null ? USUAL : message;
    parse(days);
  }

  private record Span(LocalTime from, LocalTime until) {
    boolean has(LocalTime time) {
      return !time.isBefore(from) && time.isBefore(until);
    }
  }

  boolean areAt(Instant instant) {
    var now = instant.atZone(zone);
    var today = parse(days).get(now.getDayOfWeek());
    return today != null && today.has(now.toLocalTime());
  }

  /** The message for a customer who is handed over at that instant, outside the hours. */
  String messageAt(Instant instant) {
    return message.replace(OPENING, opening(instant.atZone(zone)));
  }

  private String opening(ZonedDateTime now) {
    var spans = parse(days);
    for (int ahead = 0; ahead < DAYS_AHEAD; ahead++) {
      var day = now.plusDays(ahead);
      var span = spans.get(day.getDayOfWeek());
      if (span != null && (ahead > 0 || now.toLocalTime().isBefore(span.from()))) {
        var name = day.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
        return "%s at %s".formatted(name, TIME.format(span.from()));
      }
    }
    throw new IllegalStateException("every week has a day of " + days.keySet());
  }

  private static Map<DayOfWeek, Span> parse(Map<String, String> days) {
    var spans = new EnumMap<DayOfWeek, Span>(DayOfWeek.class);
    days.forEach((day, hours) -> {
      var ends = hours.split("-");
      if (ends.length != 2) {
        throw new IllegalArgumentException("hours are like 09:00-17:00, not '%s'".formatted(hours));
      }
      try {
        spans.put(
            DayOfWeek.valueOf(day.toUpperCase(Locale.ROOT)),
            new Span(LocalTime.parse(ends[0].strip()), LocalTime.parse(ends[1].strip())));
      } catch (java.time.DateTimeException e) {
        throw new IllegalArgumentException(
            "hours are like 09:00-17:00, not '%s'".formatted(hours), e);
      }
    });
    return spans;
  }
}
