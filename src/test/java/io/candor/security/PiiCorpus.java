package io.candor.security;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Texts with marked personal data, read from the folder named by {@code CANDOR_EVAL_DATA}. */
final class PiiCorpus {
  /**
   * MultiDoGO's slots that are personal data; the others (cities, dates, seats, prices, bookings)
   * are to stay.
   */
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

  /** What the corpus marks: its own label and the range in the text. */
  record Marked(String label, int start, int end) {}

  /** A text and the personal data marked in it. */
  record Example(String text, List<Marked> marked) {}

  private PiiCorpus() {}

  static List<Example> multidogo(Path folder, String domain, String part) throws IOException {
    var examples = new ArrayList<Example>();
    for (String line :
        Files.readAllLines(folder.resolve("multidogo/" + domain + "/" + part + ".tsv"))) {
      String[] row = line.split("\t", -1);
      if (row.length > 4) {
        String[] words = row[3].strip().split("\\s+");
        String[] slots = row[4].strip().split("\\s+");
        if (words.length == slots.length && !row[4].equals("slot-labels")) {
          examples.add(aligned(words, slots));
        }
      }
    }
    return examples;
  }

  /** Presidio's synthetic texts with an even or an odd number. */
  static List<Example> presidio(Path folder, int parity) throws IOException {
    var examples = new ArrayList<Example>();
    JsonNode texts =
        new ObjectMapper().readTree(folder.resolve("pii-presidio/synth_dataset_v2.json").toFile());
    for (int i = parity; i < texts.size(); i += 2) {
      String text = texts.get(i).path("full_text").asText();
      var marked = new ArrayList<Marked>();
      for (JsonNode span : texts.get(i).path("spans")) {
        int start = text.offsetByCodePoints(0, span.path("start_position").asInt());
        int end = text.offsetByCodePoints(0, span.path("end_position").asInt());
        marked.add(new Marked(span.path("entity_type").asText(), start, end));
      }
      examples.add(new Example(text, marked));
    }
    return examples;
  }

  private static Example aligned(String[] words, String[] slots) {
    var text = new StringBuilder();
    var marked = new ArrayList<Marked>();
    for (int i = 0; i < words.length; i++) {
      int start = text.length() + (i == 0 ? 0 : 1);
      text.append(i == 0 ? "" : " ").append(words[i]);
      if (PERSONAL.contains(slots[i])) {
        Marked before = marked.isEmpty() ? null : marked.getLast();
        boolean goesOn = before != null && i > 0 && slots[i - 1].equals(slots[i]);
        if (goesOn) {
          marked.removeLast();
        }
        marked.add(new Marked(slots[i], goesOn ? before.start() : start, text.length()));
      }
    }
    return new Example(text.toString(), marked);
  }
}
