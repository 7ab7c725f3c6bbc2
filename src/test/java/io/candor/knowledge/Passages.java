package io.candor.knowledge;

import java.util.List;
import java.util.Locale;

/** A document's passages as the product cuts them, for what is trained outside this package. */
public final class Passages {
  private Passages() {}

  /** What is searched of a passage; its title is the document's. */
  public record Cut(String heading, String text) {}

  /** In their order. */
  public static List<Cut> of(String format, String text) {
    return Chunker.chunk(Format.valueOf(format.toUpperCase(Locale.ROOT)), text).stream()
        .map(passage -> new Cut(passage.heading(), passage.text()))
        .toList();
  }
}
