package io.candor.grounding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One sentence, list item or table row of a passage, with the words around it that say what it is
 * about: its heading, the table's header, and the sentence before when it begins with a pronoun.
 */
record Evidence(String text, Reading reading, Set<String> context) {
  private static final int MOST_ITEMS = 12;

  static List<Evidence> of(String passage) {
    return new Reader().read(passage);
  }

  /** Both sentences read as one, for a claim that draws on two neighbours. */
  Evidence and(Evidence next) {
    return of(text.replaceFirst("\\.?$", ". ") + PlainText.of(next.text), context, next.context);
  }

  boolean mentions(String lemma) {
    return reading.lemmas().contains(lemma) || context.contains(lemma);
  }

  private static Evidence of(String text, Set<String> context, Set<String> more) {
    var all = new HashSet<>(context);
    all.addAll(more);
    return new Evidence(text, Reading.of(text), all);
  }

  private static final class Reader {
    private final List<Evidence> found = new ArrayList<>();
    private final List<String> items = new ArrayList<>();
    private Set<String> heading = Set.of();
    private Set<String> header = Set.of();
    private String leadIn = "";
    private Reading previous;

    List<Evidence> read(String passage) {
      for (Sentences.Span span : Sentences.split(passage)) {
        String text = span.text();
        boolean item = text.matches("(?s)(?:[-*+•]|\\d{1,3}[.)])\\s.*");
        if (!item) {
          endList();
        }
        header = text.startsWith("|") ? header : Set.of();
        if (text.startsWith("#")) {
          heading = Reading.of(text).lemmas();
          add(text, Set.of());
        } else if (text.startsWith("|")) {
          row(text);
        } else if (item) {
          items.add(PlainText.of(text).replaceFirst("[.;]$", ""));
          add(leadIn.isEmpty() ? text : leadIn + " " + PlainText.of(text), Set.of());
        } else {
          boolean refers =
              text.matches(
                  "(?s)(?:It|They|This|These|That|Those|He|She|Such|Both|You|We|Otherwise)\\b.*");
          add(text, refers && previous != null ? previous.lemmas() : Set.of());
          leadIn = text.endsWith(":") ? PlainText.of(text).replaceFirst(":$", "") : "";
        }
        previous = found.getLast().reading();
      }
      endList();
      return found;
    }

    private void endList() {
      if (items.size() > 1 && items.size() <= MOST_ITEMS && !leadIn.isEmpty()) {
        add(leadIn + " " + String.join(", ", items), Set.of());
      }
      items.clear();
    }

    private void row(String text) {
      List<String> cells =
          Arrays.stream(text.split("\\|"))
              .map(String::strip)
              .filter(cell -> !cell.isEmpty())
              .toList();
      String row = String.join(", ", cells);
      add(row, header);
      if (header.isEmpty()) {
        header = Reading.of(row).lemmas();
      }
    }

    private void add(String text, Set<String> about) {
      found.add(Evidence.of(text, heading, about));
    }
  }
}
