package io.candor.tuning.dataset;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a customer and a company's people wrote to each other, in order. */
record Conversation(String id, List<Conversation.Post> posts) {
  /** A message that both could read. */
  record Post(boolean customers, String text, Optional<Instant> when) {}

  /** Each reply with what the customer had written since the one before. */
  List<Exchange> exchanges(String place) {
    var exchanges = new ArrayList<Exchange>();
    var question = new StringBuilder();
    for (var post : posts) {
      if (post.customers()) {
        question.append(question.isEmpty() ? "" : "\n").append(post.text().strip());
      } else if (!question.isEmpty()) {
        exchanges.add(
            new Exchange(id, place, question.toString(), List.of(), post.text(), post.when()));
        question.setLength(0);
      }
    }
    return exchanges;
  }
}
