package io.candor.knowledge.loading;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.zip.ZipFile;

/** A ZIP archive of somebody else's: what it may inflate to is bounded, whatever it declares. */
final class Inflated implements AutoCloseable {
  private static final int MOST_ENTRIES = 5_000;
  private static final long MOST_BYTES = 200_000_000;
  private static final long FREE_BYTES = 1_000_000;
  private static final long HIGHEST_RATIO = 200;

  private final ZipFile zip;
  private final long compressed;
  private long read;

  Inflated(Path file) throws IOException {
    zip = new ZipFile(file.toFile());
    compressed = Files.size(file);
    if (zip.size() > MOST_ENTRIES) {
      refuse("it has %,d entries; %,d are allowed".formatted(zip.size(), MOST_ENTRIES));
    }
    long declared = 0;
    for (var entry : Collections.list(zip.entries())) {
      declared += Math.max(0, entry.getSize());
      if (entry.getName().contains("..") || entry.getName().startsWith("/")) {
        refuse("its entry '%.60s' points out of it".formatted(entry.getName()));
      }
    }
    checkSize(declared);
  }

  /** An entry's bytes, if there is such an entry; reading more than allowed is refused. */
  Optional<InputStream> entry(String name) throws IOException {
    var entry = zip.getEntry(name);
    return entry == null ? Optional.empty() : Optional.of(new Counted(zip.getInputStream(entry)));
  }

  private void checkSize(long bytes) throws IOException {
    if (bytes > MOST_BYTES || (bytes > FREE_BYTES && bytes / compressed >= HIGHEST_RATIO)) {
      refuse(
          "it is a zip bomb: %,d bytes inflate to more than %,d".formatted(compressed, bytes - 1));
    }
  }

  private void refuse(String reason) throws IOException {
    zip.close();
    throw new Unreadable(reason);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  private final class Counted extends FilterInputStream {
    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      count(b < 0 ? 0 : 1);
      return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int n = super.read(bytes, offset, length);
      count(n);
      return n;
    }

    private void count(int n) throws IOException {
      read += Math.max(0, n);
      checkSize(read);
    }
  }
}
