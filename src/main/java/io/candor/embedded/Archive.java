package io.candor.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.nio.file.attribute.PosixFilePermission;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/** Checks and unpacks what the registries send: wheels (zip) and npm packages (tar.gz). */
final class Archive {
  private Archive() {}

  static String sha256(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = Files.newInputStream(file);
          OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
        in.transferTo(out);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static void unpack(Path archive, Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    if (archive.toString().endsWith(".whl")) {
      unzip(archive, folder);
    } else {
      untar(archive, folder);
    }
  }

  /** Through the zip file system, the only way in the JDK to read the executable bits. */
  private static void unzip(Path archive, Path folder) throws IOException {
    try (var zip = FileSystems.newFileSystem(archive, Map.of("enablePosixFileAttributes", true));
        var entries = Files.walk(zip.getPath("/"))) {
      for (Path entry : (Iterable<Path>) entries::iterator) {
        Path target = folder.resolve(entry.toString().substring(1)).normalize();
        if (!target.startsWith(folder)) {
          throw new IOException("entry outside its archive: " + entry);
        }
        if (Files.isDirectory(entry)) {
          Files.createDirectories(target);
        } else {
          Files.copy(entry, target);
          Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(entry);
          if (permissions.contains(PosixFilePermission.OWNER_EXECUTE)) {
            Files.setPosixFilePermissions(target, permissions);
          }
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (ProviderNotFoundException e) {
      throw new IOException("not a whole zip file: " + archive, e);
    }
  }

  private static void untar(Path archive, Path folder) throws IOException, InterruptedException {
    Process tar =
        new ProcessBuilder(
                "tar", "-xzf", archive.toString(), "-C", folder.toString(), "--no-same-owner")
            .redirectErrorStream(true)
            .start();
    String output = new String(tar.getInputStream().readAllBytes());
    if (tar.waitFor() != 0) {
      throw new IOException("tar: " + output.lines().findFirst().orElse("failed"));
    }
  }
}
