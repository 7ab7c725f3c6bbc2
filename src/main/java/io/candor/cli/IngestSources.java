package io.candor.cli;

import io.candor.knowledge.loading.FileType;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files that a load is made of, in the order of their paths.
 *
 * @param others how many are of a kind that is not read
 * @param refused those that are not followed, with the reason
 */
record IngestSources(List<Source> files, int others, Map<String, String> refused) {
  /** A file, and the key of its document: the path below the folder that was named. */
  record Source(Path file, String key) {}

  static IngestSources find(List<Path> paths) throws IOException {
    var walk = new Walk();
    for (var path : paths) {
      if (Files.isDirectory(path)) {
        walk.folder = path;
        Files.walkFileTree(path, walk);
      } else if (Files.isRegularFile(path)) {
        walk.found.add(new Source(path.toRealPath(), path.getFileName().toString()));
      } else {
        throw new CommandFailure("%s does not exist: name a file or a folder.".formatted(path));
      }
    }
    walk.found.sort(Comparator.comparing(Source::key));
    return new IngestSources(walk.found, walk.others, walk.refused);
  }

  private static final class Walk extends SimpleFileVisitor<Path> {
    private final List<Source> found = new ArrayList<>();
    private final Map<String, String> refused = new LinkedHashMap<>();
    private Path folder;
    private int others;

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      var isHidden =
          !directory.equals(folder) && directory.getFileName().toString().startsWith(".");
      return isHidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (FileType.of(file.getFileName().toString()).isEmpty()) {
        others++;
      } else if (attributes.isSymbolicLink() && !isInside(file)) {
        refused.put(file.toString(), "it is a link to outside the folder");
      } else if (Files.isRegularFile(file)) {
        found.add(new Source(file.toRealPath(), key(file)));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      refused.put(file.toString(), "it cannot be read");
      return FileVisitResult.CONTINUE;
    }

    private boolean isInside(Path link) throws IOException {
      return Files.exists(link) && link.toRealPath().startsWith(folder.toRealPath());
    }

    private String key(Path file) {
      return folder.relativize(file).toString().replace('\\', '/');
    }
  }
}
