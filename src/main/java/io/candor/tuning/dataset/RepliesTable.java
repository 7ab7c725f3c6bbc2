package io.candor.tuning.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.RuntimeJsonMappingException;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A CSV file whose first row names the columns: question and answer, and perhaps conversation and
 * date. Columns may be parted by commas, semicolons or tabs.
 */
record RepliesTable(Path file) implements Source {
  private static final CsvMapper CSV = new CsvMapper();
  private static final String QUESTION = "question";
  private static final String ANSWER = "answer";

  @Override
  public List<Exchange> read(Brand brand) throws IOException {
    var exchanges = new ArrayList<Exchange>();
    try (var reader = Utf8.reader(file);
        MappingIterator<Map<String, String>> rows =
            CSV.readerForMapOf(String.class).with(schema()).readValues(reader)) {
      while (rows.hasNextValue()) {
        int line = rows.getCurrentLocation().getLineNr();
        exchanges.add(exchange(line, lowerCase(rows.nextValue())));
      }
      return exchanges;
    } catch (JsonProcessingException e) {
      throw InvalidSource.of(file, e);
    } catch (CharacterCodingException e) {
      throw InvalidSource.notUtf8(file);
    } catch (RuntimeJsonMappingException e) {
      throw new InvalidSource(file, e.getMessage());
    }
  }

  private Exchange exchange(int line, Map<String, String> row) {
    var place = file.getFileName() + ":" + line;
    for (var column : List.of(QUESTION, ANSWER)) {
      if (!row.containsKey(column)) {
        throw new InvalidSource(
            file,
            line,
            "there is no column '%s'; the first row names the columns".formatted(column));
      }
    }
    var date = Dates.of(row.getOrDefault("date", ""));
    if (date.isEmpty() && !row.getOrDefault("date", "").isBlank()) {
      throw new InvalidSource(file, line, "'date' is not a date: " + row.get("date"));
    }
    var conversation = row.getOrDefault("conversation", "");
    return new Exchange(
        conversation.isBlank() ? place : conversation.strip(),
        place,
        row.get(QUESTION),
        List.of(),
        row.get(ANSWER),
        date);
  }

  private static Map<String, String> lowerCase(Map<String, String> row) {
    var lower = new HashMap<String, String>();
    row.forEach((column, value) -> lower.put(column.strip().toLowerCase(Locale.ROOT), value));
    return lower;
  }

  private CsvSchema schema() throws IOException {
    try (var reader = Utf8.reader(file)) {
      var header = Objects.requireNonNullElse(reader.readLine(), "");
      var separator =
          Stream.of(',', ';', '\t')
              .max((a, b) -> Long.compare(count(header, a), count(header, b)))
              .orElseThrow();
      return CsvSchema.emptySchema().withHeader().withColumnSeparator(separator);
    }
  }

  private static long count(String text, char c) {
    return text.chars().filter(each -> each == c).count();
  }
}
