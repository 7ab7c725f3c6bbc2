package io.candor.helpdesk.vendor;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.candor.helpdesk.wire.GuardedHttp;
import io.candor.helpdesk.wire.StandardWebhooks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Posts as Standard Webhooks to the account's address. Their id is the post's key, and by the
 * standard whoever receives one twice acts once.
 */
final class StandardDesk implements Desk {
  private final DeskHttp http;
  private final List<String> secrets;

  StandardDesk(Account account, List<String> secrets, GuardedHttp http, Duration timeout) {
    this.secrets = List.copyOf(secrets);
    this.http = new DeskHttp(http, account.required("base_url"), Map.of(), timeout);
  }

  @Override
  public void check() throws DeskFailure {
    send("ping-" + Instant.now().toEpochMilli(), "ping", "");
  }

  /** It is for the receiver to know. */
  @Override
  public boolean isPosted(Post post, Target target) {
    return false;
  }

  @Override
  public void post(Post post, Target target) throws DeskFailure {
    var data =
        DeskHttp.object()
            .put("conversation", target.conversation())
            .put("message", target.message())
            .put("text", post.text());
    send(target.key(), post.kind().name().toLowerCase(Locale.ROOT), data.toString());
  }

  private void send(String id, String type, String data) throws DeskFailure {
    var now = Instant.now();
    var body =
        """
        {"type": "helpdesk.%s", "timestamp": "%s", "data": %s}\
        """
            .formatted(type, now, data.isEmpty() ? "{}" : data);
    http.send(
        "POST",
        "",
        body,
        Map.of(
            StandardWebhooks.ID,
            id,
            StandardWebhooks.TIMESTAMP,
            String.valueOf(now.getEpochSecond()),
            StandardWebhooks.SIGNATURE,
            StandardWebhooks.sign(secrets, id, now.getEpochSecond(), body.getBytes(UTF_8))));
  }
}
