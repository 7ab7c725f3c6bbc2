package io.candor.cli;

import io.candor.audit.KafkaConnection;
import io.candor.knowledge.Token;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** The demo company's documents, loaded the way an operator's are: as events on the topic. */
final class DemoDocuments {
  private static final String FOLDER = "/demo/";
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private DemoDocuments() {}

  /**
   * Publishes every document and waits until all are in force. An event's id is its content's hash,
   * so a second start changes nothing, whatever was published since.
   */
  static void load(ClientSettings settings, PrintStream out)
      throws IOException, InterruptedException {
    List<String> files = files();
    List<CompletableFuture<Token.Offset>> sent = new ArrayList<>();
    try (PolicyTopic topic = PolicyTopic.of(settings, KafkaConnection.of(settings.kafka()));
        CandorClient client = new CandorClient(settings)) {
      for (String file : files) {
        String content = resource(file);
        UUID id = UUID.nameUUIDFromBytes(content.getBytes(StandardCharsets.UTF_8));
        DocumentFile document = DocumentFile.parse(file, content, file);
        sent.add(topic.publish(id, document.key(), document.document()));
      }
      Counter counter = new Counter(out, "loading the demo company", files.size());
      for (CompletableFuture<Token.Offset> event : sent) {
        client.await(PolicyTopic.token(event), LIMIT);
        counter.next();
      }
      counter.done();
    }
  }

  private static List<String> files() {
    return resource("index.txt").lines().filter(line -> !line.isBlank()).toList();
  }

  /** All of it, as written, one after another. */
  static String text() {
    return String.join("\n\n", files().stream().map(DemoDocuments::resource).toList());
  }

  private static String resource(String name) {
    try (InputStream in = DemoDocuments.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException("not in this build: " + FOLDER + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
