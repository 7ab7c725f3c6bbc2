package io.candor.tuning.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a passage states, one by one: sentences, list items and table rows without their markup. */
final class Statements {
  private static final Pattern LINK = Pattern.compile("\\[([^\\]]*)]\\([^)]*\\)");
  private static final Pattern MARKUP = Pattern.compile("\\*\\*|__|`");
  private static final Pattern ITEM = Pattern.compile("^\\s*(?:[-*+]|\\d+[.)])\\s+");
  private static final Pattern RULE = Pattern.compile("\\|?[\\s|:-]+\\|?");

  private Statements() {}

  static List<String> of(String passage) {
    var statements = new ArrayList<String>();
    List<String> header = List.of();
    for (var line : passage.lines().toList()) {
      var text = plain(line);
      if (!text.startsWith("|")) {
        header = List.of();
        if (!text.startsWith("#")) {
          statements.addAll(Boilerplate.sentences(ITEM.matcher(text).replaceFirst("")));
        }
      } else if (header.isEmpty()) {
        header = cells(text);
      } else if (!RULE.matcher(text).matches()) {
        statements.add(row(header, cells(text)));
      }
    }
    return statements;
  }

  private static String plain(String line) {
    return MARKUP.matcher(LINK.matcher(line).replaceAll("$1")).replaceAll("").strip();
  }

  private static List<String> cells(String row) {
    return List.of(row.replaceAll("^\\||\\|$", "").split("\\s*\\|\\s*"));
  }

  private static String row(List<String> header, List<String> cells) {
    return IntStream.range(0, Math.min(header.size(), cells.size()))
        .mapToObj(i -> header.get(i).strip() + ": " + cells.get(i).strip())
        .collect(Collectors.joining("; "));
  }
}
