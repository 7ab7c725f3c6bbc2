package io.candor.chat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A sentence as the model wrote it, taken apart: its words, and the facts that it says it used.
 *
 * @param words without markers, and without a "Yes," or "No," before them: no fact says whether the
 *     question is answered by yes or no, so nothing could verify it
 */
record Markers(String words, List<Integer> cited) {
  private static final Pattern MARKER = Pattern.compile("\\s*\\[(\\d{1,3})]");

  private static final Pattern BRACKETED = Pattern.compile("\\[[^\\[\\]\n]*]");

  private static final Pattern PARTICLE =
      Pattern.compile("^(?:yes|no|yeah|nope)[,.!:;–—-]+\\s+(?=\\p{L})", Pattern.CASE_INSENSITIVE);

  /**
   * What the model may write, in GBNF: anything, but in brackets only a fact's number, or what the
   * facts themselves have in brackets.
   */
  static String grammar(List<String> facts) {
    var bracketed =
        Stream.concat(
                IntStream.rangeClosed(1, facts.size()).mapToObj("[%d]"::formatted),
                facts.stream()
                    .flatMap(fact -> BRACKETED.matcher(fact).results())
                    .map(MatchResult::group))
            .distinct()
            .map(text -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
            .collect(Collectors.joining(" | "));
    return "root ::= ( [^\\[] | %s )*".formatted(bracketed);
  }

  static Markers of(String sentence, int facts) {
    var cited =
        MARKER
            .matcher(sentence)
            .results()
            .map(marker -> Integer.parseInt(marker.group(1)))
            .filter(n -> n >= 1 && n <= facts)
            .distinct()
            .sorted()
            .toList();
    return new Markers(withoutParticle(MARKER.matcher(sentence).replaceAll("").strip()), cited);
  }

  private static String withoutParticle(String words) {
    var rest = PARTICLE.matcher(words).replaceFirst("");
    return rest.equals(words) ? words : Character.toUpperCase(rest.charAt(0)) + rest.substring(1);
  }
}
