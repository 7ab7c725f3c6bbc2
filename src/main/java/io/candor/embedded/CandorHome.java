package io.candor.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channel;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * The folder that holds everything Candor fetches or keeps on this machine; never the repository.
 */
public record CandorHome(Path root) {
  public CandorHome {
    root = root.toAbsolutePath().normalize();
  }

  /** {@code $CANDOR_HOME}, else {@code candor} in the user's cache folder. */
  public static CandorHome locate() {
    return locate(System.getenv());
  }

  static CandorHome locate(Map<String, String> environment) {
    String home = environment.getOrDefault("CANDOR_HOME", "");
    if (!home.isBlank()) {
      return new CandorHome(Path.of(home));
    }
    String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path folder =
        cache.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
    return new CandorHome(folder.resolve("candor"));
  }

  /** Fetched and checked parts, one folder each. */
  public Path parts() {
    return root.resolve("parts");
  }

  /** Models made from fetched ones. */
  public Path models() {
    return root.resolve("models");
  }

  /** Databases and logs that outlive a start. */
  public Path data() {
    return root.resolve("data");
  }

  /** Logs, locks and what a running demo tells its clients. */
  public Path run() {
    return root.resolve("run");
  }

  /** A home below this one with the same parts and models, and data of its own. */
  public CandorHome nested(String name) throws IOException {
    CandorHome nested = new CandorHome(root.resolve(name));
    Files.createDirectories(nested.root);
    link(nested.parts(), parts());
    link(nested.models(), models());
    return nested;
  }

  private static void link(Path link, Path target) throws IOException {
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, target);
  }

  /** Deletes the data for good; a SetupFailure where a Candor runs on them. */
  public void deleteData() throws IOException {
    try (Channel _ = lock().acquiredBy()) {
      Path database = data().resolve("postgresql");
      if (Files.isSymbolicLink(database) && Files.exists(database)) {
        Disk.delete(database.toRealPath());
      }
      Disk.delete(data());
    }
  }

  /**
   * Takes this home's data for this process until it ends; the operating system frees the lock even
   * after {@code kill -9}.
   */
  FileLock lock() {
    try {
      FileChannel channel = open("lock");
      FileLock lock = channel.tryLock();
      if (lock == null) {
        channel.close();
        throw new SetupFailure(
            "Another Candor is running on %s: stop it, or set CANDOR_HOME to another folder."
                .formatted(root));
      }
      return lock;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot lock " + run(), e);
    }
  }

  /** A file under {@link #run} to lock. */
  FileChannel open(String name) throws IOException {
    Path file = Files.createDirectories(run()).resolve(name);
    return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }
}
