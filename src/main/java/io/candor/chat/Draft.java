package io.candor.chat;

import dev.langchain4j.model.output.TokenUsage;
import io.candor.audit.AnswerRecord;
import io.candor.retrieval.Evidence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * An answer in the making: the sentences shown so far and the evidence that they stand on. Evidence
 * gets its citation number when it is first used, so nothing is cited that was not.
 */
final class Draft {
  private final Consumer<Progress> listener;
  private final List<Answer.Sentence> sentences = new ArrayList<>();
  private final Map<Evidence, Integer> numbers = new LinkedHashMap<>();
  private final Set<String> shown = new TreeSet<>();
  private final Set<Fact> quoted = new HashSet<>();
  private TokenUsage usage = new TokenUsage(0, 0);
  private final CompletableFuture<Void> abandoned = new CompletableFuture<>();

  Draft(Consumer<Progress> listener) {
    this.listener = listener;
  }

  /** Nobody sees it any more: nothing is shown from now on. */
  void abandon() {
    abandoned.complete(null);
  }

  boolean isAbandoned() {
    return abandoned.isDone();
  }

  /** Runs this when it is abandoned, at once if it is. */
  void whenAbandoned(Runnable action) {
    abandoned.thenRun(action);
  }

  /** Shows a sentence that this evidence supports; a repetition is left out. */
  void show(String text, List<Evidence> support) {
    if (isAbandoned() || !shown.add(text.toLowerCase(Locale.ROOT))) {
      return;
    }
    var citations =
        support.stream().map(e -> numbers.computeIfAbsent(e, _ -> numbers.size() + 1)).toList();
    listener.accept(new Progress.Sentence(sentences.size(), text, citations));
    sentences.add(new Answer.Sentence(text, citations));
  }

  /** Shows a fact in the policy's own words. */
  void quote(Fact fact) {
    show(fact.shown(), fact.sources());
    quoted.add(fact);
  }

  /** A model used these tokens for it. */
  void spend(TokenUsage tokens) {
    usage = usage.add(tokens);
  }

  /** What models used for it, in all. */
  TokenUsage usage() {
    return usage;
  }

  /** Whether this fact was shown word for word, so that nothing is left of it to say. */
  boolean hasQuoted(Fact fact) {
    return quoted.contains(fact);
  }

  /** Whether a sentence shown stands on this fact. */
  boolean hasUsed(Fact fact) {
    return numbers.keySet().containsAll(fact.sources());
  }

  int size() {
    return sentences.size();
  }

  List<Answer.Sentence> sentences() {
    return List.copyOf(sentences);
  }

  String text() {
    return String.join(" ", sentences.stream().map(Answer.Sentence::marked).toList());
  }

  List<Answer.Citation> citations() {
    return numbers.entrySet().stream()
        .map(entry -> citation(entry.getValue(), entry.getKey()))
        .toList();
  }

  List<AnswerRecord.Citation> ranges() {
    return numbers.entrySet().stream()
        .map(entry -> range(entry.getValue(), entry.getKey()))
        .toList();
  }

  private static Answer.Citation citation(int n, Evidence evidence) {
    var hit = evidence.hit();
    return new Answer.Citation(
        n,
        hit.document(),
        hit.title(),
        hit.version(),
        hit.validFrom(),
        hit.validUntil().orElse(null),
        hit.url().orElse(null),
        hit.heading().isBlank() ? null : hit.heading(),
        evidence.quote(),
        evidence.start(),
        evidence.end());
  }

  private static AnswerRecord.Citation range(int n, Evidence evidence) {
    return new AnswerRecord.Citation(
        n, evidence.hit().versionId(), evidence.start(), evidence.end());
  }
}
