package io.candor.retrieval;

import io.candor.evaluation.RetrievalData;
import io.candor.evaluation.RetrievalData.Data;
import io.candor.knowledge.Passages;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * One set that {@link FusionTrainer} fits on: questions, and the passages that are relevant to
 * each.
 *
 * @param origin sets of one origin are left out together
 * @param depth how many hits are looked at in the figure that the set is judged by
 */
record FusionSet(
    String name, String origin, int depth, List<Passage> passages, List<Question> questions) {
  private static final int MOST_QUESTIONS = 400;
  private static final int ENTITIES = 28;
  private static final int LONGEST_PASSAGES = 4;

  /** A question sees the passages of its tenant. */
  record Passage(String tenant, String document, String title, String heading, String text) {
    /** What is embedded and what words are counted in. */
    String inContext() {
      var title = this.title.isEmpty() ? "" : this.title + "\n";
      return heading.isEmpty() ? title + text : title + heading + "\n" + text;
    }
  }

  record Question(String tenant, String text, BitSet relevant) {}

  static List<FusionSet> all(Path data) {
    var stackfaq = RetrievalData.stackfaq(data);
    var bank = RetrievalData.tauBanking(data);
    var documentation = RetrievalData.policyStream(data, "plausible-docs");
    var sets = new ArrayList<FusionSet>();
    sets.add(of("FAQ rephrased", "stackfaq", 1, stackfaq, cut(stackfaq), Integer.MAX_VALUE));
    sets.add(of("FAQ, answers alone", "stackfaq", 5, stackfaq, bare(cut(stackfaq)), 500));
    sets.add(of("privacy policies", "policyqa", 5, RetrievalData.policyqa(data), 500));
    sets.add(policies(data));
    sets.add(of("documentation", "documentation", 5, documentation, MOST_QUESTIONS));
    sets.add(headings(documentation));
    sets.add(of("bank tasks", "bank", 5, bank, MOST_QUESTIONS));
    sets.add(titles(bank));
    sets.add(dialogues(RetrievalData.dstc11(data)));
    sets.add(
        of(
            "utterances, clinc150",
            "clinc150",
            5,
            RetrievalData.utterances(RetrievalData.clinc150(data), 4, 2),
            MOST_QUESTIONS));
    sets.add(
        of(
            "utterances, natcs",
            "natcs",
            5,
            RetrievalData.utterances(RetrievalData.natcs(data), 4, 8),
            MOST_QUESTIONS));
    return sets;
  }

  private static FusionSet policies(Path data) {
    var documents = new ArrayList<RetrievalData.Document>();
    var questions = new ArrayList<RetrievalData.Asked>();
    for (var name : List.of("basecamp-policies", "github-site-policy", "automattic-legalmattic")) {
      var stream = RetrievalData.policyStream(data, name);
      documents.addAll(stream.documents());
      questions.addAll(stream.questions());
    }
    return of("policies", "policies", 5, new Data(documents, questions), MOST_QUESTIONS);
  }

  /** Of the entities that a number of questions are about. */
  private static FusionSet dialogues(Data data) {
    var asked = shuffled(data.questions());
    var entities =
        asked.stream()
            .flatMap(question -> question.documents().stream())
            .map(FusionSet::entity)
            .distinct()
            .limit(ENTITIES)
            .collect(Collectors.toSet());
    Predicate<String> kept = key -> entities.contains(entity(key));
    var some =
        new Data(
            data.documents().stream().filter(d -> kept.test(d.key())).toList(),
            asked.stream().filter(q -> q.documents().stream().allMatch(kept)).toList());
    return of("dialogue turns", "dialogues", 5, some, MOST_QUESTIONS);
  }

  private static String entity(String key) {
    return key.substring(0, key.indexOf('/', key.indexOf('/') + 1));
  }

  /** A heading of one document asks for the passages that stand below it. */
  private static FusionSet headings(Data data) {
    var passages = cut(data);
    Map<String, BitSet> below = new LinkedHashMap<>();
    for (int i = 0; i < passages.size(); i++) {
      var path = passages.get(i).heading();
      var heading = path.substring(path.lastIndexOf(" > ") + 1).replaceFirst("^> ", "");
      if (heading.split("\\s+").length >= 3) {
        below.computeIfAbsent(heading, h -> new BitSet()).set(i);
      }
    }
    var questions =
        below.entrySet().stream()
            .filter(asked ->
                asked.getValue().stream()
                        .mapToObj(i -> passages.get(i).document())
                        .distinct()
                        .count()
                    == 1)
            .map(asked ->
                new Question(passages.getFirst().tenant(), asked.getKey(), asked.getValue()))
            .toList();
    var bare =
        passages.stream()
            .map(p -> new Passage(p.tenant, p.document, p.title, "", withoutHeadings(p.text)))
            .toList();
    return new FusionSet("documentation headings", "documentation", 5, bare, some(questions, 300));
  }

  /** A title asks for its document's first passages, which do not repeat it. */
  private static FusionSet titles(Data data) {
    Map<String, Integer> count = new LinkedHashMap<>();
    var passages =
        bare(cut(data)).stream()
            .filter(p -> count.merge(p.document, 1, Integer::sum) <= LONGEST_PASSAGES)
            .toList();
    var questions = new ArrayList<Question>();
    for (var document : data.documents()) {
      questions.add(
          new Question(
              "", document.title(), matching(passages, p -> p.document.equals(document.key()))));
    }
    return new FusionSet("bank articles by title", "bank", 5, passages, some(questions, 300));
  }

  private static FusionSet of(String name, String origin, int depth, Data data, int mostQuestions) {
    return of(name, origin, depth, data, cut(data), mostQuestions);
  }

  private static FusionSet of(
      String name, String origin, int depth, Data data, List<Passage> passages, int mostQuestions) {
    var flat = passages.stream().map(p -> flat(p.text)).toList();
    var questions = new ArrayList<Question>();
    for (var asked : data.questions()) {
      var sentence = flat(asked.sentence());
      var relevant = new BitSet();
      for (int i = 0; i < passages.size(); i++) {
        if (sentence.isEmpty()
            ? asked.documents().contains(passages.get(i).document)
            : flat.get(i).contains(sentence) && passages.get(i).tenant.equals(asked.tenant())) {
          relevant.set(i);
        }
      }
      if (!relevant.isEmpty()) {
        questions.add(new Question(asked.tenant(), asked.text(), relevant));
      }
    }
    return new FusionSet(name, origin, depth, passages, some(questions, mostQuestions));
  }

  private static List<Passage> cut(Data data) {
    return data.documents().stream()
        .flatMap(d ->
            Passages.of(d.format(), d.text()).stream()
                .map(cut -> new Passage(d.tenant(), d.key(), d.title(), cut.heading(), cut.text())))
        .toList();
  }

  private static List<Passage> bare(List<Passage> passages) {
    return passages.stream()
        .map(p -> new Passage(p.tenant, p.document, "", "", withoutHeadings(p.text)))
        .filter(p -> !p.text.isBlank())
        .toList();
  }

  private static String withoutHeadings(String text) {
    return text.replaceAll("(?m)^\\s*#+ .*\\R?", "").strip();
  }

  private static BitSet matching(List<Passage> passages, Predicate<Passage> relevant) {
    var found = new BitSet();
    for (int i = 0; i < passages.size(); i++) {
      found.set(i, relevant.test(passages.get(i)));
    }
    return found;
  }

  private static String flat(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }

  private static List<Question> some(List<Question> questions, int most) {
    var kept = shuffled(questions.stream().filter(q -> !q.relevant.isEmpty()).toList());
    return kept.subList(0, Math.min(most, kept.size()));
  }

  private static <T> List<T> shuffled(List<T> list) {
    var shuffled = new ArrayList<>(list);
    Collections.shuffle(shuffled, new Random(1));
    return shuffled;
  }
}
