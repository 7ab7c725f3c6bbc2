package io.candor.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A reply whose sentences end with the numbers of the facts that they say, like "We do. [1]". */
record MarkedReply(List<Sentence> sentences) {
  private static final Pattern MARKED = Pattern.compile("(.+?)((?:\\s*\\[\\d+])+|$)");
  private static final Pattern MARKER = Pattern.compile("\\[(\\d+)]");

  /** A sentence, or several that one fact supports, and the numbers of its facts. */
  record Sentence(String text, List<Integer> citations) {}

  static MarkedReply of(String reply) {
    var sentences = new ArrayList<Sentence>();
    for (var found = MARKED.matcher(reply.strip()); found.find(); ) {
      var citations =
          MARKER
              .matcher(found.group(2))
              .results()
              .map(marker -> Integer.parseInt(marker.group(1)))
              .toList();
      sentences.add(new Sentence(found.group(1).strip(), citations));
    }
    return new MarkedReply(List.copyOf(sentences));
  }

  List<String> texts() {
    return sentences.stream().map(Sentence::text).toList();
  }

  /** The words alone. */
  String text() {
    return String.join(" ", texts());
  }
}
