package io.candor.helpdesk.vendor;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.candor.helpdesk.wire.Hmac;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * Zendesk's event webhooks ({@code ticket.comment_added}, {@code ticket.created}), and trigger
 * webhooks with the body that docs/helpdesks.md gives.
 */
final class ZendeskInbound implements Inbound {
  private static final String SIGNATURE = "X-Zendesk-Webhook-Signature";
  private static final String TIMESTAMP = "X-Zendesk-Webhook-Signature-Timestamp";
  private static final String EVENT = "zen:event-type:";

  @Override
  public boolean isAuthentic(Delivery delivery, Account account, String secret, Clocked now) {
    var timestamp = delivery.header(TIMESTAMP);
    return Hmac.same(sign(secret, timestamp, delivery.body()), delivery.header(SIGNATURE))
        && isRecent(timestamp, now);
  }

  private static boolean isRecent(String timestamp, Clocked now) {
    try {
      return now.allows(OffsetDateTime.parse(timestamp).toInstant());
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static String sign(String secret, String timestamp, byte[] body) {
    return Base64.getEncoder()
        .encodeToString(Hmac.SHA256.of(secret.getBytes(UTF_8), timestamp.getBytes(UTF_8), body));
  }

  @Override
  public Event read(byte[] body, Account account, Instant received) {
    var payload = Payload.of(body);
    return payload.text("/type").startsWith(EVENT)
        ? event(payload, account)
        : trigger(payload, account, body, received);
  }

  private static Event event(Payload payload, Account account) {
    var place =
        new Event.Place(
            payload.required("/id"), payload.required("/detail/id"), payload.time("/time"));
    return switch (payload.text("/type").substring(EVENT.length())) {
      case "ticket.comment_added" -> comment(payload, account, place);
      case "ticket.created" ->
          said(payload, place, "description", payload.text("/detail/description"));
      default -> new Event.Nothing(place, "other_event");
    };
  }

  private static Event comment(Payload payload, Account account, Event.Place place) {
    var author = payload.text("/event/comment/author/id");
    if (account.is("bot_id", author)) {
      return new Event.Nothing(place, "own_message");
    }
    if (payload.flag("/event/comment/author/is_staff")) {
      return payload.flag("/event/comment/is_public")
          ? new Event.StaffSaid(place)
          : new Event.Nothing(place, "staff_note");
    }
    return payload.flag("/event/comment/is_public")
        ? said(
            payload,
            place,
            payload.required("/event/comment/id"),
            payload.text("/event/comment/body"))
        : new Event.Nothing(place, "private");
  }

  private static Event said(Payload payload, Event.Place place, String id, String text) {
    return new Event.Said(
        place,
        id,
        PlainText.of(text),
        payload.text("/detail/via/channel"),
        payload.words("/detail/tags"),
        Optional.empty(),
        false,
        Optional.empty());
  }

  private static Event trigger(Payload payload, Account account, byte[] body, Instant received) {
    var place = new Event.Place(Payload.hash(body), payload.required("/ticket/id"), received);
    var author = payload.text("/ticket/author");
    if (payload.text("/event").equals("given_back")) {
      return new Event.GivenBack(place);
    }
    if (account.is("bot_id", author)) {
      return new Event.Nothing(place, "own_message");
    }
    if (!author.equals(payload.required("/ticket/requester"))) {
      return new Event.StaffSaid(place);
    }
    return new Event.Said(
        place,
        place.delivery(),
        PlainText.of(payload.text("/ticket/comment")),
        payload.text("/ticket/via"),
        payload.words("/ticket/tags"),
        payload.optional("/ticket/language"),
        false,
        Optional.empty());
  }

  @Override
  public Delivery test(Account account, String secret, Instant now) {
    var body =
        """
        {"type": "zen:event-type:ticket.comment_added", "id": "candor-test-%1$s", "time": "%1$s",
         "zendesk_event_version": "2022-11-06",
         "detail": {"id": "%2$s", "status": "OPEN", "via": {"channel": "web"}, "tags": []},
         "event": {"comment": {"id": "candor-test-%1$s", "body": "%3$s", "is_public": true,
                               "author": {"id": "1", "is_staff": false}}}}
        """
            .formatted(now, TEST_CONVERSATION, TEST_QUESTION)
            .getBytes(UTF_8);
    var timestamp = now.toString();
    return new Delivery(
        Map.of(SIGNATURE, sign(secret, timestamp, body), TIMESTAMP, timestamp), "", body);
  }
}
