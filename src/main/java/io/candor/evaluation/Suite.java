package io.candor.evaluation;

import java.io.IOException;
import java.io.PrintStream;
import java.util.stream.Stream;

/**
 * A kind of suite over its data: what is put in place, what is done with a question, and what the
 * results are worth. {@link Evaluation} runs it.
 */
public interface Suite {
  SuiteDefinition definition();

  /** Puts in place what is asked about; again changes nothing. */
  default void prepare(Tenants tenants, PrintStream out) throws IOException {}

  /** In the same order in every run; closed by the caller. */
  Stream<Question> questions() throws IOException;

  /** Asks one question, through the API alone. Questions come in their order, some left out. */
  Result ask(Question question, Tenants tenants);
}
