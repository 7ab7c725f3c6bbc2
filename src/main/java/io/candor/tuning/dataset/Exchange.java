package io.candor.tuning.dataset;

import java.util.List;

/**
 * A question and its answer before they are an {@link Example}.
 *
 * @param facts what the answer is made of; none where nobody has looked for them yet
 * @param answer each sentence ends with the numbers of its facts, where there are facts
 */
record Exchange(String conversation, String question, List<String> facts, String answer) {
  Exchange {
    facts = List.copyOf(facts);
  }
}
