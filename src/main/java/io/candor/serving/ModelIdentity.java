package io.candor.serving;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Which model answered, for answer records.
 *
 * @param base the file's name without its ending, or the name a remote model goes by
 * @param sha256 of the model file in lower-case hex, or {@value #UNKNOWN} for a remote model
 * @param adapter its name, or {@value #NO_ADAPTER}
 */
public record ModelIdentity(String base, String sha256, String adapter) {
  public static final String NO_ADAPTER = "none";
  public static final String UNKNOWN = "unknown";

  public ModelIdentity {
    if (base.isBlank() || adapter.isBlank()) {
      throw new IllegalArgumentException("a model and its adapter have names");
    }
    if (!sha256.equals(UNKNOWN) && !sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("not a SHA-256 in lower-case hex: " + sha256);
    }
  }

  /** The same model, speaking with these adapters. */
  ModelIdentity with(AdapterSet adapters) {
    return adapters.equals(AdapterSet.NONE)
        ? this
        : new ModelIdentity(base, sha256, adapters.toString());
  }

  static ModelIdentity remote(String name) {
    return new ModelIdentity(name, UNKNOWN, NO_ADAPTER);
  }

  /**
   * Reads the whole file the first time, and later a note beside it, as long as its size and time
   * are the same.
   */
  public static ModelIdentity of(Path model) {
    try {
      return new ModelIdentity(baseName(model), sha256(model), NO_ADAPTER);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the model file " + model, e);
    }
  }

  static String baseName(Path model) {
    return model.getFileName().toString().replaceFirst("\\.gguf$", "");
  }

  private static String sha256(Path model) throws IOException {
    var note = model.resolveSibling(model.getFileName() + ".sha256");
    var key = "%d %d ".formatted(Files.size(model), Files.getLastModifiedTime(model).toMillis());
    if (Files.isReadable(note)) {
      var line = Files.readString(note).strip();
      if (line.startsWith(key)) {
        return line.substring(key.length());
      }
    }
    var hash = hash(model);
    try {
      Files.writeString(note, key + hash + "\n");
    } catch (IOException e) {
      // a read-only folder: the file is hashed again next time
    }
    return hash;
  }

  /** A file's SHA-256 in lower-case hex. */
  public static String hash(Path file) throws IOException {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      try (var in = new DigestInputStream(Files.newInputStream(file), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
