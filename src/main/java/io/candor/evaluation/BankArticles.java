package io.candor.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The articles of τ²-bench's bank that its personal customers may read, and questions about them
 * that this build carries.
 */
record BankArticles(Path folder) implements Dataset {
  @Override
  public Stream<SuiteDocument> documents() throws IOException {
    return new TauBanking(folder)
        .documents()
        .filter(article -> !article.title().startsWith("Internal"))
        .filter(article -> !article.key().matches("doc_(business|buy_now|customer_support)_.*"));
  }

  @Override
  public Stream<Question> questions() throws IOException {
    return YamlDataset.carried("bank").questions();
  }
}
