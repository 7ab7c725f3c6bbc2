package io.candor.embedded;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** A small wheel with an executable in it, as pip accepts it. */
record TestWheel(Path file, Part part) {
  static TestWheel write(Path folder, byte[] payload) throws IOException {
    Path file = folder.resolve("probe-1.0-py3-none-any.whl");
    try (FileSystem zip =
        FileSystems.newFileSystem(
            file, Map.of("create", "true", "enablePosixFileAttributes", "true"))) {
      Path info = Files.createDirectories(zip.getPath("/probe-1.0.dist-info"));
      Files.writeString(
          info.resolve("METADATA"), "Metadata-Version: 2.1\nName: probe\nVersion: 1.0\n");
      Files.writeString(
          info.resolve("WHEEL"),
          "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
      Files.writeString(info.resolve("RECORD"), "");
      Path run = Files.createDirectories(zip.getPath("/probe")).resolve("run");
      Files.write(run, payload);
      Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return new TestWheel(file, part(file));
  }

  static Part part(Path file) throws IOException {
    return new Part(
        "probe-1.0", "any", file.getFileName().toString(), Files.size(file), Archive.sha256(file));
  }

  String name() {
    return part.artifact();
  }

  long bytes() {
    return part.bytes();
  }
}
