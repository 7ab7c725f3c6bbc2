package io.candor.knowledge.loading;

import io.candor.knowledge.Draft;
import java.util.List;

/** What became of a file that {@link LoaderProcess} read. */
public sealed interface LoadedFile {
  /**
   * The file was read.
   *
   * @param documents that it holds: one, or of a list of questions one for each
   * @param refused rows of the list that are not taken, each with its place and the reason
   */
  record Loaded(List<Entry> documents, List<String> refused) implements LoadedFile {
    public Loaded {
      documents = List.copyOf(documents);
      refused = List.copyOf(refused);
    }

    /** A file of one document. */
    public Loaded(Entry document) {
      this(List.of(document), List.of());
    }
  }

  /** The file is not taken; the reason is one line for whoever chose it. */
  record Refused(String reason) implements LoadedFile {}

  /** A document of a file, under the key that it keeps from one load to the next. */
  record Entry(String key, Draft draft) {}
}
