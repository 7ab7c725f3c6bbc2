package io.candor.knowledge.loading;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.candor.knowledge.loading.LoadedFile.Loaded;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Questions and answers in CSV or JSON: each becomes a document of kind faq with the question as
 * its title and the answer as its text. A JSON object with a text is a document as the API takes
 * it.
 */
final class FaqFile {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .build();
  private static final CsvMapper CSV =
      CsvMapper.builder().enable(CsvParser.Feature.WRAP_AS_ARRAY).build();
  private static final String SEPARATORS = ",;\t|";

  private FaqFile() {}

  static Loaded readCsv(String text, String key) throws IOException {
    var schema = CsvSchema.emptySchema().withColumnSeparator(separator(text));
    var faq = new FaqRows(key);
    try (MappingIterator<List<String>> rows =
        CSV.readerForListOf(String.class).with(schema).readValues(text)) {
      if (!rows.hasNext()) {
        throw new Unreadable("it is empty");
      }
      var columns = FaqColumns.find(rows.next());
      for (int row = 2; rows.hasNext(); row++) {
        var cells = rows.next();
        if (cells.stream().anyMatch(cell -> cell != null && !cell.isBlank())) {
          faq.add("row " + row, () -> columns.values(i -> i < cells.size() ? cells.get(i) : ""));
        }
      }
    } catch (JsonProcessingException e) {
      throw new Unreadable("it is not CSV: " + e.getOriginalMessage(), e);
    }
    return faq.loaded();
  }

  static Loaded readJson(String text, String key) {
    JsonNode json;
    try {
      json = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new Unreadable("it is not JSON: " + e.getOriginalMessage(), e);
    }
    if (json instanceof ObjectNode document && document.has("text") && document.has("kind")) {
      return new Loaded(Loader.entry(key, document));
    }
    var faq = new FaqRows(key);
    int row = 1;
    for (var item : list(json)) {
      faq.add("entry " + row++, () -> values(item));
    }
    return faq.loaded();
  }

  private static Map<String, String> values(JsonNode item) {
    if (!(item instanceof ObjectNode object)) {
      throw new Unreadable("it is not an object");
    }
    var names = object.propertyStream().map(Map.Entry::getKey).toList();
    return FaqColumns.find(names).values(i -> object.get(names.get(i)).asText(""));
  }

  /** A list of questions, or the only list that an object holds, or an object that is one. */
  private static Iterable<JsonNode> list(JsonNode json) {
    if (json instanceof ArrayNode list) {
      return list;
    }
    var lists = json.valueStream().filter(JsonNode::isArray).toList();
    if (lists.size() == 1) {
      return lists.getFirst();
    }
    if (json instanceof ObjectNode) {
      return List.of(json);
    }
    throw new Unreadable("a list of questions and answers, or a document, is expected");
  }

  /** What stands most often in the first line, outside quotes. */
  private static char separator(String text) {
    var line = text.lines().findFirst().orElse("").replaceAll("\"[^\"]*\"", "");
    return (char)
        SEPARATORS
            .chars()
            .boxed()
            .max(Comparator.comparingLong(c -> line.chars().filter(x -> x == c).count()))
            .orElseThrow()
            .intValue();
  }
}
