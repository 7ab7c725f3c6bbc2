package io.candor.grounding;

import io.candor.grounding.Clause.Modality;
import io.candor.grounding.Fact.Bound;
import io.candor.grounding.Finding.Kind;
import io.candor.grounding.Phrase.Sort;
import io.candor.grounding.Words.Word;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Tells which words of a clause are details: without them it says less, not more. A denial, a
 * condition and a subject have hardly any; a permission has few.
 */
record Details(Reading said, Clause clause) {
  private static final List<String> PAYS_TO =
      List.of("pay", "refund", "credit", "transfer", "send", "return", "give", "issue", "forward");
  private static final List<String> ANCHORS =
      List.of("delivery", "receive", "arrival", "purchase", "receipt");
  private static final List<String> SUMS = List.of("price", "pay", "refund");

  private static final Pattern FOR_SUM = Pattern.compile("\\b[Ff]or [$€£]\\d");

  boolean has(Token token, Phrase phrase) {
    if (token.word() != null
        && (Lexicon.ENGLISH.isOrnament(token.word().lemma()) || saidOfSum(token.word()))) {
      return true;
    }
    if (clause.negated() || clause.conditional() || !phrase.predicate()) {
      return anchors(token, phrase);
    }
    boolean permits =
        clause.modality() == Modality.MAY || said.content().stream().anyMatch(w -> w.means("free"));
    return token.word() != null && token.word().means("free")
        || anchors(token, phrase)
        || !permits && (deadline(token) || means(phrase) || existential(token, phrase));
  }

  /** "The price for members is 12" and "refunds are paid" say it twice: "members pay 12". */
  private boolean saidOfSum(Word word) {
    boolean sum = word.means("price") || word.means("pay");
    return sum
        && (said.words().stream().anyMatch(w -> means(w, SUMS))
            || bareSum()
            || FOR_SUM.matcher(said.plain()).find());
  }

  /** "€12 for members" is what members pay; "you get €12" is not. */
  private boolean bareSum() {
    return said.facts().stream().anyMatch(fact -> fact.kind() == Kind.MONEY)
        && said.words().stream()
            .noneMatch(w -> Clauses.isVerb(w) || w.lower().matches("you|we|it|they|gets?|got"));
  }

  /** "Within 30 days of delivery": when the time starts, where the time itself is said. */
  private boolean anchors(Token token, Phrase phrase) {
    return phrase.opener().matches("of|from|after")
        && token.word() != null
        && means(token.word(), ANCHORS)
        && said.facts().stream().anyMatch(fact -> fact instanceof Fact.Quantity);
  }

  /** A promise or duty "within 5 days" is one without the days; a permission would grow. */
  private static boolean deadline(Token token) {
    return token.fact() instanceof Fact.Quantity time
        && time.bound() == Bound.WITHIN
        && time.unit().matches("hours|workdays|months");
  }

  /** How something is done, "by post", or to where it is paid or sent. */
  private boolean means(Phrase phrase) {
    boolean by = phrase.opener().matches("by|via|through");
    boolean to = phrase.opener().equals("to") && paidTo(phrase);
    return phrase.sort() == Sort.PREPOSITION
        && (by || to)
        && phrase.tokens().stream().allMatch(token -> token.fact() == null && !token.word().name());
  }

  private static boolean means(Word word, List<String> any) {
    return any.stream().anyMatch(word::means);
  }

  private boolean paidTo(Phrase phrase) {
    int start = phrase.tokens().getFirst().start();
    return clause.words().stream()
        .filter(word -> word.start() < start && word.end() >= start - 2)
        .anyMatch(word -> means(word, PAYS_TO));
  }

  /** "A full refund" is a refund; "refunds for rugs" are not refunds. */
  private static boolean existential(Token token, Phrase phrase) {
    int at = phrase.tokens().indexOf(token);
    boolean sum = token.fact() != null && token.fact().kind() == Kind.MONEY;
    boolean modifies =
        !sum && at + 1 < phrase.tokens().size() && phrase.tokens().get(at + 1).content();
    return phrase.sort() == Sort.CORE && modifies && phrase.determiner(token).matches("an?");
  }
}
