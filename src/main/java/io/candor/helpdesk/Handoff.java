package io.candor.helpdesk;

import io.candor.chat.Answer;
import io.candor.helpdesk.vendor.Post;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A conversation's way to a person: what the customer is told, and what the colleague. */
final class Handoff {
  private Handoff() {}

  /**
   * The posts of a handoff: never a silent one.
   *
   * @param tell whether the customer is told; in a channel that only drafts they are not
   * @param answer what was answered or would have been, for its citations
   */
  static List<Post> posts(
      Channel channel,
      boolean tell,
      HandoffReason reason,
      Conversation conversation,
      String message,
      Optional<Answer> answer,
      Instant now) {
    var posts = new ArrayList<Post>();
    if (tell) {
      posts.add(new Post(Post.Kind.REPLY, toCustomer(channel.settings(), now)));
    }
    posts.add(new Post(Post.Kind.NOTE, summary(reason, conversation, message, answer)));
    posts.add(new Post(Post.Kind.HAND_OVER, reason.toString()));
    return posts;
  }

  private static String toCustomer(ChannelSettings settings, Instant now) {
    return settings
        .businessHours()
        .filter(hours -> !hours.areAt(now))
        .map(hours -> settings.handOverMessage() + " " + hours.messageAt(now))
        .orElse(settings.handOverMessage());
  }

  private static String summary(
      HandoffReason reason, Conversation conversation, String message, Optional<Answer> answer) {
    var summary = new StringBuilder("Candor hands this over: ").append(reason.words()).append('.');
    if (!conversation.exchanges().isEmpty()) {
      summary.append("\n\nBefore:");
    }
    for (var exchange : conversation.exchanges()) {
      summary.append("\nCustomer: ").append(line(exchange.customer()));
      exchange.reply().ifPresent(reply -> summary.append("\nCandor: ").append(line(reply)));
    }
    summary.append("\n\nLast message: ").append(line(message));
    answer.map(ReplyText::citations).ifPresent(summary::append);
    return summary.toString();
  }

  /** On one line, so that nothing in it looks like the note's own words. */
  private static String line(String text) {
    var line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }

  private static final int LONGEST = 500;
}
