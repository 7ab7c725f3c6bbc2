package io.candor.evaluation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Customers' turns with their slots (Peskov et al. 2019), the development parts: slots that are
 * personal data are to be masked; cities, dates, prices and bookings are to stay.
 */
record MultiDogo(Path folder) implements Dataset {
  private static final Set<String> PERSONAL =
      Set.of(
          "name",
          "ssn",
          "address",
          "phone_number",
          "account_number",
          "target_account_number",
          "email_address",
          "card_number",
          "password",
          "username",
          "phone",
          "email",
          "security_code");

  @Override
  public Stream<Question> questions() throws IOException {
    return Stream.concat(turns("airline", "dev"), turns("finance", "dev"));
  }

  /** The turns of a domain's part. */
  Stream<Question> turns(String domain, String part) throws IOException {
    return Files.lines(folder.resolve(domain).resolve(part + ".tsv"))
        .skip(1)
        .map(line -> List.of(line.split("\t", -1)))
        .filter(MultiDogo::isAligned)
        .map(row -> turn(domain, row));
  }

  /** Some rows lack columns, and in a few the slots do not match the words. */
  private static boolean isAligned(List<String> row) {
    return row.size() > 4
        && !row.get(3).isBlank()
        && words(row.get(3)).length == words(row.get(4)).length;
  }

  private static String[] words(String text) {
    return text.strip().split("\\s+");
  }

  private static Question turn(String domain, List<String> row) {
    var words = words(row.get(3));
    var slots = words(row.get(4));
    var expect = ServerUnderTest.JSON.createObjectNode();
    var spans = expect.putArray("spans");
    var text = new StringBuilder();
    for (int i = 0; i < words.length; i++) {
      int start = text.isEmpty() ? 0 : text.length() + 1;
      text.append(text.isEmpty() ? "" : " ").append(words[i]);
      if (PERSONAL.contains(slots[i])) {
        boolean goesOn = i > 0 && slots[i - 1].equals(slots[i]);
        mark(spans, slots[i], start, text.length(), goesOn);
      }
    }
    return Question.of(
        domain + "-" + row.get(0) + "-" + row.get(1), "", text.toString(), expect, domain);
  }

  private static void mark(ArrayNode spans, String label, int start, int end, boolean goesOn) {
    int from = goesOn ? spans.remove(spans.size() - 1).path("start").asInt() : start;
    spans.addObject().put("label", label).put("start", from).put("end", end);
  }
}
