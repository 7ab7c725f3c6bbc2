package io.candor.helpdesk;

import io.candor.chat.ChannelChat.Line;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A conversation of the helpdesk's, as far as we have followed it.
 *
 * @param chat the chat's id of it, once something was answered
 * @param silentSince since when a person has it, if one has
 * @param exchanges the last ones, oldest first
 */
record Conversation(Optional<UUID> chat, Optional<Instant> silentSince, List<Exchange> exchanges) {
  Conversation {
    exchanges = List.copyOf(exchanges);
  }

  /** What a customer wrote, and what we replied. */
  record Exchange(Instant at, String customer, Optional<String> reply) {}

  /** As the chat takes it. */
  List<Line> lines() {
    var lines = new ArrayList<Line>();
    for (var exchange : exchanges) {
      lines.add(new Line(true, exchange.customer()));
      exchange.reply().ifPresent(reply -> lines.add(new Line(false, reply)));
    }
    return lines;
  }
}
