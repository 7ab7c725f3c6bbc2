package io.candor.grounding;

import io.candor.grounding.Clause.Modality;
import io.candor.grounding.Clause.Role;
import io.candor.grounding.Words.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Cuts a sentence's words into clauses and reads each clause's role, polarity and modality. */
final class Clauses {
  private static final Set<String> CONDITION =
      Set.of("if", "when", "whenever", "assuming", "where", "once");
  private static final Set<String> EXCEPTION = Set.of("unless", "except", "excluding", "excepting");
  private static final Set<String> TIME = Set.of("after", "before", "until", "till");
  private static final Set<String> STATEMENT =
      Set.of(
          "but",
          "while",
          "whereas",
          "although",
          "though",
          "because",
          "so",
          "however",
          "which",
          "otherwise");
  private static final Set<String> SUBJECT =
      Set.of("you", "we", "they", "it", "he", "she", "there", "this", "i");
  private static final Set<String> VERB =
      Set.of(
          "is",
          "are",
          "was",
          "were",
          "be",
          "been",
          "will",
          "would",
          "can",
          "could",
          "may",
          "might",
          "must",
          "shall",
          "should",
          "has",
          "have",
          "had",
          "do",
          "does",
          "did",
          "takes",
          "take",
          "costs",
          "cost",
          "applies",
          "apply",
          "get",
          "gets",
          "need",
          "needs",
          "expire",
          "expires",
          "includes",
          "include");
  private static final Set<String> NEGATION =
      Set.of(
          "not", "no", "never", "nor", "neither", "none", "nobody", "nothing", "without", "fail",
          "fails", "failed");
  private static final Set<String> MUST =
      Set.of(
          "must",
          "shall",
          "require",
          "requires",
          "required",
          "need",
          "needs",
          "mandatory",
          "obliged",
          "compulsory");
  private static final Set<String> MAY =
      Set.of(
          "may",
          "can",
          "could",
          "might",
          "possible",
          "allow",
          "allows",
          "allowed",
          "permitted",
          "able",
          "eligible",
          "entitled");

  private static final Set<String> MAY_LEMMAS = Set.of("allow");

  private Clauses() {}

  static List<Clause> of(List<Word> words, List<Fact> facts) {
    var starts = new ArrayList<Integer>();
    starts.add(0);
    boolean subordinate = false;
    for (int i = 0; i < words.size(); i++) {
      boolean comma = words.get(i).text().equals(",");
      boolean closes =
          comma && subordinate && (opensStatement(words, i + 1) || isLastComma(words, i));
      closes |= subordinate && opensAnew(words, i, starts.getLast());
      if (closes || opens(words, i, starts.getLast())) {
        if (i > starts.getLast()) {
          starts.add(i);
        }
        boolean goesOn = subordinate && continues(words, i);
        subordinate = !closes && (goesOn || role(words, i) != Role.STATEMENT);
      } else if (i == 0) {
        subordinate = role(words, 0) != Role.STATEMENT;
      }
    }
    var clauses = new ArrayList<Clause>();
    Role role = Role.STATEMENT;
    for (int c = 0; c < starts.size(); c++) {
      int from = starts.get(c);
      int to = c + 1 < starts.size() ? starts.get(c + 1) : words.size();
      int begin = c == 0 ? 0 : words.get(from).start();
      int end = to < words.size() ? words.get(to).start() : Integer.MAX_VALUE;
      List<Fact> own = facts.stream().filter(f -> f.start() >= begin && f.start() < end).toList();
      role = continues(words, from) ? role : role(words, from);
      clauses.add(clause(role, words, from, to, own, begin));
    }
    return withoutDoubleNegation(clauses);
  }

  /** In "if A and B, C", B is as conditional as A. */
  private static boolean continues(List<Word> words, int from) {
    boolean joins = from > 0 && words.get(from).lower().matches("and|or");
    return joins
        && !words.get(from - 1).text().equals(",")
        && role(words, from + 1) == Role.STATEMENT;
  }

  /** "Not X unless Y" says the same as "X only if Y", so it is read like that. */
  private static List<Clause> withoutDoubleNegation(List<Clause> clauses) {
    for (int i = 0; i < clauses.size(); i++) {
      int main = Clause.governed(clauses, i);
      if (clauses.get(i).role() == Role.EXCEPTION && main >= 0 && clauses.get(main).negated()) {
        clauses.set(i, clauses.get(i).as(Role.CONDITION, !clauses.get(i).negated()));
        clauses.set(main, clauses.get(main).as(Role.STATEMENT, false));
      }
    }
    return List.copyOf(clauses);
  }

  private static Clause clause(
      Role role, List<Word> words, int from, int to, List<Fact> facts, int begin) {
    List<Word> own = words.subList(from, to);
    boolean negated = role == Role.EXCEPTION;
    int last = -1;
    for (int i = from; i < to; i++) {
      if (negates(words, i)) {
        // "cannot and will not" denies once
        boolean repeated =
            last >= 0
                && (coordinated(words, i)
                    || i - last <= 3
                        && words.subList(last, i).stream().anyMatch(w -> coordinates(w)));
        negated ^= !repeated;
        last = i;
      }
    }
    boolean must = own.stream().anyMatch(w -> MUST.contains(w.lower())) || obliges(own);
    boolean may =
        own.stream().anyMatch(w -> MAY.contains(w.lower()) || MAY_LEMMAS.contains(w.lemma()));
    Modality modality = may ? Modality.MAY : must ? Modality.MUST : Modality.NONE;
    return new Clause(role, negated, modality, own, facts, begin);
  }

  /** "Not by express, and not on Sundays", "nobody rents it, nor sells it". */
  private static boolean coordinated(List<Word> words, int i) {
    return words.get(i).lower().equals("nor") || i > 0 && coordinates(words.get(i - 1));
  }

  private static boolean coordinates(Word word) {
    return word.lower().matches("and|or|nor");
  }

  private static boolean obliges(List<Word> words) {
    return IntStream.range(1, words.size())
        .anyMatch(i ->
            words.get(i).lower().equals("to")
                && words.get(i - 1).lower().matches("have|has|had")
                && words.get(i).start() == words.get(i - 1).end() + 1);
  }

  private static boolean negates(List<Word> words, int i) {
    String word = words.get(i).lower();
    String next = i + 1 < words.size() ? words.get(i + 1).lower() : "";
    boolean notOnly =
        next.equals("only")
            && words.subList(i, words.size()).stream().anyMatch(w -> w.lower().equals("but"));
    if (word.equals("not") && (notOnly || next.equals("limited") || next.equals("hesitate"))) {
      return false;
    }
    if (word.equals("no") && next.matches("matter|problem|worries|doubt")) {
      return false;
    }
    // "No, you cannot" denies once: the first word answers a question that is not here to be read.
    if (word.equals("no") && next.matches("[,.;:!–—-]")) {
      return false;
    }
    // "forbidden" denies "allow", which carries no fact of its own: it turns the whole clause.
    boolean operator = words.get(i).denied() && words.get(i).light() && !TIME.contains(word);
    return NEGATION.contains(word) || operator && !words.get(i).means("after");
  }

  private static Role role(List<Word> words, int i) {
    int at = i < words.size() && words.get(i).punctuation() && i + 1 < words.size() ? i + 1 : i;
    if (at >= words.size()) {
      return Role.STATEMENT;
    }
    String word = words.get(at).lower();
    String two = at + 1 < words.size() ? word + " " + words.get(at + 1).lower() : word;
    if (EXCEPTION.contains(word) || two.equals("apart from") || two.equals("other than")) {
      return Role.EXCEPTION;
    }
    boolean only = word.equals("only") && two.matches("only (if|when|where|after|once)");
    boolean condition =
        CONDITION.contains(word)
            || two.matches("(as|so) long|in case|even if")
            || two.matches("provid(?:ed|ing) (?:that|the|your|you|we|it|they|a|an|no|all|there)")
                && (at == 0 || !isVerb(words.get(at - 1)))
            || limits(words, at);
    boolean whenever = TIME.contains(word) && clauseFollows(words, at + 1);
    return only || condition || whenever ? Role.CONDITION : Role.STATEMENT;
  }

  /** "Subject to stock" limits, "is subject to change" does not. */
  private static boolean limits(List<Word> words, int i) {
    boolean subjectTo =
        words.get(i).lower().equals("subject")
            && i + 1 < words.size()
            && words.get(i + 1).lower().equals("to");
    return subjectTo && i > 0 && !words.get(i - 1).lower().matches("is|are|be|not|was|were");
  }

  /** "If they are lost they are replaced": the statement begins without a comma. */
  private static boolean opensAnew(List<Word> words, int i, int start) {
    return i > start + 2
        && i + 1 < words.size()
        && words.get(i).lower().matches("it|they|we|you")
        && isVerb(words.get(i + 1))
        && hasVerb(words, start, i)
        && !words.get(i - 1).light()
        && isLastComma(words, i);
  }

  private static boolean isLastComma(List<Word> words, int i) {
    return words.subList(i + 1, words.size()).stream()
        .takeWhile(word -> !word.text().matches("[.;!?]"))
        .noneMatch(word -> word.text().equals(","));
  }

  private static boolean opens(List<Word> words, int i, int start) {
    Word word = words.get(i);
    String text = word.lower();
    if (text.matches("[;:().!?|]")) {
      return true;
    }
    boolean fresh = i == start || (i == start + 1 && words.get(start).punctuation());
    if (fresh && i != 0) {
      return false;
    }
    boolean afterOnly = i > 0 && words.get(i - 1).lower().equals("only");
    boolean joins =
        text.matches("and|or|then")
            && words.subList(start, i).stream().anyMatch(Clauses::isVerb)
            && opensStatement(words, i + 1);
    return joins
        || STATEMENT.contains(text) && !afterOnly
        || !afterOnly && role(words, i) != Role.STATEMENT && !word.punctuation();
  }

  /** Whether a clause with its own verb begins here, rather than the next member of a list. */
  private static boolean opensStatement(List<Word> words, int i) {
    if (i >= words.size()) {
      return false;
    }
    return SUBJECT.contains(words.get(i).lower())
        || hasVerb(words, i, Math.min(words.size(), i + 5))
        || words.get(i).lower().matches("please|contact|send|return|use|email|call");
  }

  private static boolean clauseFollows(List<Word> words, int i) {
    return i < words.size()
        && (SUBJECT.contains(words.get(i).lower())
            || hasVerb(words, i, Math.min(words.size(), i + 5)));
  }

  static boolean isVerb(Word word) {
    return VERB.contains(word.lower());
  }

  private static boolean hasVerb(List<Word> words, int from, int to) {
    for (int i = from; i < to && !words.get(i).text().matches("[,;.]"); i++) {
      if (VERB.contains(words.get(i).lower())) {
        return true;
      }
    }
    return false;
  }
}
