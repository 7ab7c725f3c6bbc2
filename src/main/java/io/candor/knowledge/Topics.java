package io.candor.knowledge;

import io.candor.audit.KafkaConnection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** The topics that Candor reads and writes; created where they are missing. */
final class Topics {
  /** Bytes of a record of the policies topic: a document of the longest text in most scripts. */
  static final int LARGEST_RECORD = 16 * 1024 * 1024;

  private static final List<String> OUTGOING =
      List.of(
          "candor.answers",
          "candor.handoffs",
          "candor.feedback",
          Announcement.TOPIC,
          AffectedAnswers.TOPIC);

  private Topics() {}

  static String dead(String topic) {
    return topic + ".dead";
  }

  /** Creates what is missing; an IllegalStateException if the cluster does not let us. */
  static void create(KafkaConnection kafka, String policies, int partitions) {
    var topics =
        Stream.concat(
                Stream.of(
                    topic(policies, partitions, LARGEST_RECORD),
                    topic(dead(policies), 1, 2 * LARGEST_RECORD)),
                OUTGOING.stream()
                    .map(name -> new NewTopic(name, Optional.empty(), Optional.empty())))
            .toList();
    try (var admin = Admin.create(kafka.with(Map.of()))) {
      for (var creation : admin.createTopics(topics).values().values()) {
        await(creation);
      }
    }
  }

  private static void await(KafkaFuture<Void> creation) {
    try {
      creation.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while creating topics", e);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new IllegalStateException("cannot create the topics", e.getCause());
      }
    }
  }

  private static NewTopic topic(String name, int partitions, int largest) {
    return new NewTopic(name, Optional.of(partitions), Optional.empty())
        .configs(Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "" + largest));
  }
}
