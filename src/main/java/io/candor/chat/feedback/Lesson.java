package io.candor.chat.feedback;

import io.candor.grounding.Claim;
import io.candor.grounding.Finding;
import io.candor.grounding.Passage;
import io.candor.grounding.Sentences;
import io.candor.grounding.Verdict;
import io.candor.grounding.Verifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Words that a model may learn to say for the facts that it was given: each sentence ends with the
 * number of the fact that supports it, whatever number its author wrote; where none does, with
 * that.
 *
 * @param text the sentences, marked
 * @param unsupported those that no fact supports, which would teach the model to make facts up
 */
record Lesson(String text, List<Unsupported> unsupported) {
  private static final Pattern MARKED =
      Pattern.compile("(.+?)((?:\\s*\\[\\d{1,3}])+|$)", Pattern.DOTALL);
  private static final Pattern MARKER = Pattern.compile("\\[(\\d{1,3})]");

  Lesson {
    unsupported = List.copyOf(unsupported);
  }

  /** A sentence and how it differs from the fact that is nearest to it. */
  record Unsupported(String sentence, List<Finding> findings) {}

  static Lesson of(String words, List<String> facts, Verifier verifier) {
    var passages =
        IntStream.range(0, facts.size()).mapToObj(i -> new Passage(i + 1, facts.get(i))).toList();
    var marked = new ArrayList<String>();
    var unsupported = new ArrayList<Unsupported>();
    for (var part = MARKED.matcher(words.strip()); part.find(); ) {
      var written = written(part.group(2), facts.size());
      for (var span : Sentences.split(part.group(1))) {
        var sentence = span.text();
        if (verifier.makesNoClaim(sentence)) {
          marked.add(sentence);
          continue;
        }
        var support =
            passages.stream().filter(fact -> supports(fact, sentence, verifier)).findFirst();
        marked.add(sentence + support.map(fact -> " [%d]".formatted(fact.n())).orElse(written));
        if (support.isEmpty()) {
          var judgement = verifier.verify(new Claim(sentence, List.of()), passages);
          unsupported.add(new Unsupported(sentence, judgement.findings()));
        }
      }
    }
    return new Lesson(String.join(" ", marked), unsupported);
  }

  /** The numbers that the author wrote, as far as there are such facts. */
  private static String written(String markers, int facts) {
    return MARKER
        .matcher(markers)
        .results()
        .map(marker -> Integer.parseInt(marker.group(1)))
        .filter(n -> n >= 1 && n <= facts)
        .map(" [%d]"::formatted)
        .collect(Collectors.joining());
  }

  private static boolean supports(Passage fact, String sentence, Verifier verifier) {
    var judgement = verifier.verify(new Claim(sentence, List.of()), List.of(fact));
    return judgement.verdict() == Verdict.SUPPORTED;
  }

  /** What is wrong, for people. */
  String fault() {
    return String.join("; ", unsupported.stream().map(Lesson::fault).toList());
  }

  private static String fault(Unsupported it) {
    var differences =
        it.findings().stream()
            .map(finding ->
                "%s: said '%s', the facts have '%s'"
                    .formatted(
                        finding.kind().name().toLowerCase(Locale.ROOT),
                        finding.said(),
                        finding.found()))
            .toList();
    return "\"%s\" (%s)".formatted(it.sentence(), String.join(", ", differences));
  }
}
