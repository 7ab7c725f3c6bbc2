package io.candor.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A part's own list of its files and their checksums, so that damage is found later. */
final class Manifest {
  private static final String FILE = "SHA256SUMS";
  private static final String SEPARATOR = "  ";

  private Manifest() {}

  static void write(Path folder) throws IOException {
    List<Path> files;
    try (var walk = Files.walk(folder)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    List<String> lines = new ArrayList<>();
    for (Path file : files) {
      lines.add(Archive.sha256(file) + SEPARATOR + folder.relativize(file));
    }
    Files.write(folder.resolve(FILE), lines);
  }

  static List<String> damage(Path folder) {
    List<String> damage = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(folder.resolve(FILE))) {
        int end = line.indexOf(SEPARATOR);
        Path file = folder.resolve(line.substring(end + SEPARATOR.length()));
        if (!Files.isRegularFile(file)) {
          damage.add(file + " is missing");
        } else if (!Archive.sha256(file).equals(line.substring(0, end))) {
          damage.add(file + " was changed");
        }
      }
    } catch (IOException e) {
      damage.add(folder + " is incomplete");
    }
    return damage;
  }
}
