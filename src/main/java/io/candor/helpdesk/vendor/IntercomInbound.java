package io.candor.helpdesk.vendor;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.candor.helpdesk.wire.Hmac;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Intercom's notifications. They carry no time: what is repeated is known by its id. */
final class IntercomInbound implements Inbound {
  private static final String SIGNATURE = "X-Hub-Signature";
  private static final String ITEM = "/data/item";
  private static final Set<String> CUSTOMERS = Set.of("user", "lead", "contact");

  @Override
  public boolean isAuthentic(Delivery delivery, Account account, String secret, Clocked now) {
    return Hmac.same(sign(secret, delivery.body()), delivery.header(SIGNATURE));
  }

  private static String sign(String secret, byte[] body) {
    return "sha1=" + HexFormat.of().formatHex(Hmac.SHA1.of(secret.getBytes(UTF_8), body));
  }

  @Override
  public Event read(byte[] body, Account account, Instant received) {
    var payload = Payload.of(body);
    var topic = payload.required("/topic");
    if (topic.equals("ping")) {
      return new Event.Ping();
    }
    var place =
        new Event.Place(
            payload.required("/id"), payload.required(ITEM + "/id"), payload.time("/created_at"));
    return switch (topic) {
      case "conversation.user.created" -> said(payload, place, payload.json().at(ITEM + "/source"));
      case "conversation.user.replied" -> said(payload, place, lastPart(payload));
      case "conversation.admin.replied" ->
          account.is("bot_id", lastPart(payload).at("/author/id").asText())
              ? new Event.Nothing(place, "own_message")
              : new Event.StaffSaid(place);
      case "conversation.admin.assigned" ->
          account.is("bot_id", payload.text(ITEM + "/admin_assignee_id"))
              ? new Event.GivenBack(place)
              : new Event.Nothing(place, "other_event");
      default -> new Event.Nothing(place, "other_event");
    };
  }

  private static JsonNode lastPart(Payload payload) {
    var parts = payload.json().at(ITEM + "/conversation_parts/conversation_parts");
    return parts.path(parts.size() - 1);
  }

  private static Event said(Payload payload, Event.Place place, JsonNode part) {
    var message = new Payload(part);
    if (!CUSTOMERS.contains(message.text("/author/type"))) {
      return new Event.Nothing(place, "not_a_customer");
    }
    return new Event.Said(
        place,
        message.required("/id"),
        PlainText.of(message.text("/body")),
        payload.text(ITEM + "/source/type"),
        payload
            .json()
            .at(ITEM + "/tags/tags")
            .valueStream()
            .map(tag -> tag.path("name").asText())
            .collect(Collectors.toSet()),
        Optional.empty(),
        false,
        Optional.empty());
  }

  @Override
  public Delivery test(Account account, String secret, Instant now) {
    var body =
        """
        {"type": "notification_event", "id": "candor-test-%1$s", "topic": "conversation.user.created",
         "created_at": %4$d, "data": {"item": {"type": "conversation", "id": "%2$s",
         "source": {"id": "candor-test-%1$s", "type": "conversation", "body": "<p>%3$s</p>",
                    "author": {"type": "user", "id": "1"}}}}}
        """
            .formatted(now, TEST_CONVERSATION, TEST_QUESTION, now.getEpochSecond())
            .getBytes(UTF_8);
    return new Delivery(Map.of(SIGNATURE, sign(secret, body)), "", body);
  }
}
