package io.candor.knowledge.loading;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.candor.knowledge.Draft;
import io.candor.knowledge.loading.LoadedFile.Entry;
import io.candor.knowledge.loading.LoadedFile.Loaded;
import io.candor.knowledge.loading.LoadedFile.Refused;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The JVM inside a {@link LoaderProcess}: reads the file that a line of its input names, and
 * answers with a line of JSON.
 */
final class LoaderWorker {
  private static final JsonMapper JSON = new JsonMapper();
  private static final long STACK = 4 << 20;

  private LoaderWorker() {}

  /** Runs until its input ends: then whoever asked is gone, whatever is being read. */
  public static void main(String[] args) throws IOException {
    var answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    var requests = new LinkedBlockingQueue<String>();
    Thread.ofPlatform()
        .stackSize(STACK)
        .start(() -> {
          while (true) {
            answers.println(answer(take(requests)));
          }
        });
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (var line = in.readLine(); line != null; line = in.readLine()) {
      requests.add(line);
    }
    Runtime.getRuntime().halt(0);
  }

  static String request(Path file, String name, String key) {
    var request = JsonNodeFactory.instance.objectNode();
    return request.put("file", file.toString()).put("name", name).put("key", key).toString();
  }

  static LoadedFile read(String answer) throws IOException {
    var json = JSON.readTree(answer);
    if (json.has("refused")) {
      return new Refused(json.get("refused").asText());
    }
    return new Loaded(
        json.path("documents").valueStream().map(LoaderWorker::entry).toList(),
        json.path("rows_refused").valueStream().map(JsonNode::asText).toList());
  }

  private static Entry entry(JsonNode json) {
    return new Entry(
        json.path("key").asText(), Draft.parse(json.path("document"), LoadLimits.LONGEST_TEXT));
  }

  private static String answer(String request) {
    try {
      var asked = JSON.readTree(request);
      var file = Path.of(asked.path("file").asText());
      return json(Loader.load(file, asked.path("name").asText(), asked.path("key").asText()));
    } catch (IOException | RuntimeException e) {
      return json(new Refused("it cannot be read: " + e));
    }
  }

  private static String json(LoadedFile file) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    switch (file) {
      case Refused(var reason) -> json.put("refused", reason);
      case Loaded(var documents, var refused) -> {
        refused.forEach(json.putArray("rows_refused")::add);
        var list = json.putArray("documents");
        for (var entry : documents) {
          list.addObject().put("key", entry.key()).set("document", entry.draft().toJson());
        }
      }
    }
    return json.toString();
  }

  private static String take(LinkedBlockingQueue<String> requests) {
    try {
      return requests.take();
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this thread", e);
    }
  }
}
