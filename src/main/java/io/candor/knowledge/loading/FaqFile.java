package io.candor.knowledge.loading;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.candor.knowledge.loading.LoadedFile.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

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

  /** By what names a column is found; the first that is there is taken. */
  private static final Map<String, List<String>> COLUMNS =
      Map.of(
          "question", List.of("question", "questions", "q", "query", "frage", "title"),
          "answer", List.of("answer", "answers", "a", "response", "reply", "antwort", "text"),
          "id", List.of("id", "key", "slug"),
          "url", List.of("url", "link", "source_url"),
          "locale", List.of("locale", "language", "lang"));

  private static final int MOST_ROWS = 10_000;
  private static final int LONGEST_TITLE = 500;
  private static final int LONGEST_SLUG = 80;
  private static final String SEPARATORS = ",;\t|";
  private static final Pattern TAG =
      Pattern.compile("</?(?:p|br|a|ul|ol|li|div|span|strong|em|b|i|table|h[1-6])\\b[^>]*>");

  private final String key;
  private final Set<String> keys = new HashSet<>();
  private final List<Entry> entries = new ArrayList<>();

  private FaqFile(String key) {
    this.key = key;
  }

  static List<Entry> readCsv(String text, String key) throws IOException {
    var schema = CsvSchema.emptySchema().withColumnSeparator(separator(text));
    var faq = new FaqFile(key);
    try (MappingIterator<List<String>> rows =
        CSV.readerForListOf(String.class).with(schema).readValues(text)) {
      if (!rows.hasNext()) {
        throw new Unreadable("it is empty");
      }
      var columns = columns(rows.next());
      for (int row = 2; rows.hasNext(); row++) {
        var cells = rows.next();
        var values = new HashMap<String, String>();
        columns.forEach((name, i) -> values.put(name, i < cells.size() ? cells.get(i) : ""));
        if (cells.stream().anyMatch(cell -> cell != null && !cell.isBlank())) {
          faq.add("row " + row, values);
        }
      }
    } catch (JsonProcessingException e) {
      throw new Unreadable("it is not CSV: " + e.getOriginalMessage(), e);
    }
    return faq.entries;
  }

  static List<Entry> readJson(String text, String key) {
    JsonNode json;
    try {
      json = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new Unreadable("it is not JSON: " + e.getOriginalMessage(), e);
    }
    if (json instanceof ObjectNode document && document.has("text") && document.has("kind")) {
      return List.of(Loader.entry(key, document));
    }
    var faq = new FaqFile(key);
    int row = 1;
    for (var item : list(json)) {
      if (!(item instanceof ObjectNode object)) {
        throw new Unreadable("entry %d is not an object".formatted(row));
      }
      var names = new ArrayList<String>();
      object.fieldNames().forEachRemaining(names::add);
      var values = new HashMap<String, String>();
      columns(names).forEach((name, i) -> values.put(name, object.get(names.get(i)).asText("")));
      faq.add("entry " + row++, values);
    }
    return faq.entries;
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

  private static Map<String, Integer> columns(List<String> names) {
    var plain =
        names.stream()
            .map(name -> name == null ? "" : name.strip().toLowerCase(Locale.ROOT))
            .map(name -> name.replaceAll("[\\s_-]+", "_"))
            .toList();
    var columns = new LinkedHashMap<String, Integer>();
    COLUMNS.forEach((column, known) ->
        known.stream()
            .filter(plain::contains)
            .findFirst()
            .ifPresent(name -> columns.put(column, plain.indexOf(name))));
    for (var needed : List.of("question", "answer")) {
      if (!columns.containsKey(needed)) {
        throw new Unreadable(
            "no column '%s' among %.200s (also found as %s)"
                .formatted(needed, names, String.join(", ", COLUMNS.get(needed))));
      }
    }
    return columns;
  }

  private void add(String place, Map<String, String> values) {
    if (entries.size() == MOST_ROWS) {
      throw new Unreadable("it has more than %,d rows: divide it".formatted(MOST_ROWS));
    }
    var question = value(values, "question").map(q -> q.replaceAll("\\s+", " "));
    var answer = value(values, "answer");
    var title = question.orElseThrow(() -> new Unreadable(place + " has no question"));
    var text = answer.orElseThrow(() -> new Unreadable(place + " has no answer"));
    var fields = JsonNodeFactory.instance.objectNode();
    fields.put("title", title.length() <= LONGEST_TITLE ? title : title.substring(0, 480) + "…");
    fields.put("kind", "faq");
    fields.put("format", TAG.matcher(text).find() ? "html" : "markdown");
    fields.put("text", text);
    value(values, "url").ifPresent(url -> fields.put("url", url));
    value(values, "locale").ifPresent(locale -> fields.put("locale", locale));
    try {
      entries.add(
          Loader.entry(key + "#" + unique(value(values, "id").orElse(slug(title))), fields));
    } catch (IllegalArgumentException e) {
      throw new Unreadable(place + ": " + e.getMessage(), e);
    }
  }

  /** From the question, so that rows may move: only a repeated question is numbered. */
  private static String slug(String question) {
    var words = question.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "-");
    var slug = words.replaceAll("^-|-$", "");
    return slug.length() <= LONGEST_SLUG
        ? slug
        : slug.substring(0, LONGEST_SLUG) + "-" + Integer.toHexString(slug.hashCode());
  }

  private String unique(String name) {
    var unique = name;
    for (int n = 2; !keys.add(unique); n++) {
      unique = name + "-" + n;
    }
    return unique;
  }

  private static Optional<String> value(Map<String, String> values, String name) {
    return Optional.ofNullable(values.get(name)).map(String::strip).filter(v -> !v.isEmpty());
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
