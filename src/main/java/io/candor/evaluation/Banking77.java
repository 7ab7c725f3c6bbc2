package io.candor.evaluation;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Online banking's customers' questions, each of one of 77 intents (Casanueva et al. 2020). */
record Banking77(Path folder) implements Dataset {
  private static final CsvMapper CSV = new CsvMapper();

  @Override
  public Stream<Question> questions() throws IOException {
    var rows = rows();
    return IntStream.range(0, rows.size()).mapToObj(i -> question("row-" + i, rows.get(i)));
  }

  private static Question question(String id, Map<String, String> row) {
    var expect = ServerUnderTest.JSON.createObjectNode().put("intent", row.get("category"));
    return Question.of(id, "", row.get("text"), expect);
  }

  private List<Map<String, String>> rows() throws IOException {
    var header = CsvSchema.emptySchema().withHeader();
    try (MappingIterator<Map<String, String>> rows =
        CSV.readerForMapOf(String.class)
            .with(header)
            .readValues(folder.resolve("train.csv").toFile())) {
      return rows.readAll();
    }
  }
}
