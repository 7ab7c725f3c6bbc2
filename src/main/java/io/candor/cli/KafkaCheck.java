package io.candor.cli;

import io.candor.audit.KafkaConnection;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;

/** What {@code ./candor doctor} asks of the brokers, as the commands that publish do. */
final class KafkaCheck {
  private static final Map<String, Object> LIMITS =
      Map.of(
          AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
          5_000,
          AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
          4_000);

  private KafkaCheck() {}

  static String run(KafkaConnection kafka) throws InterruptedException, TimeoutException {
    String bootstrap = kafka.settings().get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG);
    try (Admin admin = Admin.create(kafka.with(LIMITS))) {
      boolean there =
          admin.listTopics().names().get(10, TimeUnit.SECONDS).contains(PolicyTopic.NAME);
      DoctorCommand.require(
          there,
          "topic %s is missing at %s, or we may not see it: create it."
              .formatted(PolicyTopic.NAME, bootstrap));
      return "reachable at " + bootstrap;
    } catch (ExecutionException e) {
      throw new CommandFailure(
          e.getCause() instanceof AuthenticationException
              ? "the broker at %s refuses us: %s: check --kafka-config."
                  .formatted(bootstrap, e.getCause().getMessage())
              : "no broker answers at %s: check CANDOR_KAFKA, and --kafka-config where it wants TLS or a login."
                  .formatted(bootstrap),
          e);
    } catch (KafkaException e) {
      Throwable reason = e.getCause() == null ? e : e.getCause();
      throw new CommandFailure(
          "no client can be made for %s: %s".formatted(bootstrap, reason.getMessage()), e);
    }
  }
}
