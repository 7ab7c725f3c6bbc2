package io.candor.knowledge.loading;

import io.candor.knowledge.Draft;
import java.util.List;

/** What became of a file that {@link LoaderProcess} read. */
public sealed interface LoadedFile {
  /** The documents that the file holds: one, or of a list of questions one for each. */
  record Loaded(List<Entry> documents) implements LoadedFile {}

  /** The file is not taken; the reason is one line for whoever chose it. */
  record Refused(String reason) implements LoadedFile {}

  /** A document of a file, under the key that it keeps from one load to the next. */
  record Entry(String key, Draft draft) {}
}
