package io.candor.helpdesk.vendor;

import com.fasterxml.jackson.databind.JsonNode;
import io.candor.helpdesk.wire.GuardedHttp;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;

/**
 * Freshdesk's API. A ticket's conversations have no key of ours: one with the same words, as public
 * or private, not older than the delivery, is ours.
 */
final class FreshdeskDesk implements Desk {
  private static final int OPEN = 2;
  private static final int PAGE = 100;
  private static final int MOST_PAGES = 10;

  /** Their clock may be behind ours. */
  private static final Duration SKEW = Duration.ofMinutes(2);

  private final Account account;
  private final DeskHttp http;

  FreshdeskDesk(Account account, GuardedHttp http, Duration timeout) {
    this.account = account;
    this.http =
        new DeskHttp(
            http, account.required("base_url"), DeskHttp.basic(account.token(), "X"), timeout);
  }

  @Override
  public void check() throws DeskFailure {
    http.get("/api/v2/agents/me");
  }

  @Override
  public boolean isPosted(Post post, Target target) throws DeskFailure {
    for (int page = 1; page <= MOST_PAGES; page++) {
      var parts =
          http.get(path(target, "/conversations?per_page=%d&page=%d".formatted(PAGE, page)));
      if (parts.valueStream().anyMatch(part -> isOurs(part, post, target))) {
        return true;
      }
      if (parts.size() < PAGE) {
        return false;
      }
    }
    return false;
  }

  private static boolean isOurs(JsonNode part, Post post, Target target) {
    return !part.path("incoming").asBoolean()
        && part.path("private").asBoolean() == (post.kind() == Post.Kind.NOTE)
        && isSince(part.path("created_at").asText(), target)
        && PlainText.same(part.path("body").asText(), post.text());
  }

  private static boolean isSince(String created, Target target) {
    try {
      var at = OffsetDateTime.parse(created).toInstant();
      return !at.isBefore(target.since().minus(SKEW));
    } catch (DateTimeException e) {
      return true;
    }
  }

  @Override
  public void post(Post post, Target target) throws DeskFailure {
    var html = PlainText.toHtml(post.text());
    switch (post.kind()) {
      case REPLY -> http.send("POST", path(target, "/reply"), DeskHttp.object().put("body", html));
      case NOTE ->
          http.send(
              "POST",
              path(target, "/notes"),
              DeskHttp.object().put("body", html).put("private", true));
      case HAND_OVER -> {
        var ticket = DeskHttp.object().put("status", OPEN);
        account.optional("group").ifPresent(id -> ticket.put("group_id", Long.valueOf(id)));
        account.optional("assignee").ifPresent(id -> ticket.put("responder_id", Long.valueOf(id)));
        http.send("PUT", path(target, ""), ticket);
      }
    }
  }

  private static String path(Target target, String what) {
    return "/api/v2/tickets/%s%s".formatted(DeskHttp.part(target.conversation()), what);
  }
}
