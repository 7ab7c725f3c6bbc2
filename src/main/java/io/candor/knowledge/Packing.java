package io.candor.knowledge;

import java.util.ArrayList;
import java.util.List;

/**
 * Packs a section's parts into ranges of about {@link #TARGET} characters.
 *
 * <p>Where a block's own words say so, a chunk ends early: after an edit the boundaries therefore
 * fall into step again a few chunks on, and the rest of a long section keeps its embeddings
 * (content-defined chunking).
 */
final class Packing {
  /** Characters that a chunk should have. */
  static final int TARGET = 400;

  /** Characters that a chunk has at most, unless one sentence is longer. */
  static final int MOST = 800;

  private static final int ENOUGH = 200;
  private static final int LONGEST_TITLE = 200;
  private static final int LANDMARK_IN = 2;

  private Packing() {}

  static List<Range> pack(CharSequence text, Section section) {
    var ranges = new ArrayList<Range>();
    Range open = null;
    for (var part : section.parts()) {
      if (open == null) {
        open = part.range();
      } else if (endsBefore(part, open, text)) {
        ranges.add(open);
        open = part.range();
      } else {
        open = new Range(open.start(), part.range().end());
      }
    }
    if (open != null) {
      ranges.add(open);
      section.title().ifPresent(title -> ranges.set(0, titled(title, ranges.getFirst())));
    }
    return ranges;
  }

  private static Range titled(int title, Range first) {
    return first.start() - title <= LONGEST_TITLE && first.end() - title <= Sentences.LONGEST
        ? new Range(title, first.end())
        : first;
  }

  private static boolean endsBefore(Part part, Range open, CharSequence text) {
    int grown = part.range().end() - open.start();
    if (part.leansBack() || grown <= ENOUGH) {
      return grown > MOST;
    }
    return grown > TARGET
        || (part.opensBlock() && open.length() >= ENOUGH && isLandmark(text, part.range()));
  }

  /** The same for the same words, wherever they stand. */
  private static boolean isLandmark(CharSequence text, Range range) {
    int hash = text.subSequence(range.start(), range.end()).toString().hashCode();
    return Math.floorMod(hash ^ (hash >>> 16), LANDMARK_IN) == 0;
  }
}
