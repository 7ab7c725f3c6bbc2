package io.candor.grounding;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads a passage's sentences, items and rows as evidence that can be understood alone. */
final class EvidenceReader {
  private static final int MOST_ITEMS = 12;
  private static final Pattern ITEM = Pattern.compile("(?s)(?:[-*+•]|\\d{1,3}[.)])\\s.*");
  private static final Pattern REFERS =
      Pattern.compile(
          "(?s)(?:It|They|This|These|That|Those|He|She|Such|Both|You|We|Otherwise)\\b.*");

  private final List<Evidence> found = new ArrayList<>();
  private final List<String> items = new ArrayList<>();
  private final Map<Integer, Set<String>> headings = new TreeMap<>();
  private List<String> header = List.of();
  private String leadIn = "";
  private Reading previous;

  List<Evidence> read(String passage) {
    for (Sentences.Span span : Sentences.split(passage)) {
      String text = span.text();
      boolean item = ITEM.matcher(text).matches();
      if (!item) {
        endList();
      }
      if (!Row.isMarkdown(text)) {
        header = List.of();
      }
      if (text.startsWith("#")) {
        heading(text);
      } else if (Row.isMarkdown(text)) {
        row(text);
      } else if (item) {
        item(text);
      } else {
        sentence(text);
      }
      previous = found.getLast().reading();
    }
    endList();
    return found;
  }

  /** A heading ends those of its level and below, and stays under those above. */
  private void heading(String text) {
    int level = text.length() - text.replaceFirst("^#+", "").length();
    headings.keySet().removeIf(other -> other >= level);
    add(text, Set.of());
    headings.put(level, found.getLast().reading().lemmas());
  }

  private void item(String text) {
    String plain = PlainText.of(text);
    items.add(plain.replaceFirst("[.;]$", ""));
    if (leadIn.isEmpty()) {
      add(text, Set.of());
      return;
    }
    add(leadIn + " " + plain, Set.of());
    Reading lead = Reading.of(leadIn);
    boolean limits = lead.clauses().stream().anyMatch(c -> c.negated() || c.conditional());
    if (!limits && plain.matches("\\p{Lu}.*[.!]") && plain.contains(" ")) {
      add(plain, lead.lemmas());
    }
  }

  private void sentence(String text) {
    boolean refers = REFERS.matcher(text).matches();
    Optional<Row> row = Row.named(PlainText.of(text));
    if (row.isPresent()) {
      found.add(Evidence.row(row.get(), context(Set.of())));
    } else {
      add(text, refers && previous != null ? previous.lemmas() : Set.of());
    }
    leadIn = text.endsWith(":") ? PlainText.of(text).replaceFirst(":$", "") : "";
  }

  /** The list as one sentence, for a claim that names several of its items. */
  private void endList() {
    if (items.size() > 1 && items.size() <= MOST_ITEMS && !leadIn.isEmpty()) {
      String last = (leadIn.matches("(?i).*\\b(?:one of|either)\\b.*") ? " or " : " and ");
      String others = String.join(", ", items.subList(0, items.size() - 1));
      add(leadIn + " " + others + last + items.getLast(), Set.of());
    }
    items.clear();
  }

  private void row(String text) {
    List<String> cells = Row.split(text).stream().map(PlainText::of).toList();
    found.add(Evidence.row(Row.of(header, cells), context(Set.of())));
    if (header.isEmpty()) {
      header = cells;
    }
  }

  private void add(String text, Set<String> about) {
    found.add(Evidence.sentence(text, context(about)));
  }

  private Set<String> context(Set<String> about) {
    var all = new HashSet<>(about);
    headings.values().forEach(all::addAll);
    return all;
  }
}
