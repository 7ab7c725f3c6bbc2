package io.candor.helpdesk.vendor;

import io.candor.helpdesk.wire.GuardedHttp;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;

/**
 * Chatwoot's application API, with a user's token: a bot's may not read messages. They have no key
 * of ours: one with the same words, after the customer's, is ours.
 */
final class ChatwootDesk implements Desk {
  private static final int OUTGOING = 1;

  private final Account account;
  private final DeskHttp http;
  private final String conversations;

  ChatwootDesk(Account account, GuardedHttp http, Duration timeout) {
    this.account = account;
    this.conversations =
        "/api/v1/accounts/%s/conversations".formatted(DeskHttp.part(account.required("account")));
    this.http =
        new DeskHttp(
            http,
            account.required("base_url"),
            Map.of("api_access_token", account.token()),
            timeout);
  }

  @Override
  public void check() throws DeskFailure {
    http.get(conversations + "?status=pending");
  }

  @Override
  public boolean isPosted(Post post, Target target) throws DeskFailure {
    var after = new BigInteger(target.message());
    return http.get(path(target, "messages"))
        .path("payload")
        .valueStream()
        .filter(message -> message.path("message_type").asInt() == OUTGOING)
        .filter(message -> message.path("private").asBoolean() == (post.kind() == Post.Kind.NOTE))
        .filter(message -> new BigInteger(message.path("id").asText()).compareTo(after) > 0)
        .anyMatch(message -> PlainText.same(message.path("content").asText(), post.text()));
  }

  @Override
  public void post(Post post, Target target) throws DeskFailure {
    switch (post.kind()) {
      case REPLY -> say(post, target, false);
      case NOTE -> say(post, target, true);
      case HAND_OVER -> {
        http.send("POST", path(target, "toggle_status"), DeskHttp.object().put("status", "open"));
        assign(target, "assignee", "assignee_id");
        assign(target, "team", "team_id");
      }
    }
  }

  private void say(Post post, Target target, boolean note) throws DeskFailure {
    var message =
        DeskHttp.object()
            .put("content", post.text())
            .put("message_type", "outgoing")
            .put("private", note);
    http.send("POST", path(target, "messages"), message);
  }

  private void assign(Target target, String setting, String field) throws DeskFailure {
    var id = account.optional(setting);
    if (id.isPresent()) {
      http.send("POST", path(target, "assignments"), DeskHttp.object().put(field, id.get()));
    }
  }

  private String path(Target target, String what) {
    return "%s/%s/%s".formatted(conversations, DeskHttp.part(target.conversation()), what);
  }
}
