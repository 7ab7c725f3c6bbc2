package io.candor.grounding;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A claim beside its evidence, and whether the one follows from the other, as a person judged. */
record LabelledPairs(List<Pair> pairs) {
  /** One line; {@code group} is the last [heading] above it. */
  record Pair(String group, String claim, String evidence, boolean follows) {
    boolean judgedRightly() {
      return follows == (judgement().verdict() == Verdict.SUPPORTED);
    }

    Judgement judgement() {
      return Verifiers.SHIPPED.verify(
          new Claim(claim, List.of()), List.of(new Passage(1, evidence)));
    }
  }

  static LabelledPairs read(String resource) {
    try (var in = LabelledPairs.class.getResourceAsStream(resource)) {
      var pairs = new ArrayList<Pair>();
      String group = "";
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        if (line.startsWith("[")) {
          group = line.substring(1, line.length() - 1);
        } else if (!line.isBlank() && !line.startsWith("#")) {
          String[] part = line.split(" \\| ");
          pairs.add(new Pair(group, part[0], part[1], part[2].equals("supported")));
        }
      }
      return new LabelledPairs(pairs);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  LabelledPairs of(List<String> groups, boolean following) {
    return new LabelledPairs(
        pairs.stream()
            .filter(pair -> groups.contains(pair.group()) && pair.follows() == following)
            .toList());
  }

  double share() {
    return (double) pairs.stream().filter(Pair::judgedRightly).count() / pairs.size();
  }

  /** The pairs judged otherwise, each with its findings. */
  String misses() {
    var text = new StringBuilder();
    pairs.stream()
        .filter(pair -> !pair.judgedRightly())
        .forEach(pair ->
            text.append(
                "\n  %s | %s | %s %s"
                    .formatted(
                        pair.claim(),
                        pair.evidence(),
                        pair.follows(),
                        pair.judgement().findings())));
    return text.toString();
  }
}
