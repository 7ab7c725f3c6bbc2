package io.candor.grounding;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The passages of one call, each read once, however many claims cite it. */
final class Sources {
  private static final Pattern RULE = Pattern.compile("(?m)^\\s*\\|[\\s|:-]+\\|?\\s*$");

  private final List<Passage> passages;
  private final Map<Passage, List<Evidence>> read = new HashMap<>();

  private final Map<Passage, Quotation> quotable = new HashMap<>();

  Sources(List<Passage> passages) {
    this.passages = List.copyOf(passages);
  }

  /** The passages that a claim cites; all, if it cites none. */
  List<Passage> cited(Claim claim) {
    for (int n : claim.citations()) {
      if (passages.stream().noneMatch(passage -> passage.n() == n)) {
        throw new IllegalArgumentException("citation " + n + " names no passage");
      }
    }
    return passages.stream()
        .filter(passage -> claim.citations().isEmpty() || claim.citations().contains(passage.n()))
        .toList();
  }

  /** Whether one of them says exactly this in whole sentences. */
  boolean quotes(List<Passage> cited, Reading claim) {
    return cited.stream()
        .map(passage -> quotable.computeIfAbsent(passage, p -> Quotation.of(p.text())))
        .anyMatch(quotation -> quotation.quotes(claim));
  }

  /** Their evidence; rows in passages of their own are read beneath the header before them. */
  List<Evidence> evidence(List<Passage> cited) {
    var evidence = new ArrayList<Evidence>();
    String header = "";
    for (Passage passage : cited) {
      String text = passage.text().strip();
      boolean beneath = !header.isEmpty() && isRows(text) && columns(text) == columns(header);
      evidence.addAll(
          beneath
              ? Evidence.of(header + "\n" + text)
              : read.computeIfAbsent(passage, p -> Evidence.of(p.text())));
      if (!beneath) {
        header = isHeader(text) ? text : "";
      }
    }
    return evidence;
  }

  private static boolean isHeader(String text) {
    return Row.isMarkdown(text) && RULE.matcher(text).replaceAll("").strip().lines().count() == 1;
  }

  private static boolean isRows(String text) {
    return text.lines().allMatch(Row::isMarkdown) && !RULE.matcher(text).find();
  }

  private static int columns(String text) {
    return Row.split(text.lines().findFirst().orElse("")).size();
  }
}
