package io.candor.retrieval;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A chunk of a version in force that {@link Retriever} found; evidence and search results are made
 * of it.
 *
 * @param document its key
 * @param version its number
 * @param versionId its row
 * @param chunk the chunk's ordinal in the version
 * @param heading the headings above it, outermost first; may be empty
 * @param text the passage as a reader sees it, which is what was searched
 * @param source the stored text of the version in [start, end), in UTF-16 units; other than the
 *     passage only in HTML
 * @param kind policy, product or faq
 * @param validUntil empty where no end is known
 * @param score what hits are ordered by: cosine similarity plus BM25, weighted for the question
 * @param vectorScore cosine similarity to the question, -1 to 1
 * @param textScore BM25, from 0
 * @param coverage the share of the question's words that the passage has, by their rarity, 0 to 1
 */
public record Hit(
    String document,
    String title,
    int version,
    UUID versionId,
    int chunk,
    String heading,
    String text,
    String source,
    int start,
    int end,
    String kind,
    Optional<String> url,
    Instant validFrom,
    Optional<Instant> validUntil,
    double score,
    double vectorScore,
    double textScore,
    double coverage) {
  private static final String ABOVE = " > ";

  public Hit {
    if (source.length() != end - start) {
      throw new IllegalArgumentException(
          "chunk %d of %s version %d holds %d characters, not those of [%d, %d)"
              .formatted(chunk, document, version, source.length(), start, end));
    }
  }

  /** The last part of the headings; in a table that goes on, its columns' names. */
  String innermost() {
    return heading.substring(
        heading.lastIndexOf(ABOVE) < 0 ? 0 : heading.lastIndexOf(ABOVE) + ABOVE.length());
  }

  /** The heading that it stands under; empty where there is none, or where it is a table's. */
  String innermostHeading() {
    return innermost().contains("|") ? "" : innermost();
  }

  Hit withScore(double score) {
    return new Hit(
        document,
        title,
        version,
        versionId,
        chunk,
        heading,
        text,
        source,
        start,
        end,
        kind,
        url,
        validFrom,
        validUntil,
        score,
        vectorScore,
        textScore,
        coverage);
  }
}
