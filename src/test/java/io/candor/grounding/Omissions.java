package io.candor.grounding;

import io.candor.grounding.Mutations.Mutant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Leaves parts out of real policy sentences: restrictions, and details that limit nothing. */
final class Omissions {
  private static final String VERB = "(is|are|may|can|must|will|cannot|shall|should)";
  private static final Pattern OF_SUBJECT =
      Pattern.compile(
          "^((?:(?:The|Our|Your|All|Any|Each|Some|An?) )?(?:\\w+ )?\\w+) "
              + "(?:of|for|from|with|in|that|who|whose|made|purchased|issued|used|covered|under)"
              + " (?!"
              + VERB
              + ")[^,.;:]{5,80}? "
              + VERB
              + " (?=[^,.;:]+\\.$)");
  private static final Pattern LEADING =
      Pattern.compile(
          "^(?:During|In|For|With|At|On|Within|Under|Through|After|Upon|Before|Until|From) "
              + "(?!addition|general|short|fact|case|example|instance|particular|other words)"
              + "[^,.;:]{5,60}, (?=(?:you|we|the|your|our|it|they|all)\\b)");
  private static final Pattern REASON = Pattern.compile(",? because [^.;:]+(?=\\.$)");
  private static final Pattern EXAMPLE =
      Pattern.compile(",? \\(?(?:such as|for example|e\\.g\\.)[^,.;:()]+\\)?(?=[,.])");
  private static final Pattern REMARK =
      Pattern.compile(", which (?!.*\\b(?:not|only|if|unless|must)\\b)[^,.;:]+(?=\\.$)");

  private Omissions() {}

  static List<Mutant> of(String sentence) {
    var mutants = new ArrayList<Mutant>();
    without(mutants, "subject's restriction left out", OF_SUBJECT, "$1 $3 ", sentence, false);
    without(mutants, "leading restriction left out", LEADING, "", sentence, false);
    without(mutants, "reason left out", REASON, "", sentence, true);
    without(mutants, "example left out", EXAMPLE, "", sentence, true);
    without(mutants, "remark left out", REMARK, "", sentence, true);
    return mutants;
  }

  private static void without(
      List<Mutant> mutants,
      String kind,
      Pattern part,
      String instead,
      String sentence,
      boolean faithful) {
    Matcher matcher = part.matcher(sentence);
    if (matcher.find()) {
      String rest = matcher.replaceFirst(instead);
      mutants.add(
          new Mutant(kind, rest.substring(0, 1).toUpperCase() + rest.substring(1), faithful));
    }
  }
}
