package io.candor.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.candor.audit.KafkaConnection;
import io.candor.knowledge.PolicyPublisher;
import io.candor.knowledge.Token;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** The policies topic as the commands use it: for the tenant of the settings. */
final class PolicyTopic implements AutoCloseable {
  static final String NAME = PolicyPublisher.TOPIC;
  private static final URI SOURCE = URI.create("/candor/cli");

  private final String tenant;
  private final PolicyPublisher publisher;

  private PolicyTopic(String tenant, PolicyPublisher publisher) {
    this.tenant = tenant;
    this.publisher = publisher;
  }

  static PolicyTopic of(ClientSettings settings, KafkaConnection kafka) {
    var tenant = ClientSettings.require(settings.tenant(), "CANDOR_TENANT");
    return new PolicyTopic(tenant, new PolicyPublisher(kafka, SOURCE));
  }

  CompletableFuture<Token.Offset> publish(String key, ObjectNode document) {
    return publish(UUID.randomUUID(), key, document);
  }

  /** Publishes under an event id of the caller's: the same id again changes nothing. */
  CompletableFuture<Token.Offset> publish(UUID id, String key, ObjectNode document) {
    return publisher.publish(tenant, key, id, document);
  }

  CompletableFuture<Token.Offset> retire(String key, Instant validUntil) {
    return publisher.retire(tenant, key, Optional.ofNullable(validUntil));
  }

  /** Waits for the broker's acknowledgement. */
  static String token(CompletableFuture<Token.Offset> sent) {
    try {
      return PolicyPublisher.acknowledged(sent).toString();
    } catch (IllegalStateException e) {
      throw new CommandFailure(e.getMessage() + ": check CANDOR_KAFKA and --kafka-config.", e);
    }
  }

  @Override
  public void close() {
    publisher.close();
  }
}
