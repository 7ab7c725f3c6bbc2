package io.candor.tuning.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import io.candor.tuning.dataset.Conversation.Post;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jsoup.Jsoup;

/** The helpdesks whose tickets are understood, each by a field that only it has. */
enum Helpdesk {
  /** {@code comments} with {@code public} and {@code author_id}; the requester is the customer. */
  ZENDESK("comments", Helpdesk::zendesk),
  /** {@code source}, then {@code conversation_parts} of the type comment. */
  INTERCOM("conversation_parts", Helpdesk::intercom),
  /** {@code messages} that come in (0) or go out (1), unless private. */
  CHATWOOT("messages", Helpdesk::chatwoot),
  /** A description, then {@code conversations} that are incoming or not, unless private. */
  FRESHDESK("conversations", Helpdesk::freshdesk);

  private final String field;
  private final Function<JsonNode, Stream<Post>> posts;

  Helpdesk(String field, Function<JsonNode, Stream<Post>> posts) {
    this.field = field;
    this.posts = posts;
  }

  /** Empty where no helpdesk is known that writes tickets like this. */
  static Optional<Conversation> conversation(JsonNode ticket) {
    return Stream.of(values())
        .filter(desk -> ticket.has("id") && ticket.has(desk.field))
        .findFirst()
        .map(desk -> desk.posts.apply(ticket).filter(post -> !post.text().isBlank()).toList())
        .map(posts -> new Conversation(ticket.path("id").asText(), posts));
  }

  private static Stream<Post> zendesk(JsonNode ticket) {
    var requester = ticket.path("requester_id").asText();
    return ticket
        .path("comments")
        .valueStream()
        .filter(comment -> comment.path("public").asBoolean(true))
        .map(comment ->
            post(
                comment.path("author_id").asText().equals(requester),
                comment,
                "plain_body",
                "body",
                "html_body"));
  }

  private static Stream<Post> intercom(JsonNode ticket) {
    var company = Set.of("admin", "bot", "team");
    var parts =
        ticket
            .path("conversation_parts")
            .path("conversation_parts")
            .valueStream()
            .filter(part -> part.path("part_type").asText().equals("comment"));
    return Stream.concat(Stream.of(ticket.path("source")), parts)
        .map(part ->
            post(!company.contains(part.path("author").path("type").asText()), part, "body"));
  }

  private static Stream<Post> chatwoot(JsonNode ticket) {
    var in = Set.of("0", "incoming");
    var out = Set.of("1", "outgoing");
    return ticket
        .path("messages")
        .valueStream()
        .filter(message -> !message.path("private").asBoolean())
        .filter(message -> in.contains(type(message)) || out.contains(type(message)))
        .map(message -> post(in.contains(type(message)), message, "content"));
  }

  private static String type(JsonNode message) {
    return message.path("message_type").asText();
  }

  private static Stream<Post> freshdesk(JsonNode ticket) {
    var replies =
        ticket
            .path("conversations")
            .valueStream()
            .filter(reply -> !reply.path("private").asBoolean())
            .map(reply -> post(reply.path("incoming").asBoolean(), reply, "body_text", "body"));
    return Stream.concat(Stream.of(post(true, ticket, "description_text", "description")), replies);
  }

  /** The text is the first of these fields that has something. */
  private static Post post(boolean customers, JsonNode message, String... fields) {
    var text =
        Stream.of(fields)
            .map(field -> message.path(field).asText(""))
            .filter(words -> !words.isBlank())
            .findFirst()
            .orElse("");
    return new Post(
        customers,
        text.contains("<") ? text(text) : text,
        Dates.of(message.path("created_at").asText("")));
  }

  private static String text(String html) {
    var body = Jsoup.parse(html).body();
    body.select("blockquote, .gmail_quote, style, script").remove();
    body.select("br, p, div, li").before("\n");
    return body.wholeText().strip();
  }
}
