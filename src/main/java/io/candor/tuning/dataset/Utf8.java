package io.candor.tuning.dataset;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Text files as others write them. */
final class Utf8 {
  /** Spreadsheets begin a file with it. */
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private Utf8() {}

  /** Reads UTF-8; whatever is none is a CharacterCodingException. */
  static BufferedReader reader(Path file) throws IOException {
    var reader = Files.newBufferedReader(file);
    reader.mark(1);
    if (reader.read() != BYTE_ORDER_MARK) {
      reader.reset();
    }
    return reader;
  }
}
