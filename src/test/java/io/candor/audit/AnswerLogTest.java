package io.candor.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.candor.CandorParts;
import io.candor.TestTenant;
import io.candor.security.Credentials;
import io.candor.security.TenantTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(CandorParts.class)
class AnswerLogTest {
  @Inject AnswerLog log;
  @Inject TenantTransaction transaction;
  @Inject Credentials credentials;
  @Inject DataSource database;
  private UUID tenant;

  @BeforeEach
  void openTenant() {
    tenant = credentials.tenant(TestTenant.create("audited").name()).orElseThrow();
  }

  @Test
  void anUntouchedChainIsWhole() {
    for (int i = 0; i < 3; i++) {
      append("answer " + i);
    }
    assertEquals(Optional.empty(), firstBroken());
  }

  @Test
  void anAnswerChangedAfterwardsBreaksTheChain() throws SQLException {
    append("first");
    var second = append("second");
    append("third");
    asOwner("update answer set response = 'forged' where id = ?", second);
    assertEquals(Optional.of(second), firstBroken());
  }

  @Test
  void anAnswerTakenOutBreaksTheChain() throws SQLException {
    append("first");
    var second = append("second");
    var third = append("third");
    asOwner("delete from answer where id = ?", second);
    assertEquals(Optional.of(third), firstBroken());
  }

  private UUID append(String response) {
    var answer = UUID.randomUUID();
    var conversation = UUID.randomUUID();
    transaction.run(
        tenant,
        () -> {
          insertConversation(conversation);
          log.append(
              tenant,
              new AnswerRecord(
                  answer, conversation, "answered", response, "{}", List.of(), Instant.now()));
        });
    return answer;
  }

  private void insertConversation(UUID id) {
    try (var connection = database.getConnection();
        var statement =
            connection.prepareStatement("insert into conversation (id, tenant_id) values (?, ?)")) {
      statement.setObject(1, id);
      statement.setObject(2, tenant);
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Optional<UUID> firstBroken() {
    return transaction.call(tenant, () -> log.firstBroken());
  }

  /** The owner is held by row-level security too, and so must name the tenant that it forges. */
  private void asOwner(String sql, UUID answer) throws SQLException {
    try (var owner = TestTenant.ownerConnection();
        var confine = owner.prepareStatement("select set_config('candor.tenant', ?, false)");
        var statement = owner.prepareStatement(sql)) {
      confine.setString(1, tenant.toString());
      confine.execute();
      statement.setObject(1, answer);
      assertEquals(1, statement.executeUpdate());
    }
  }
}
