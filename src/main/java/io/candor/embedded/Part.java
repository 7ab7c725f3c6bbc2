package io.candor.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A pinned artifact from a package registry, as {@code parts.txt} lists it.
 *
 * @param name the part's folder name, with its version
 * @param platform the machine it is for, or {@code any}
 * @param artifact a wheel's file name, or an npm package with its version
 * @param bytes the archive's size
 * @param sha256 the archive's checksum
 */
record Part(String name, String platform, String artifact, long bytes, String sha256) {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  Part {
    if (!SHA256.matcher(sha256).matches()) {
      throw new IllegalArgumentException("not a SHA-256 in hex: " + sha256);
    }
    if (bytes <= 0) {
      throw new IllegalArgumentException("size of " + name + " must be positive: " + bytes);
    }
  }

  /** Every pinned part, for all machines. */
  static List<Part> pinned() {
    try (var in = Part.class.getResourceAsStream("/embedded/parts.txt");
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(l -> !l.isBlank() && !l.startsWith("#"))
          .map(Part::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Part parse(String line) {
    String[] field = line.trim().split("\\s+");
    if (field.length != 5) {
      throw new IllegalArgumentException("five columns expected: " + line);
    }
    return new Part(field[0], field[1], field[2], Long.parseLong(field[3]), field[4]);
  }

  /** This machine in npm's words: {@code linux-x64}, {@code linux-arm64}, {@code mac-arm64}. */
  static String thisPlatform() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String system = os.startsWith("mac") ? "mac" : os.startsWith("windows") ? "win" : "linux";
    String arch = System.getProperty("os.arch");
    return system
        + switch (arch) {
          case "amd64", "x86_64" -> "-x64";
          case "aarch64" -> "-arm64";
          default -> "-" + arch;
        };
  }

  boolean isWheel() {
    return artifact.endsWith(".whl");
  }

  boolean isFor(String machine) {
    return platform.equals("any") || platform.equals(machine);
  }
}
