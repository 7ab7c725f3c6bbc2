package io.candor.evaluation;

import java.io.IOException;
import java.util.stream.Stream;

/**
 * Documents and questions in one outside form. The streams are read anew at each call, in the same
 * order, and are closed by who asked for them; nothing holds all texts at once.
 */
interface Dataset {
  /** None where the server has the documents already. */
  default Stream<SuiteDocument> documents() throws IOException {
    return Stream.empty();
  }

  Stream<Question> questions() throws IOException;
}
