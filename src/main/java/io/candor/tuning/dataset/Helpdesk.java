package io.candor.tuning.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import io.candor.tuning.dataset.Conversation.Post;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jsoup.Jsoup;

/** The helpdesks whose tickets are understood, each by a field that only it has. */
enum Helpdesk {
  /** {@code comments} with {@code public} and {@code author_id}; the requester is the customer. */
  ZENDESK("comments") {
    @Override
    Stream<Post> posts(JsonNode ticket) {
      var requester = ticket.path("requester_id").asText();
      return ticket
          .path("comments")
          .valueStream()
          .filter(comment -> comment.path("public").asBoolean(true))
          .map(comment ->
              new Post(
                  comment.path("author_id").asText().equals(requester),
                  first(comment, "plain_body", "body", "html_body"),
                  when(comment)));
    }
  },

  /** {@code source}, then {@code conversation_parts} of the type comment. */
  INTERCOM("conversation_parts") {
    @Override
    Stream<Post> posts(JsonNode ticket) {
      var parts =
          ticket
              .path("conversation_parts")
              .path("conversation_parts")
              .valueStream()
              .filter(part -> part.path("part_type").asText().equals("comment"));
      return Stream.concat(Stream.of(ticket.path("source")), parts)
          .map(part ->
              new Post(
                  !List.of("admin", "bot", "team")
                      .contains(part.path("author").path("type").asText()),
                  first(part, "body"),
                  when(part)));
    }
  },

  /** {@code messages} that come in (0) or go out (1), unless private. */
  CHATWOOT("messages") {
    @Override
    Stream<Post> posts(JsonNode ticket) {
      return ticket
          .path("messages")
          .valueStream()
          .filter(message -> !message.path("private").asBoolean())
          .filter(message -> DIRECTIONS.contains(message.path("message_type").asText()))
          .map(message ->
              new Post(
                  List.of("0", "incoming").contains(message.path("message_type").asText()),
                  first(message, "content"),
                  when(message)));
    }
  },

  /** A description, then {@code conversations} that are incoming or not, unless private. */
  FRESHDESK("conversations") {
    @Override
    Stream<Post> posts(JsonNode ticket) {
      var asked = new Post(true, first(ticket, "description_text", "description"), when(ticket));
      var replies =
          ticket
              .path("conversations")
              .valueStream()
              .filter(reply -> !reply.path("private").asBoolean())
              .map(reply ->
                  new Post(
                      reply.path("incoming").asBoolean(),
                      first(reply, "body_text", "body"),
                      when(reply)));
      return Stream.concat(Stream.of(asked), replies);
    }
  };

  private static final List<String> DIRECTIONS = List.of("0", "1", "incoming", "outgoing");

  private final String field;

  Helpdesk(String field) {
    this.field = field;
  }

  abstract Stream<Post> posts(JsonNode ticket);

  /** Empty where no helpdesk is known that writes tickets like this. */
  static Optional<Conversation> conversation(JsonNode ticket) {
    return Stream.of(values())
        .filter(desk -> ticket.has("id") && ticket.has(desk.field))
        .findFirst()
        .map(desk ->
            new Conversation(
                ticket.path("id").asText(),
                desk.posts(ticket).filter(post -> !post.text().isBlank()).toList()));
  }

  /** The first of these fields that has something, as text. */
  private static String first(JsonNode node, String... fields) {
    return Stream.of(fields)
        .map(field -> node.path(field).asText(""))
        .filter(text -> !text.isBlank())
        .findFirst()
        .map(text -> text.contains("<") ? text(text) : text)
        .orElse("");
  }

  private static String text(String html) {
    var body = Jsoup.parse(html).body();
    body.select("blockquote, .gmail_quote, style, script").remove();
    body.select("br, p, div, li").before("\n");
    return body.wholeText().strip();
  }

  private static Optional<Instant> when(JsonNode node) {
    return Dates.of(node.path("created_at").asText(""));
  }
}
