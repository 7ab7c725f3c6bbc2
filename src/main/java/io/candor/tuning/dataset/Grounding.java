package io.candor.tuning.dataset;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Gives each sentence of an answer the fact that supports it, and takes away those without one.
 * Facts that nobody has looked up are searched in the policies of the day of the answer.
 */
final class Grounding {
  /** So many of a search's statements are tried on a sentence, those with the same words first. */
  private static final int TRIED = 24;

  /** The most facts that the chat gives a model. */
  private static final int MOST_FACTS = 5;

  private static final Pattern WORD = Pattern.compile("\\p{L}{3,}|\\p{N}+");

  /** No fact says whether a question is answered by yes or no, and the chat leaves it away. */
  private static final Pattern PARTICLE =
      Pattern.compile("^(?:yes|no|yeah|nope)[,.:;–—-]+\\s+(?=\\p{L})", Pattern.CASE_INSENSITIVE);

  private final Tools tools;
  private final Brand brand;

  Grounding(Tools tools, Brand brand) {
    this.tools = tools;
    this.brand = brand;
  }

  /**
   * With facts, and with a marker after each sentence; the answer is empty where nothing is left,
   * and where a sentence has no support in the facts that came with it: the person who wrote both
   * meant all of it.
   *
   * @param removed told of each sentence that is not there any more
   */
  Exchange of(Exchange exchange, BiConsumer<Reason, String> removed) {
    var answer = exchange.answer().strip();
    if (answer.equals(brand.abstain().strip()) || answer.equals(brand.clarify().strip())) {
      return exchange;
    }
    boolean given = !exchange.facts().isEmpty();
    var facts = given ? exchange.facts() : statements(exchange.question(), exchange.when());
    var sentences = sentences(answer);
    var said = new ArrayList<Said>();
    for (var sentence : sentences) {
      if (Boilerplate.isCourtesy(sentence.text())) {
        removed.accept(Reason.BOILERPLATE, sentence.text());
        continue;
      }
      support(exchange.question(), sentence, facts)
          .or(() -> given ? Optional.empty() : elsewhere(exchange, sentence))
          .ifPresentOrElse(
              fact -> said.add(new Said(sentence.text(), fact)),
              () -> removed.accept(unsupported(sentence.text()), sentence.text()));
    }
    if (given) {
      return exchange.with(facts, said.size() < sentences.size() ? "" : marked(said, facts));
    }
    var used = said.stream().map(Said::fact).distinct().limit(MOST_FACTS).toList();
    return exchange.with(used, marked(said, used));
  }

  private Reason unsupported(String sentence) {
    boolean personal = !tools.masking().masked(sentence).equals(sentence);
    return personal ? Reason.PERSONAL_DATA : Reason.LEAKED;
  }

  /** What the question did not bring up, the sentence itself may. */
  private Optional<String> elsewhere(Exchange exchange, Marked sentence) {
    return support(exchange.question(), sentence, statements(sentence.text(), exchange.when()));
  }

  private static String marked(List<Said> said, List<String> facts) {
    return said.stream()
        .filter(each -> facts.contains(each.fact()))
        .map(each -> "%s [%d]".formatted(each.text(), facts.indexOf(each.fact()) + 1))
        .collect(Collectors.joining(" "));
  }

  private record Said(String text, String fact) {}

  private static List<Marked> sentences(String answer) {
    return Marked.of(answer).stream()
        .flatMap(part ->
            part.facts().isEmpty()
                ? Boilerplate.sentences(part.text()).stream()
                    .map(text -> new Marked(text, List.of()))
                : Stream.of(part))
        .map(part -> new Marked(withoutParticle(part.text()), part.facts()))
        .toList();
  }

  private static String withoutParticle(String text) {
    var rest = PARTICLE.matcher(text).replaceFirst("");
    return rest.equals(text) ? text : Character.toUpperCase(rest.charAt(0)) + rest.substring(1);
  }

  /** The fact that it cites if that supports it, else another one that does. */
  private Optional<String> support(String question, Marked sentence, List<String> facts) {
    var cited =
        sentence.facts().stream()
            .filter(n -> n >= 1 && n <= facts.size())
            .map(n -> facts.get(n - 1));
    return Stream.concat(cited, likeliest(sentence.text(), facts))
        .filter(fact -> tools.support().supports(question, fact, sentence.text()))
        .findFirst();
  }

  private static Stream<String> likeliest(String sentence, List<String> facts) {
    var words = words(sentence);
    return facts.stream()
        .sorted(Comparator.comparingLong((String fact) -> -shared(words, fact)))
        .limit(TRIED);
  }

  private static long shared(Set<String> words, String fact) {
    return words(fact).stream().filter(words::contains).count();
  }

  private static Set<String> words(String text) {
    return WORD.matcher(text.toLowerCase(Locale.ROOT))
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(HashSet::new));
  }

  private List<String> statements(String query, Optional<Instant> when) {
    return tools.search().passages(query, when).stream()
        .flatMap(passage -> Statements.of(passage).stream())
        .distinct()
        .toList();
  }
}
