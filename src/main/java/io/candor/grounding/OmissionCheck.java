package io.candor.grounding;

import io.candor.grounding.Clause.Modality;
import io.candor.grounding.Fact.Bound;
import io.candor.grounding.Phrase.Sort;
import io.candor.grounding.Phrase.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finds what the evidence says and the claim leaves out, so that it claims more. A sentence may
 * lose a detail: a reason, an example, a remark, one of several things said. It may not lose what
 * its subject, its value or its permission is restricted to; and since restrictions take any form,
 * whatever is not known to be a detail counts as one.
 */
final class OmissionCheck {
  private static final Set<String> CONTRAST =
      Set.of("but", "however", "although", "though", "while", "whereas", "yet", "otherwise");
  private static final List<String> PAYS_TO =
      List.of("pay", "refund", "credit", "transfer", "send", "return", "give", "issue", "forward");
  private static final List<String> ANCHORS =
      List.of("delivery", "receive", "arrival", "purchase", "receipt");
  private static final List<String> SUMS = List.of("price", "pay", "refund");

  private final Alignment alignment;
  private final Reading said;
  private final List<Clause> clauses;

  private OmissionCheck(Alignment alignment) {
    this.alignment = alignment;
    this.said = alignment.claim();
    this.clauses = alignment.evidence().reading().clauses();
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
    boolean spoken = false;
    for (Clause clause : clauses) {
      boolean paired = alignment.pairs().containsValue(clause);
      boolean contrast = spoken && !paired && exception(clause);
      spoken |= paired;
      if (contrast) {
        differences.add(Difference.omitted(said.plain(), clause.text()));
      } else if (!clause.conditional() && (paired || fragment(clause))) {
        omitted(clause)
            .forEach(token -> differences.add(Difference.omitted(said.plain(), text(token))));
      }
    }
    return differences;
  }

  /** A stretch without a verb says nothing alone: it is the subject or the frame of another. */
  private static boolean fragment(Clause clause) {
    return clause.words().stream().noneMatch(Clauses::isVerb);
  }

  private static String text(Token token) {
    return token.word() == null ? token.fact().text() : token.word().text();
  }

  private List<Token> omitted(Clause clause) {
    var series = new Series(clause, said, this::says);
    var omitted = new ArrayList<Token>();
    for (Phrase phrase : Phrase.of(clause, followsComma(clause))) {
      for (Token token : phrase.tokens()) {
        boolean dropped = token.content() && !says(token);
        if (dropped && !isDetail(token, phrase, clause) && !series.mayDrop(token, phrase, clause)) {
          omitted.add(token);
        }
      }
    }
    return omitted;
  }

  private boolean followsComma(Clause clause) {
    int before = clauses.indexOf(clause) - 1;
    return before >= 0
        && !clauses.get(before).words().isEmpty()
        && clauses.get(before).words().getLast().text().equals(",");
  }

  private boolean says(Token token) {
    if (token.word() == null) {
      return said.facts().stream().anyMatch(fact -> fact.comparable(token.fact()));
    }
    String lemma = token.word().lemma();
    return said.lemmas().contains(lemma) || alignment.evidence().context().contains(lemma);
  }

  private boolean isDetail(Token token, Phrase phrase, Clause clause) {
    if (phrase.sort() == Sort.ASIDE) {
      return true;
    }
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
        || !permits && (deadline(token) || means(phrase, clause) || existential(token, phrase));
  }

  /** "The price for members is 12" and "refunds are paid" say it twice: "members pay 12". */
  private boolean saidOfSum(Words.Word word) {
    boolean sum = word.means("price") || word.means("pay");
    return sum && said.words().stream().anyMatch(w -> means(w, SUMS));
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
  private static boolean means(Phrase phrase, Clause clause) {
    boolean by = phrase.opener().matches("by|via|through");
    boolean to = phrase.opener().equals("to") && paidTo(phrase, clause);
    return phrase.sort() == Sort.PREPOSITION
        && (by || to)
        && phrase.tokens().stream().allMatch(token -> token.fact() == null && !token.word().name());
  }

  private static boolean means(Words.Word word, List<String> any) {
    return any.stream().anyMatch(word::means);
  }

  private static boolean paidTo(Phrase phrase, Clause clause) {
    int start = phrase.tokens().getFirst().start();
    return clause.words().stream()
        .filter(word -> word.start() < start && word.end() >= start - 2)
        .anyMatch(word -> means(word, PAYS_TO));
  }

  /** "A full refund" is a refund; "refunds for rugs" are not refunds. */
  private static boolean existential(Token token, Phrase phrase) {
    int at = phrase.tokens().indexOf(token);
    boolean modifies = at + 1 < phrase.tokens().size() && phrase.tokens().get(at + 1).content();
    return phrase.sort() == Sort.CORE && modifies && phrase.determiner(token).matches("an?");
  }

  /** "But underwear cannot" takes back what was said before; "but you get a voucher" does not. */
  private boolean exception(Clause clause) {
    List<Words.Word> words = clause.words();
    if (words.isEmpty() || !CONTRAST.contains(words.getFirst().lower())) {
      return false;
    }
    String second = words.size() > 1 ? words.get(1).lower() : "";
    boolean sameSubject = second.matches("you|we|they|it|are|is|can|will|do|does|have|has");
    boolean limits =
        clause.modality() == Modality.MUST
            || clause.words().stream().anyMatch(w -> w.lower().equals("only"));
    boolean otherVerb =
        second.equals("not") && words.size() > 2 && words.get(2).lower().endsWith("ed");
    return limits || !sameSubject && !otherVerb;
  }
}
