package io.candor.helpdesk.vendor;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.candor.helpdesk.wire.Hmac;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * Freshdesk's automation rules, with the body that docs/helpdesks.md gives. They sign nothing: the
 * secret is the address's token, or the password of basic authentication.
 */
final class FreshdeskInbound implements Inbound {
  private static final String BASIC = "Basic ";

  @Override
  public boolean isAuthentic(Delivery delivery, Account account, String secret, Clocked now) {
    boolean byToken = Hmac.same(secret, delivery.token());
    boolean byPassword = Hmac.same(secret, password(delivery.header("Authorization")));
    return byToken || byPassword;
  }

  private static String password(String authorization) {
    if (!authorization.startsWith(BASIC)) {
      return "";
    }
    try {
      var decoded = Base64.getDecoder().decode(authorization.substring(BASIC.length()).strip());
      var pair = new String(decoded, UTF_8);
      return pair.substring(pair.indexOf(':') + 1);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  @Override
  public Event read(byte[] body, Account account, Instant received) {
    var payload = Payload.of(body);
    var place = new Event.Place(Payload.hash(body), payload.required("/ticket_id"), received);
    return switch (payload.text("/event")) {
      case "given_back" -> new Event.GivenBack(place);
      case "staff_replied" -> new Event.StaffSaid(place);
      case "message" ->
          new Event.Said(
              place,
              place.delivery(),
              PlainText.of(payload.text("/text")),
              payload.text("/source"),
              payload.words("/tags"),
              payload.optional("/language"),
              false,
              Optional.empty());
      default -> new Event.Nothing(place, "other_event");
    };
  }

  @Override
  public Delivery test(Account account, String secret, Instant now) {
    var body =
        """
        {"event": "message", "ticket_id": "%s", "text": "%s", "updated_at": "%s"}
        """
            .formatted(TEST_CONVERSATION, TEST_QUESTION, now)
            .getBytes(UTF_8);
    return new Delivery(Map.of(), secret, body);
  }
}
