package io.candor.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The demo company's voice: an adapter that {@code ./candor tune} trained on the pairs written for
 * it, with how it was trained and what the gate found. It speaks until somebody chooses otherwise.
 */
final class DemoVoice {
  /** A name stands for one content for ever: another training gets another. */
  static final String NAME = "ottersby-2";

  private static final String FOLDER = "/demo/adapter/";
  private static final String ADAPTER = AdaptersCommand.path(NAME);

  private DemoVoice() {}

  /** Changes nothing where it was stored before; tells where the model is not the one it fits. */
  static void load(ClientSettings settings, PrintStream out)
      throws IOException, InterruptedException {
    try (var client = new CandorClient(settings)) {
      if (!isStored(client)) {
        store(client);
      }
      if (client.get(AdaptersCommand.VOICE + "/history").path("voices").isEmpty()) {
        // Shown whatever its verdict says: the demo is where to judge it.
        var voice = DocumentFile.JSON.createObjectNode().put("force", true);
        voice.putArray("adapters").addObject().put("name", NAME);
        client.send("PUT", AdaptersCommand.VOICE, voice);
      }
    } catch (CandorClient.Refusal e) {
      out.printf("the model speaks without the demo company's voice: %s%n", e.getMessage());
    }
  }

  private static boolean isStored(CandorClient client) throws IOException, InterruptedException {
    return client
        .get(AdaptersCommand.ADAPTERS)
        .path("adapters")
        .valueStream()
        .anyMatch(adapter -> adapter.path("name").asText().equals(NAME));
  }

  private static void store(CandorClient client) throws IOException, InterruptedException {
    Path file = Files.createTempFile("candor-voice", ".gguf");
    try (InputStream in = resource("adapter.gguf");
        InputStream run = resource("run.json");
        InputStream verdict = resource("verdict.json")) {
      Files.write(file, in.readAllBytes());
      client.upload(ADAPTER, file);
      client.send("PUT", ADAPTER + "/run", DocumentFile.JSON.readTree(run));
      client.send("POST", ADAPTER + "/verdicts", DocumentFile.JSON.readTree(verdict));
    } finally {
      Files.delete(file);
    }
  }

  private static InputStream resource(String name) {
    return DemoVoice.class.getResourceAsStream(FOLDER + name);
  }
}
