package io.candor.grounding;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Measures the verifier on real policies: the thresholds were chosen on the streams of two
 * publishers, and the floors are asserted on the others ("held").
 */
class VerifierEvaluationTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long SEED = 7;
  private static final int MOST_OMISSIONS = 40;
  private static Path data;

  private final Map<String, int[]> counts = new TreeMap<>();
  private final List<String> misses = new ArrayList<>();

  @BeforeAll
  static void findData() {
    String folder = System.getenv("CANDOR_EVAL_DATA");
    if (folder == null) {
      System.out.println("VerifierEvaluationTest: skipped, CANDOR_EVAL_DATA is not set");
    }
    assumeTrue(folder != null, "CANDOR_EVAL_DATA is not set");
    data = Path.of(folder);
  }

  @Test
  void changedFactsAreCaughtAndRestylingsPass() throws IOException {
    for (String stream :
        List.of(
            "basecamp-policies",
            "github-site-policy.part1",
            "automattic-legalmattic",
            "plausible-docs.part1")) {
      String half = stream.startsWith("basecamp") || stream.startsWith("github") ? "tuned" : "held";
      probes(half, stream, 12);
      mutations(half, documents(stream), 12);
      omissions(half, documents(stream));
    }
    mutations("held", bank(), 40);
    omissions("held", bank());
    dialogues(40);
    places(200);
    report();
    assertTrue(rate("held restriction") >= .88, "restrictions kept: " + rate("held restriction"));
    assertTrue(rate("held detail") >= .8, "details left out: " + rate("held detail"));
    assertTrue(rate("held place") >= .98, "a place's facts: " + rate("held place"));
    assertTrue(rate("held other place") >= .99, "another's: " + rate("held other place"));
    assertTrue(rate("held drift") >= .98, "changed facts caught: " + rate("held drift"));
    assertTrue(rate("held faithful") >= .97, "restylings supported: " + rate("held faithful"));
    assertTrue(
        rate("held unrelated") >= .99, "unrelated claims refused: " + rate("held unrelated"));
  }

  private void probes(String half, String stream, int most) throws IOException {
    Map<String, JsonNode> events = new HashMap<>();
    for (JsonNode event : lines(stream + ".jsonl")) {
      events.put(event.get("seq").asText(), event);
    }
    var all = new ArrayList<>(lines(stream + ".probes.jsonl"));
    all.removeIf(
        probe -> !probe.get("new_sentence").asText().matches("\\p{ASCII}*(?:[’“”—–]\\p{ASCII}*)*"));
    Collections.shuffle(all, new Random(SEED));
    for (JsonNode probe : all.subList(0, Math.min(most, all.size()))) {
      String kind = probe.get("kind").asText();
      String now = probe.get("new_sentence").asText();
      var document = new Passage(1, events.get(probe.get("seq").asText()).get("text").asText());
      String elsewhere =
          events.values().stream()
              .filter(e -> e.get("text").isTextual() && !e.get("title").equals(probe.get("title")))
              .map(e -> e.get("text").asText())
              .filter(text -> !text.contains(now.substring(0, now.length() / 2)))
              .findFirst()
              .orElse("Nothing.");
      var sentence = new Passage(1, now);
      count(half + " faithful", "probe same", true, now, sentence);
      count(half + " faithful", "probe same in document", true, now, document);
      boolean typed = kind.matches("number|date|money_or_percent|email");
      String group = typed ? half + " drift" : half + " other";
      count(group, "probe " + kind, false, probe.get("old_sentence").asText(), sentence);
      count(half + " unrelated", "probe elsewhere", false, now, new Passage(1, elsewhere));
    }
  }

  private void mutations(String half, List<String> documents, int most) {
    var random = new Random(SEED);
    for (String document : documents.subList(0, Math.min(most, documents.size()))) {
      var sentences = new ArrayList<>(Sentences.split(document));
      sentences.removeIf(s -> !s.text().matches("[A-Z][^|\\n<>\\[\\]{}#*]{30,220}\\."));
      Collections.shuffle(sentences, random);
      for (Sentences.Span span : sentences.subList(0, Math.min(5, sentences.size()))) {
        for (Mutations.Mutant mutant : Mutations.of(span.text())) {
          String group = half + (mutant.faithful() ? " faithful" : " drift");
          count(
              group, mutant.kind(), mutant.faithful(), mutant.text(), new Passage(1, span.text()));
        }
      }
    }
  }

  private void omissions(String half, List<String> documents) {
    var random = new Random(SEED);
    Map<String, Integer> made = new HashMap<>();
    for (String document : documents) {
      var sentences = new ArrayList<>(Sentences.split(document));
      sentences.removeIf(s -> !s.text().matches("[A-Z][^|\\n<>\\[\\]{}#*]{30,220}\\."));
      Collections.shuffle(sentences, random);
      for (Sentences.Span span : sentences) {
        for (Mutations.Mutant mutant : Omissions.of(span.text())) {
          if (made.merge(mutant.kind(), 1, Integer::sum) <= MOST_OMISSIONS) {
            String group = half + (mutant.faithful() ? " detail" : " restriction");
            var evidence = new Passage(1, span.text());
            count(group, mutant.kind(), mutant.faithful(), mutant.text(), evidence);
          }
        }
      }
    }
  }

  /** What is known of one hotel or restaurant, said of it and said of the next one. */
  private void places(int most) throws IOException {
    JsonNode knowledge = JSON.readTree(data.resolve("dstc11-track5-val/knowledge.json").toFile());
    var places = new ArrayList<JsonNode>();
    knowledge.forEach(domain -> domain.forEach(places::add));
    int seen = 0;
    for (int i = 1; i < places.size() && seen < most; i++) {
      String here = places.get(i).path("name").asText();
      String there = places.get(i - 1).path("name").asText();
      for (JsonNode entry : places.get(i).path("faqs")) {
        String answer = entry.path("answer").asText();
        if (answer.matches("[^.!?]{15,90}\\.") && !answer.contains(here) && seen++ < most) {
          var passage = new Passage(1, "# " + here + "\n\n" + answer);
          count("held place", "its own", true, "At " + here + ": " + answer, passage);
          count("held other place", "another's", false, "At " + there + ": " + answer, passage);
        }
      }
    }
  }

  private void dialogues(int most) throws IOException {
    Path folder = data.resolve("dstc11-track5-val");
    JsonNode labels = JSON.readTree(folder.resolve("labels.json").toFile());
    JsonNode knowledge = JSON.readTree(folder.resolve("knowledge.json").toFile());
    String before = "The reception is closed.";
    int seen = 0;
    for (JsonNode label : labels) {
      boolean answered = label.get("target").asBoolean();
      var gold = new StringBuilder();
      for (JsonNode snippet : label.path("knowledge")) {
        JsonNode entity =
            knowledge.get(snippet.get("domain").asText()).get(snippet.get("entity_id").asText());
        JsonNode entry = entity.path("faqs").path(snippet.get("doc_id").asText());
        if (snippet.get("doc_type").asText().equals("review")) {
          gold.append(
                  entity
                      .path("reviews")
                      .path(snippet.get("doc_id").asText())
                      .path("sentences")
                      .path(snippet.get("sent_id").asText())
                      .asText())
              .append("\n\n");
          continue;
        }
        gold.append("# ")
            .append(entity.get("name").asText())
            .append(": ")
            .append(entry.path("question").asText());
        gold.append("\n\n").append(entry.path("answer").asText()).append("\n\n");
      }
      if (answered && seen++ < most) {
        String said = Sentences.split(label.get("response").asText()).getFirst().text();
        if (!said.endsWith("?") && !Verifiers.SHIPPED.makesNoClaim(said)) {
          count("dialogue", "answer, its snippet", true, said, new Passage(1, gold.toString()));
          count("held unrelated", "answer, other snippet", false, said, new Passage(1, before));
          before = gold.toString();
        }
      }
    }
  }

  private void count(String group, String kind, boolean supported, String claim, Passage passage) {
    Judgement judgement = Verifiers.SHIPPED.verify(new Claim(claim, List.of()), List.of(passage));
    boolean right = (judgement.verdict() == Verdict.SUPPORTED) == supported;
    boolean contradicted = judgement.verdict() == Verdict.CONTRADICTED;
    for (String name : List.of(group, group + ": " + kind)) {
      int[] count = counts.computeIfAbsent(name, n -> new int[3]);
      count[0]++;
      count[1] += right ? 1 : 0;
      count[2] += contradicted ? 1 : 0;
    }
    if (!right) {
      String text = passage.text().length() > 300 ? "(document)" : passage.text();
      misses.add(
          group + ": " + kind + "\n  C " + claim + "\n  E " + text + "\n  " + judgement.findings());
    }
  }

  private double rate(String group) {
    int[] count = counts.get(group);
    return (double) count[1] / count[0];
  }

  private void report() throws IOException {
    counts.forEach((name, count) ->
        System.out.printf(
            "%-42s %5d  right %.3f  contradicted %.3f%n",
            name, count[0], (double) count[1] / count[0], (double) count[2] / count[0]));
    Files.createDirectories(Path.of("target"));
    Files.write(Path.of("target", "verifier-misses.txt"), misses);
  }

  private static List<String> documents(String stream) throws IOException {
    Map<String, String> last = new TreeMap<>();
    for (JsonNode event : lines(stream + ".jsonl")) {
      String path = event.get("path").asText();
      if (event.get("text").isTextual() && !path.matches(".*(?:/|^)(?:[A-Z]{2}-|[a-z]{2}/).*")) {
        last.put(path, event.get("text").asText());
      }
    }
    var texts = new ArrayList<>(last.values());
    Collections.shuffle(texts, new Random(SEED));
    return texts;
  }

  private static List<String> bank() throws IOException {
    var texts = new ArrayList<String>();
    for (String line : Files.readAllLines(data.resolve("tau-banking-knowledge/documents.jsonl"))) {
      texts.add(JSON.readTree(line).get("content").asText());
    }
    Collections.shuffle(texts, new Random(SEED));
    return texts;
  }

  private static List<JsonNode> lines(String name) throws IOException {
    var nodes = new ArrayList<JsonNode>();
    for (String line : Files.readAllLines(data.resolve("policy-stream").resolve(name))) {
      nodes.add(JSON.readTree(line));
    }
    return nodes;
  }
}
