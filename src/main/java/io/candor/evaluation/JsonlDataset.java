package io.candor.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The suites' own form: a folder with {@code questions.jsonl} and, unless the server has them
 * already, {@code documents.jsonl}.
 */
record JsonlDataset(Path folder) implements Dataset {
  @Override
  public Stream<SuiteDocument> documents() throws IOException {
    var file = folder.resolve("documents.jsonl");
    return Files.exists(file) ? JsonData.stream(file).map(SuiteDocument::of) : Stream.empty();
  }

  @Override
  public Stream<Question> questions() throws IOException {
    return JsonData.stream(folder.resolve("questions.jsonl")).map(Question::of);
  }
}
