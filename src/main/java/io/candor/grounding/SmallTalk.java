package io.candor.grounding;

import java.util.Set;
import java.util.regex.Pattern;

/** Recognises sentences that greet, thank or offer help, and state nothing else. */
final class SmallTalk {
  private static final Set<String> SOCIAL =
      Set.of(
          "help",
          "question",
          "contact",
          "answer",
          "support",
          "morn",
          "afternoon",
          "even",
          "dai",
          "delight",
          "appreciat",
          "patienc",
          "understand",
          "assur",
          "feel",
          "reach",
          "problem",
          "pleasur",
          "ask",
          "request",
          "inconvenienc",
          "apologi",
          "apologis",
          "apologiz",
          "wait",
          "weekend",
          "hope",
          "care",
          "look",
          "forward",
          "hear",
          "best",
          "regard",
          "cheer",
          "bye",
          "goodby",
          "enjoi",
          "chat",
          "write",
          "talk",
          "hesitat",
          "els");
  private static final Pattern FORM =
      Pattern.compile(
          "(?i)^(?:hi|hello|hey|good (?:morning|afternoon|evening)|welcome|thanks?|thank you|you're welcome"
              + "|(?:i'm |we're |i am |we are )?(?:always |so |really )?(?:happy|glad|pleased|delighted|here|sorry)\\b"
              + "|sorry|no problem|my pleasure|of course|certainly|sure|great question|good question|i hope|hope"
              + "|please (?:let (?:me|us) know|don't hesitate|do not hesitate|feel free)|let (?:me|us) know"
              + "|feel free|don't hesitate|is there anything|can i help|how can (?:i|we)|what can (?:i|we)"
              + "|i understand|i appreciate|we appreciate|have a |enjoy|take care|bye|goodbye|best regards|cheers"
              + "|if you (?:have|need) (?:any |more |further |other )).*");

  private SmallTalk() {}

  static boolean is(String sentence) {
    if (sentence.isBlank()) {
      return true;
    }
    Reading reading = Reading.of(sentence);
    boolean denies =
        reading.clauses().stream().anyMatch(Clause::negated)
            && !reading.has("worry|worries|problem|hesitate");
    boolean plain =
        reading.facts().isEmpty()
            && !denies
            && reading.words().stream().noneMatch(Words.Word::name);
    boolean social =
        reading.content().stream()
            .allMatch(word ->
                SOCIAL.contains(word.lemma()) || SOCIAL.contains(Stemmer.stem(word.lower())));
    return plain && social && FORM.matcher(sentence.strip().replace('’', '\'')).matches();
  }
}
