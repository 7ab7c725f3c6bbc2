package io.candor.evaluation;

import java.io.IOException;
import java.util.stream.Stream;

/** A suite whose documents and questions are those of a data set, as they are. */
interface DataSuite extends Suite {
  Dataset data();

  @Override
  default Stream<SuiteDocument> documents() throws IOException {
    return data().documents();
  }

  @Override
  default Stream<Question> questions() throws IOException {
    return data().questions();
  }
}
