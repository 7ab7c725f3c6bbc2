package io.candor.helpdesk;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.candor.CandorParts;
import io.candor.TestTenant;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(CandorParts.class)
class RetentionTest {
  @Inject Retention retention;

  @Test
  void wordsAreForgottenAndARepeatIsStillKnown() throws Exception {
    try (var desk =
        new Helpdesk(TestTenant.create("forgotten"), new SimulatedZendesk(), "auto", "{}")) {
      var conversation = desk.open();
      var said = desk.said(conversation, "Who won the chess tournament in 1972?");
      var delivery = desk.simulator().vendor().message(desk.hook(), said, desk.secret());
      assertEquals(204, Helpdesk.send(delivery));
      await().atMost(Duration.ofSeconds(60)).until(() -> "handed_off".equals(desk.lastResult()));
      retention.purge(Instant.now().minus(Duration.ofHours(1)));
      assertEquals(1, kept(conversation), "it is not old");

      retention.purge(Instant.now());
      assertEquals(0, kept(conversation));
      assertEquals(204, Helpdesk.send(delivery));
      var log = desk.api("GET", "/deliveries", "").body().path("deliveries");
      assertEquals(1, log.size(), "it came before");

      desk.api("POST", "/conversations/" + conversation + "/give-back", "");
      desk.says(conversation, "And in 1976?");
      await().atMost(Duration.ofSeconds(60)).until(() -> "handed_off".equals(desk.lastResult()));
    }
  }

  @Test
  void whatIsOpenIsNotForgotten() throws Exception {
    try (var owner = TestTenant.ownerConnection();
        var desk =
            new Helpdesk(TestTenant.create("waiting"), new SimulatedZendesk(), "auto", "{}")) {
      var conversation = desk.open();
      desk.says(conversation, "Who won the chess tournament in 1972?");
      owner
          .createStatement()
          .executeUpdate(
              "update helpdesk_delivery set state = 'received', due_at = 'infinity' where external_id = '%s'"
                  .formatted(conversation));
      retention.purge(Instant.now());
      assertEquals(1, kept(conversation));
    }
  }

  private static int kept(String conversation) throws SQLException {
    var sql = "select count(*) from helpdesk_delivery where external_id = ? and body is not null";
    try (var owner = TestTenant.ownerConnection();
        var statement = owner.prepareStatement(sql)) {
      statement.setString(1, conversation);
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getInt(1);
      }
    }
  }
}
