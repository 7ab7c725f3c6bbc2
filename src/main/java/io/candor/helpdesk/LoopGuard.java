package io.candor.helpdesk;

import io.candor.helpdesk.vendor.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tells what must not be answered, for it was not written by a customer who waits: automatic
 * replies, imports, repeats, and conversations of two bots.
 *
 * @param oldest how old a message may be when it comes in
 * @param mostReplies how many of ours within the window are a loop
 */
record LoopGuard(Duration oldest, int mostReplies, Duration window) {
  private static final Duration REPEATED = Duration.ofMinutes(2);
  private static final int CIRCLES = 2;

  /** At the beginning, where an automatic reply says that it is one. */
  private static final int BEGINNING = 400;

  private static final Pattern AUTOMATIC =
      Pattern.compile(
          "\\b(out of (the )?office|auto(mat(ic|ed))?[- ]?(reply|response|message|answer)"
              + "|this is an automat(ic|ed)|(i am|i'm|we are) (currently )?(away|on leave|on holiday"
              + "|on vacation|on annual leave|out of office|travelling)[^?]{0,60}"
              + "(until|till|from|and will|with limited|return)|do not reply to this (e-?mail|message)"
              + "|(your|this) (e-?mail|message) (was|has been) received and|thank you for (contacting"
              + "|your (e-?mail|message))[^?]{0,80}(will (get back|respond|reply|be in touch)|ticket)"
              + "|undeliverable|delivery status notification|mail delivery (failed|subsystem)"
              + "|abwesenheitsnotiz|automatische antwort|réponse automatique|respuesta automática"
              + "|risposta automatica)\\b");

  /** Why the message is passed over, if it is. */
  Optional<String> ignored(Event.Said said, Instant received, Conversation conversation) {
    if (said.text().isBlank()) {
      return Optional.of("empty");
    }
    if (said.automatic() || isAutomatic(said.text())) {
      return Optional.of("automatic_reply");
    }
    if (said.place().at().isBefore(received.minus(oldest))) {
      return Optional.of("import");
    }
    boolean repeated =
        conversation.exchanges().stream()
            .filter(earlier -> earlier.at().isAfter(received.minus(REPEATED)))
            .anyMatch(earlier -> same(earlier.customer(), said.text()));
    return repeated ? Optional.of("repeated") : Optional.empty();
  }

  static boolean isAutomatic(String text) {
    var plain = text.toLowerCase(Locale.ROOT).replace('’', '\'');
    var beginning = plain.substring(0, Math.min(plain.length(), BEGINNING));
    return AUTOMATIC.matcher(beginning).find();
  }

  /** Whether we have said too much, or are told the same again and again. */
  boolean isLoop(Event.Said said, Instant received, Conversation conversation) {
    long replies =
        conversation.exchanges().stream()
            .filter(earlier -> earlier.at().isAfter(received.minus(window)))
            .filter(earlier -> earlier.reply().isPresent())
            .count();
    long circles =
        conversation.exchanges().stream()
            .filter(earlier -> earlier.reply().isPresent() && same(earlier.customer(), said.text()))
            .count();
    return replies >= mostReplies || circles >= CIRCLES;
  }

  private static boolean same(String one, String other) {
    return WholeWords.plain(one).equals(WholeWords.plain(other));
  }
}
