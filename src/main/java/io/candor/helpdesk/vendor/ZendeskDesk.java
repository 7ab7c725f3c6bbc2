package io.candor.helpdesk.vendor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.candor.helpdesk.wire.GuardedHttp;
import java.time.Duration;
import java.util.Optional;

/**
 * Zendesk's ticketing API. A comment's update carries its key as metadata of the ticket's audit,
 * and is looked for there.
 */
final class ZendeskDesk implements Desk {
  private static final int MOST_PAGES = 20;
  private static final String KEY = "candor";

  private final Account account;
  private final DeskHttp http;

  ZendeskDesk(Account account, GuardedHttp http, Duration timeout) {
    this.account = account;
    var user = account.required("email") + "/token";
    this.http =
        new DeskHttp(
            http, account.required("base_url"), DeskHttp.basic(user, account.token()), timeout);
  }

  /** Wrong credentials are answered too: as nobody. */
  @Override
  public void check() throws DeskFailure {
    var id = http.get("/api/v2/users/me.json").at("/user/id").asText();
    if (!account.is("bot_id", id)) {
      throw new DeskFailure(
          "the API token is of user '%s', and bot_id is another's".formatted(id),
          false,
          Optional.empty(),
          null);
    }
  }

  @Override
  public boolean isPosted(Post post, Target target) throws DeskFailure {
    var page = "/api/v2/tickets/%s/audits.json".formatted(DeskHttp.part(target.conversation()));
    for (int i = 0; i < MOST_PAGES && !page.isEmpty(); i++) {
      var audits = http.get(page);
      if (audits
          .path("audits")
          .valueStream()
          .anyMatch(audit -> audit.at("/metadata/custom/" + KEY).asText().equals(target.key()))) {
        return true;
      }
      page = audits.path("next_page").asText("").replace("null", "");
    }
    return false;
  }

  @Override
  public void post(Post post, Target target) throws DeskFailure {
    var ticket = DeskHttp.object();
    switch (post.kind()) {
      case REPLY -> comment(ticket, post, target, true);
      case NOTE -> comment(ticket, post, target, false);
      case HAND_OVER -> {
        ticket.put("status", "open");
        account.optional("group").ifPresent(id -> ticket.put("group_id", id));
        account.optional("assignee").ifPresent(id -> ticket.put("assignee_id", id));
      }
    }
    var path = "/api/v2/tickets/%s.json".formatted(DeskHttp.part(target.conversation()));
    http.send("PUT", path, DeskHttp.object().set("ticket", ticket));
  }

  private void comment(ObjectNode ticket, Post post, Target target, boolean toCustomer) {
    ticket
        .putObject("comment")
        .put("body", post.text())
        .put("public", toCustomer)
        .put("author_id", account.required("bot_id"));
    ticket.putObject("metadata").put(KEY, target.key());
  }
}
