package io.candor.tuning.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Where examples come from; named by an operator, read once. */
public sealed interface Source permits ChatLines, RepliesTable, HelpdeskExport, WrittenPairs {
  /**
   * All exchanges in their order.
   *
   * @throws InvalidSource where it is not what its name says
   */
  List<Exchange> read(Brand brand) throws IOException;

  /** By the name's ending: jsonl, csv, json (a helpdesk's export), yaml or a folder of it. */
  static Source of(Path path, long seed) {
    var name = path.getFileName().toString().toLowerCase(Locale.ROOT);
    if (!Files.isReadable(path)) {
      throw new InvalidSource(path, "cannot be read");
    }
    if (Files.isDirectory(path)) {
      return WrittenPairs.in(path, seed);
    }
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "jsonl", "ndjson" -> new ChatLines(path);
      case "csv", "tsv" -> new RepliesTable(path);
      case "json" -> new HelpdeskExport(path);
      case "yaml", "yml" -> WrittenPairs.in(path, seed);
      default ->
          throw new InvalidSource(
              path, "its name ends with jsonl, csv, tsv, json, yaml, or it is a folder of yaml");
    };
  }

  /** The pairs that are written for the demo company. */
  static Source demo(long seed) {
    return WrittenPairs.demo(seed);
  }
}
