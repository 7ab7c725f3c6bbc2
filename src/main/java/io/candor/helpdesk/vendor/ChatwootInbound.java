package io.candor.helpdesk.vendor;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.candor.helpdesk.wire.Hmac;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Chatwoot's agent bot webhooks. Versions that sign nothing need the account's setting {@code
 * unsigned}, and the secret as the address's token.
 */
final class ChatwootInbound implements Inbound {
  private static final String SIGNATURE = "X-Chatwoot-Signature";
  private static final String TIMESTAMP = "X-Chatwoot-Timestamp";

  @Override
  public boolean isAuthentic(Delivery delivery, Account account, String secret, Clocked now) {
    if (account.is("unsigned", "true")) {
      return Hmac.same(secret, delivery.token());
    }
    var timestamp = delivery.header(TIMESTAMP);
    return timestamp.matches("\\d{1,12}")
        && Hmac.same(sign(secret, timestamp, delivery.body()), delivery.header(SIGNATURE))
        && now.allows(Instant.ofEpochSecond(Long.parseLong(timestamp)));
  }

  private static String sign(String secret, String timestamp, byte[] body) {
    var code = Hmac.SHA256.of(secret.getBytes(UTF_8), (timestamp + ".").getBytes(UTF_8), body);
    return "sha256=" + HexFormat.of().formatHex(code);
  }

  @Override
  public Event read(byte[] body, Account account, Instant received) {
    var payload = Payload.of(body);
    var event = payload.required("/event");
    return switch (event) {
      case "message_created" -> message(payload, account);
      case "conversation_status_changed" -> status(payload, body, received);
      case "webwidget_triggered" -> new Event.Ping();
      default ->
          new Event.Nothing(
              new Event.Place(Payload.hash(body), conversation(payload), received),
              event.equals("message_updated") ? "edit" : "other_event");
    };
  }

  /** Events about a message have the conversation inside, others are the conversation. */
  private static String conversation(Payload payload) {
    return payload.optional("/conversation/id").orElseGet(() -> payload.required("/id"));
  }

  private static Event status(Payload payload, byte[] body, Instant received) {
    var place = new Event.Place(Payload.hash(body), conversation(payload), received);
    return payload.text("/status").equals("pending")
        ? new Event.GivenBack(place)
        : new Event.Nothing(place, "other_event");
  }

  private static Event message(Payload payload, Account account) {
    var id = payload.required("/id");
    var place =
        new Event.Place("message-" + id, conversation(payload), payload.time("/created_at"));
    var type = payload.required("/message_type");
    if (payload.flag("/private")) {
      return new Event.Nothing(place, "staff_note");
    }
    if (type.equals("outgoing")) {
      boolean bot =
          payload.text("/sender/type").equals("agent_bot")
              || account.is("bot_id", payload.text("/sender/id"));
      return bot ? new Event.Nothing(place, "own_message") : new Event.StaffSaid(place);
    }
    if (!type.equals("incoming")) {
      return new Event.Nothing(place, "other_event");
    }
    return new Event.Said(
        place,
        id,
        PlainText.of(payload.text("/content")),
        payload.text("/conversation/channel"),
        payload.words("/conversation/labels"),
        payload.optional("/conversation/additional_attributes/browser_language"),
        payload.flag("/content_attributes/email/auto_reply"),
        Optional.of(payload.text("/conversation/status").equals("pending")));
  }

  @Override
  public Delivery test(Account account, String secret, Instant now) {
    var body =
        """
        {"event": "message_created", "id": "candor-test-%1$s", "content": "%3$s", "created_at": "%1$s",
         "message_type": "incoming", "content_type": "text", "private": false,
         "conversation": {"id": "%2$s", "status": "pending", "channel": "Channel::WebWidget"}}
        """
            .formatted(now, TEST_CONVERSATION, TEST_QUESTION)
            .getBytes(UTF_8);
    var timestamp = String.valueOf(now.getEpochSecond());
    return new Delivery(
        Map.of(SIGNATURE, sign(secret, timestamp, body), TIMESTAMP, timestamp), secret, body);
  }
}
