package io.candor.evaluation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The suites' documents and questions, for what is trained outside this package. */
public final class RetrievalData {
  /** One document of a suite; a question sees those of its tenant. */
  public record Document(String tenant, String key, String title, String format, String text) {}

  /**
   * A question.
   *
   * @param documents the keys of those that are relevant
   * @param sentence what a relevant passage has to hold; empty for any of the documents
   */
  public record Asked(String tenant, String text, Set<String> documents, String sentence) {}

  /** All of one suite. */
  public record Data(List<Document> documents, List<Asked> questions) {}

  private RetrievalData() {}

  public static Data stackfaq(Path data) {
    return read(new StackFaq(data.resolve("stackfaq")));
  }

  public static Data policyqa(Path data) {
    return read(new PolicyQa(data.resolve("policyqa")));
  }

  public static Data tauBanking(Path data) {
    return read(new TauBanking(data.resolve("tau-banking-knowledge")));
  }

  public static Data dstc11(Path data) {
    return read(new DstcTrack5(data.resolve("dstc11-track5-val")));
  }

  private static Data read(Dataset dataset) {
    try (var documents = dataset.documents();
        var questions = dataset.questions()) {
      return new Data(
          documents
              .map(d -> new Document(d.tenant(), d.key(), d.title(), d.format(), d.text()))
              .toList(),
          questions
              .map(q ->
                  new Asked(q.tenant(), q.text(), new LinkedHashSet<>(q.expected("documents")), ""))
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A stream's documents as its last event leaves them, and the probes that still hold. */
  public static Data policyStream(Path data, String name) {
    try {
      var stream = PolicyStream.find(data.resolve("policy-stream")).get(name);
      Map<String, Document> documents = new LinkedHashMap<>();
      stream
          .events()
          .forEach(event -> {
            documents.remove(event.op().equals("rename") ? event.previousPath() : event.path());
            if (!event.op().equals("delete")) {
              documents.put(
                  event.path(),
                  new Document(name, event.path(), event.title(), "markdown", event.text()));
            }
          });
      var questions =
          stream
              .probes()
              .map(probe ->
                  new Asked(
                      name, probe.text(), Set.of(), probe.expect().path("new_sentence").asText()))
              .toList();
      return new Data(new ArrayList<>(documents.values()), questions);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Utterances are documents of their intent; the next ones of the same intent are questions. */
  public static Data utterances(Map<String, List<String>> byIntent, int documents, int questions) {
    var kept = new ArrayList<Document>();
    var asked = new ArrayList<Asked>();
    byIntent.forEach((intent, texts) -> {
      var relevant = new LinkedHashSet<String>();
      for (int i = 0; i < Math.min(documents, texts.size()); i++) {
        var key = intent + "/" + i;
        relevant.add(key);
        kept.add(new Document("", key, "", "text", texts.get(i)));
      }
      texts.stream()
          .skip(documents)
          .limit(questions)
          .map(text -> new Asked("", text, relevant, ""))
          .forEach(asked::add);
    });
    return new Data(kept, asked);
  }

  /** By their intent, in the order of the file. */
  public static Map<String, List<String>> natcs(Path data) {
    Map<String, List<String>> byIntent = new LinkedHashMap<>();
    try (var lines = JsonData.stream(data.resolve("natcs-intents/development.jsonl"))) {
      lines.forEach(line ->
          byIntent
              .computeIfAbsent(line.path("intent").asText(), intent -> new ArrayList<>())
              .add(line.path("utterance").asText()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return byIntent;
  }

  /** By their intent, in the order of the file. */
  public static Map<String, List<String>> clinc150(Path data) {
    Map<String, List<String>> byIntent = new LinkedHashMap<>();
    try {
      for (var pair : JsonData.tree(data.resolve("clinc150/data_full.json")).path("train")) {
        byIntent
            .computeIfAbsent(pair.path(1).asText(), intent -> new ArrayList<>())
            .add(pair.path(0).asText());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return byIntent;
  }
}
