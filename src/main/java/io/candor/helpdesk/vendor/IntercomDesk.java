package io.candor.helpdesk.vendor;

import com.fasterxml.jackson.databind.JsonNode;
import io.candor.helpdesk.wire.GuardedHttp;
import java.time.Duration;
import java.util.Map;

/**
 * Intercom's conversations API. Parts have no key of ours: one by our admin with the same words,
 * not older than the delivery, is ours.
 */
final class IntercomDesk implements Desk {
  /** Their clock may be behind ours. */
  private static final Duration SKEW = Duration.ofMinutes(2);

  private final Account account;
  private final String admin;
  private final DeskHttp http;

  IntercomDesk(Account account, GuardedHttp http, Duration timeout) {
    this.account = account;
    this.admin = account.required("bot_id");
    this.http =
        new DeskHttp(
            http,
            account.optional("base_url").orElse("https://api.intercom.io"),
            Map.of(
                "Authorization",
                "Bearer " + account.token(),
                "Intercom-Version",
                account.optional("version").orElse("2.11")),
            timeout);
  }

  @Override
  public void check() throws DeskFailure {
    http.get("/me");
  }

  @Override
  public boolean isPosted(Post post, Target target) throws DeskFailure {
    var type = post.kind() == Post.Kind.NOTE ? "note" : "comment";
    return http.get(path(target, ""))
        .at("/conversation_parts/conversation_parts")
        .valueStream()
        .filter(part -> part.path("part_type").asText().equals(type))
        .filter(part -> part.at("/author/id").asText().equals(admin))
        .filter(part -> isSince(part, target))
        .anyMatch(part -> PlainText.same(part.path("body").asText(), post.text()));
  }

  private static boolean isSince(JsonNode part, Target target) {
    return part.path("created_at").asLong() >= target.since().minus(SKEW).getEpochSecond();
  }

  @Override
  public void post(Post post, Target target) throws DeskFailure {
    switch (post.kind()) {
      case REPLY -> say(post, target, "comment");
      case NOTE -> say(post, target, "note");
      case HAND_OVER -> handOver(target);
    }
  }

  private void say(Post post, Target target, String type) throws DeskFailure {
    var reply =
        DeskHttp.object()
            .put("message_type", type)
            .put("type", "admin")
            .put("admin_id", admin)
            .put("body", PlainText.toHtml(post.text()));
    http.send("POST", path(target, "/reply"), reply);
  }

  private void handOver(Target target) throws DeskFailure {
    var part = DeskHttp.object().put("admin_id", admin);
    var team = account.optional("team");
    var assignee = account.optional("assignee").or(() -> team);
    if (assignee.isEmpty()) {
      part.put("message_type", "open");
    } else {
      part.put("message_type", "assignment")
          .put("type", assignee.equals(team) ? "team" : "admin")
          .put("assignee_id", assignee.get());
    }
    http.send("POST", path(target, "/parts"), part);
  }

  private static String path(Target target, String what) {
    return "/conversations/%s%s".formatted(DeskHttp.part(target.conversation()), what);
  }
}
