package io.candor.grounding;

import io.candor.grounding.Words.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what the evidence says and the claim leaves out, so that it claims more. A sentence may
 * lose a detail: a reason, an example, a remark, one of several things said. It may not lose what
 * its subject, its value or its permission is restricted to; and since restrictions take any form,
 * whatever is not known to be a detail counts as one.
 */
final class OmissionCheck {
  private static final Pattern REFERENCE =
      Pattern.compile(
          "((?:in|after|before|until|at|during|under|on|for|from|by) (?:this|that|these|those|such|each"
              + "|the (?:first|second|latter|former|other))(?: \\w+)?|otherwise|then|from there),? .*",
          Pattern.CASE_INSENSITIVE);

  /** What "it" stands for wherever something is sent. */
  private static final String PARCEL = Reading.of("parcel").words().getFirst().lemma();

  /** As far as "lock" is from "unlock" in "lock and unlock". */
  private static final int JOINED = 2;

  private static final String SEQUENCE = "(?i)after (?:this|that)|then";
  private static final String FOLLOWS = "then|afterwards|thereafter|subsequently|after";

  private final Alignment alignment;
  private final Reading said;
  private final List<Clause> clauses;
  private final Asides asides;

  private OmissionCheck(Alignment alignment) {
    this.alignment = alignment;
    this.said = alignment.claim();
    this.clauses = alignment.evidence().reading().clauses();
    this.asides = Asides.of(alignment.evidence().reading().words());
  }

  static List<Difference> differences(Alignment alignment) {
    return new OmissionCheck(alignment).differences();
  }

  /** What the claim leaves out of one clause without a licence to do so. */
  static List<Token> omitted(Clause clause, Alignment alignment) {
    return new OmissionCheck(alignment).omitted(clause);
  }

  private List<Difference> differences() {
    var differences = new ArrayList<Difference>();
    lostReference().ifPresent(differences::add);
    Optional<Clause> spoken = Optional.empty();
    for (Clause clause : clauses) {
      boolean paired = alignment.pairs().containsValue(clause) || lendsValue(clause);
      boolean contrast =
          !paired && spoken.filter(before -> Contrast.limits(before, clause)).isPresent();
      spoken = paired ? Optional.of(clause) : spoken;
      if (asides.holds(clause.start()) && !paired) {
        continue;
      }
      if (contrast) {
        differences.add(Difference.omitted(said.plain(), clause.text()));
      } else if (!clause.conditional() && (paired || fragment(clause) || bears(clause))) {
        omitted(clause)
            .forEach(token -> differences.add(Difference.omitted(said.plain(), token.text())));
      }
    }
    return differences;
  }

  /** "In that case", "after this time", "otherwise": what it refers to is a condition. */
  private Optional<Difference> lostReference() {
    String plain = alignment.evidence().reading().plain();
    Matcher matcher = REFERENCE.matcher(plain);
    boolean conditional = said.clauses().stream().anyMatch(Clause::conditional);
    if (plain.contains("in which case") && !conditional && !said.has("and")) {
      return Optional.of(Difference.omitted(said.plain(), "in which case"));
    }
    boolean lost =
        matcher.lookingAt()
            && !said.plain()
                .toLowerCase(Locale.ROOT)
                .contains(matcher.group(1).toLowerCase(Locale.ROOT))
            && !(matcher.group(1).matches(SEQUENCE) && said.has(FOLLOWS))
            && !conditional;
    return lost
        ? Optional.of(Difference.omitted(said.plain(), matcher.group(1)))
        : Optional.empty();
  }

  /** "Cards are taken here, but not online" and "you may leave, in which case it is refunded". */
  private boolean bears(Clause clause) {
    int next = clauses.indexOf(clause) + 1;
    return next < clauses.size()
        && alignment.pairs().containsValue(clauses.get(next))
        && (clauses.get(next).words().stream().noneMatch(Clauses::isVerb)
                && clauses.get(next).continues()
            || clauses.get(next).text().matches("(?i)which case\\b.*"));
  }

  /** Whether a value that the claim says is this clause's alone. */
  private boolean lendsValue(Clause clause) {
    return said.facts().stream()
        .anyMatch(fact ->
            clauses.stream()
                .filter(c -> c.facts().stream().anyMatch(fact::follows))
                .toList()
                .equals(List.of(clause)));
  }

  /** A stretch without a verb says nothing alone: it is the subject or the frame of another. */
  private static boolean fragment(Clause clause) {
    return clause.words().stream().noneMatch(Clauses::isVerb);
  }

  private List<Token> omitted(Clause clause) {
    var series = new Series(clause, said, this::says);
    var details = new Details(said, clause);
    var omitted = new ArrayList<Token>();
    boolean general = said.general();
    for (Phrase phrase : Phrases.of(clause)) {
      for (Token token : phrase.tokens()) {
        boolean asked =
            asked(token) && (phrase.predicate() || !general) && !modifies(token, phrase);
        boolean dropped = token.content() && !says(token) && !asked && !asides.holds(token.start());
        if (dropped
            && !details.has(token, phrase)
            && (bounded(token) || !series.mayDrop(token, phrase, clause))) {
          omitted.add(token);
        }
      }
    }
    return omitted;
  }

  /** "Up to 15 kg" is a limit, whatever it is listed with. */
  private static boolean bounded(Token token) {
    return token.fact() != null && token.fact().bound() != Fact.Bound.NONE;
  }

  private boolean says(Token token) {
    if (token.word() == null) {
      return said.facts().stream().anyMatch(fact -> speaksOf(fact, token.fact()));
    }
    String lemma = token.word().lemma();
    boolean meant = lemma.equals(PARCEL) && said.has("it|them|they|one|ones");
    return meant || saysWord(token.word()) || alignment.evidence().context().contains(lemma);
  }

  private boolean asked(Token token) {
    return token.word() != null && alignment.topic().names(token.word());
  }

  /** Of "express delivery", a claim that says "delivery" has left out what kind. */
  private boolean modifies(Token token, Phrase phrase) {
    int next = phrase.tokens().indexOf(token) + 1;
    return next < phrase.tokens().size()
        && phrase.tokens().get(next).word() != null
        && phrase.tokens().get(next).content()
        && !asked(phrase.tokens().get(next))
        && says(phrase.tokens().get(next));
  }

  /** Of "the less you use, the more you save", "more" says only the second. */
  private boolean saysWord(Word word) {
    List<Word> words = alignment.evidence().reading().words();
    boolean both =
        words.stream()
            .filter(w -> w.lemma().equals(word.lemma()) && w.denied() != word.denied())
            .anyMatch(w -> Math.abs(words.indexOf(w) - words.indexOf(word)) > JOINED);
    return said.words().stream()
        .anyMatch(w -> w.lemma().equals(word.lemma()) && (!both || w.denied() == word.denied()));
  }

  /** Of "10, then 30", a claim that says 10 does not speak of 30. */
  private boolean speaksOf(Fact fact, Fact found) {
    return fact.follows(found)
        || fact.comparable(found)
            && alignment.evidence().reading().facts().stream().noneMatch(fact::follows);
  }
}
