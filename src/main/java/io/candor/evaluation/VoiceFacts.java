package io.candor.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Whether the facts are still there, by the server's own verifier both ways: what was said must be
 * supported by the facts, and each number, date and price of the facts be found in what was said.
 */
record VoiceFacts(ServerUnderTest server, List<String> facts) {
  private static final Set<String> VALUES = Set.of("number", "date", "money");
  private static final Pattern HAS_VALUE = Pattern.compile("\\p{N}");

  /** Sentences that the facts do not support. */
  List<String> unsupported(List<String> said) {
    return those(said, facts, judged -> !judged.path("verdict").asText().equals("supported"));
  }

  /** The facts that have a number, date or price. */
  List<String> withValues() {
    return facts.stream().filter(fact -> HAS_VALUE.matcher(fact).find()).toList();
  }

  /** Those of them of which one is missing. */
  List<String> lost(List<String> said) {
    return those(
        withValues(),
        said,
        judged ->
            judged
                .path("findings")
                .valueStream()
                .anyMatch(finding -> VALUES.contains(finding.path("kind").asText())));
  }

  private List<String> those(
      List<String> claims, List<String> passages, Predicate<JsonNode> wrong) {
    if (claims.isEmpty() || passages.isEmpty()) {
      return claims;
    }
    var sentences = claims.stream().map(claim -> Map.of("text", claim)).toList();
    var sources =
        IntStream.range(0, passages.size())
            .mapToObj(i -> Map.<String, Object>of("n", i + 1, "text", passages.get(i)))
            .toList();
    var judged =
        server
            .post("/api/v1/verify", Map.of("sentences", sentences, "passages", sources))
            .path("sentences");
    return IntStream.range(0, claims.size())
        .filter(i -> wrong.test(judged.path(i)))
        .mapToObj(claims::get)
        .toList();
  }

  /** What is wrong; empty where nothing is. */
  static String fault(List<String> unsupported, List<String> lost) {
    var faults =
        Stream.concat(
            unsupported.stream().map(sentence -> "says without support: " + sentence),
            lost.stream().map(fact -> "does not say: " + fact));
    return String.join("; ", faults.toList());
  }
}
