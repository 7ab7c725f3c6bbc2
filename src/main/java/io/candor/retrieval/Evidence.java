package io.candor.retrieval;

import java.util.Optional;

/**
 * A sentence, or a few that belong together, that {@link EvidenceSelector} took from a hit for an
 * answer to stand on.
 *
 * @param start its first character in the stored text of the version, in UTF-16 units
 * @param end after its last character
 * @param quote the stored text of the version in [start, end)
 * @param score what evidence is ordered by
 * @param leadIn what an item of a list or a row of a table cannot be understood without: the
 *     sentence above the list, the table's header
 */
public record Evidence(
    Hit hit, int start, int end, String quote, double score, Optional<Evidence> leadIn) {
  public Evidence {
    if (start < hit.start() || end > hit.end() || quote.length() != end - start) {
      throw new IllegalArgumentException(
          "[%d, %d) with %d characters is no range of the chunk at [%d, %d)"
              .formatted(start, end, quote.length(), hit.start(), hit.end()));
    }
  }

  /** The quote as a statement that can be read alone, without Markdown's or HTML's marks. */
  public String words() {
    return OwnWords.of(this);
  }

  /** The same to show to people: a table's row says what it is about once. */
  public String sentence() {
    return OwnWords.shown(this);
  }

  /** The same with what it stands under: a sentence seldom repeats what its page is about. */
  String inContext() {
    var heading = hit.innermostHeading();
    return hit.title() + (heading.isEmpty() ? "" : " > " + heading) + ": " + words();
  }

  /** Whether it has a link: "See the page on refunds" says where an answer is. */
  boolean refersElsewhere() {
    return References.LINK.matcher(quote).find();
  }

  /** Whether it is a row of a Markdown table. */
  boolean isRow() {
    return quote.startsWith("|");
  }

  Evidence plus(double more) {
    return new Evidence(hit, start, end, quote, score + more, leadIn);
  }

  boolean overlaps(Evidence other) {
    return hit.versionId().equals(other.hit.versionId()) && start < other.end && other.start < end;
  }
}
