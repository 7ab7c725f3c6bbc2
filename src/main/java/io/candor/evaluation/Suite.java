package io.candor.evaluation;

import java.io.IOException;
import java.util.stream.Stream;

/**
 * A kind of suite over its data: which documents, what is done with a question, and what the
 * results are worth. {@link Evaluation} runs it.
 */
public interface Suite {
  SuiteDefinition definition();

  /** What is asked about, put in place before the first question; closed by the caller. */
  default Stream<SuiteDocument> documents() throws IOException {
    return Stream.empty();
  }

  /** In the same order in every run; closed by the caller. */
  Stream<Question> questions() throws IOException;

  /** Asks one question, through the API alone. Questions come in their order, some left out. */
  Result ask(Question question, Tenants tenants);
}
