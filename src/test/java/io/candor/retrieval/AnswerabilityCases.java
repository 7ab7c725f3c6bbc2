package io.candor.retrieval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.candor.serving.BgeEmbeddingModel;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Questions of the development data against passages that hold their answer, and against passages
 * that do not: the answer's own taken out while its neighbours stay, those of another set, or a
 * question out of any scope.
 */
final class AnswerabilityCases {
  private static final int QUESTIONS = 100;
  private static final int LONGEST_PASSAGE = 700;
  private static final int ENTITIES = 20;
  private static final int UTTERANCES = 12;
  private static final int FOUND = 8;

  /** One question with what its evidence looks like. */
  record Case(String set, boolean answerable, Answerability.Features features) {}

  private record Asked(String text, String group) {}

  private record Questions(String set, List<Asked> asked, List<Passages.Passage> passages) {}

  private final BgeEmbeddingModel model = new BgeEmbeddingModel();
  private final SentenceVectors vectors = new SentenceVectors(model);
  private final EvidenceSelector selector = new EvidenceSelector(vectors, config());
  private final Answerability answerability = new Answerability(vectors);
  private final Random random = new Random(1);
  private final ObjectMapper json = new ObjectMapper();
  private final List<Case> cases = new ArrayList<>();

  private static RetrievalConfig config() {
    return new SmallRyeConfigBuilder()
        .withMapping(RetrievalConfig.class)
        .build()
        .getConfigMapping(RetrievalConfig.class);
  }

  /** The same cases for the same data. */
  static List<Case> of(Path data) throws IOException {
    var cases = new AnswerabilityCases();
    var sets = List.of(cases.stackfaq(data), cases.policyqa(data), cases.facts(data));
    cases.askAtHome(cases.answers(sets.getFirst()));
    cases.askIntents(data);
    for (int i = 0; i < sets.size(); i++) {
      cases.askAtHome(sets.get(i));
      cases.askAway("elsewhere", sets.get(i).asked, sets.get((i + 1) % sets.size()));
      cases.askAway("out of scope", cases.outOfScope(data, i), sets.get(i));
    }
    return cases.cases;
  }

  private void askAtHome(Questions questions) {
    for (var question : questions.asked) {
      Predicate<Passages.Passage> holds = passage -> passage.group().equals(question.group);
      add(questions.set, true, question, questions.passages, holds);
      var rest = questions.passages.stream().filter(holds.negate()).toList();
      add(questions.set, false, question, rest, _ -> true);
    }
  }

  private void askAway(String set, List<Asked> asked, Questions others) {
    for (var question : asked.subList(0, QUESTIONS / 2)) {
      add(set, false, question, others.passages, _ -> true);
    }
  }

  /** An answer that the search did not find says nothing about how evidence looks. */
  private void add(
      String set,
      boolean answerable,
      Asked question,
      List<Passages.Passage> passages,
      Predicate<Passages.Passage> found) {
    var inSite =
        set.equals("policyqa")
            ? passages.stream().filter(p -> p.title().equals(site(question))).toList()
            : passages;
    var best = new Passages(inSite).best(question.text, model.embedQuery(question.text).vector());
    if (best.stream().limit(FOUND).anyMatch(found)) {
      var hits = best.stream().map(Passages.Passage::hit).toList();
      var evidence = selector.select(question.text, hits);
      cases.add(new Case(set, answerable, answerability.features(question.text, hits, evidence)));
    }
  }

  private static String site(Asked question) {
    return question.group.substring(0, question.group.indexOf('#'));
  }

  private Questions stackfaq(Path data) throws IOException {
    var asked = new ArrayList<Asked>();
    var passages = new ArrayList<Passages.Passage>();
    for (var pair : read(data, "stackfaq/stackExchange-FAQ.json").path("root").path("qapair")) {
      var title = pair.path("question").asText();
      var answer =
          pair.path("answer").isArray() ? pair.path("answer").path(0) : pair.path("answer");
      passages.add(passage(title, "", answer.asText(), title));
      for (var rephrased : pair.path("rephr")) {
        if (rephrased.asText().length() > 1) {
          asked.add(new Asked(rephrased.asText(), title));
        }
      }
    }
    return new Questions("stackfaq", some(asked), passages);
  }

  /** Each privacy policy is a site of its own; the question's paragraph is the answer. */
  private Questions policyqa(Path data) throws IOException {
    var asked = new ArrayList<Asked>();
    var passages = new ArrayList<Passages.Passage>();
    for (var site : read(data, "policyqa/dev.json").path("data")) {
      for (var paragraph : site.path("paragraphs")) {
        var title = site.path("title").asText();
        var group = title + "#" + passages.size();
        passages.add(passage(title, "", paragraph.path("context").asText(), group));
        asked.add(new Asked(paragraph.path("qas").path(0).path("question").asText(), group));
      }
    }
    return new Questions("policyqa", some(asked), passages);
  }

  /** The answers without the questions that they were given to. */
  private Questions answers(Questions faq) {
    var passages = faq.passages.stream().map(p -> passage("", "", p.text(), p.group())).toList();
    return new Questions("answers", faq.asked, passages);
  }

  /** One fact a passage, each of an entity beside many like it. */
  private Questions facts(Path data) throws IOException {
    var asked = new ArrayList<Asked>();
    var passages = new ArrayList<Passages.Passage>();
    var knowledge = read(data, "dstc11-track5-val/knowledge.json");
    for (var domain : List.of("hotel", "restaurant")) {
      for (var entity : knowledge.path(domain).valueStream().limit(ENTITIES).toList()) {
        var name = entity.path("name").asText();
        for (var faq : entity.path("faqs")) {
          var question = faq.path("question").asText();
          var group = name + "#" + question;
          passages.add(passage(name, "", faq.path("answer").asText(), group));
          asked.add(new Asked(question.contains(name) ? question : name + ": " + question, group));
        }
      }
    }
    return new Questions("facts", some(asked), passages);
  }

  /** Utterances as passages: those of the same intent answer, and none where it is out of scope. */
  private void askIntents(Path data) throws IOException {
    var set = "clinc150";
    var all = read(data, "clinc150/data_full.json");
    var byIntent = new TreeMap<String, List<String>>();
    for (var pair : all.path("train")) {
      var utterances = byIntent.computeIfAbsent(pair.path(1).asText(), _ -> new ArrayList<>());
      if (utterances.size() < UTTERANCES) {
        utterances.add(pair.path(0).asText());
      }
    }
    var passages = new ArrayList<Passages.Passage>();
    byIntent.forEach(
        (intent, texts) -> texts.forEach(t -> passages.add(passage("", "", t, intent))));
    for (var asked : some(pairs(all.path("val")))) {
      add(set, true, asked, passages, p -> p.group().equals(asked.group));
    }
    for (var asked : some(pairs(all.path("oos_test")))) {
      add(set, false, asked, passages, _ -> true);
    }
  }

  private static List<Asked> pairs(JsonNode pairs) {
    return pairs
        .valueStream()
        .map(pair -> new Asked(pair.path(0).asText(), pair.path(1).asText()))
        .toList();
  }

  private List<Asked> outOfScope(Path data, int part) throws IOException {
    var asked = new ArrayList<Asked>();
    for (var pair : read(data, "clinc150/data_full.json").path("oos_val")) {
      asked.add(new Asked(pair.path(0).asText(), "#"));
    }
    int half = QUESTIONS / 2;
    // oos_val has 100: the parts overlap, each against other passages.
    return asked.subList(part * half / 2, part * half / 2 + half);
  }

  private List<Asked> some(List<Asked> asked) {
    var shuffled = new ArrayList<>(asked);
    Collections.shuffle(shuffled, random);
    return shuffled.subList(0, QUESTIONS);
  }

  private Passages.Passage passage(String title, String heading, String text, String group) {
    var start = text.substring(0, Math.min(LONGEST_PASSAGE, text.length()));
    return new Passages.Passage(title, heading, start, group, model);
  }

  private JsonNode read(Path data, String file) throws IOException {
    return json.readTree(Files.readString(data.resolve(file)));
  }
}
