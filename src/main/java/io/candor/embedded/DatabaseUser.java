package io.candor.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * Whom PostgreSQL runs as. It refuses to run as root, so there it is {@code nobody}, who must then
 * own the data and reach the programs.
 *
 * @param prefix what goes before a command to run it as this user
 * @param substitute whether this is somebody other than the user of this JVM
 */
record DatabaseUser(List<String> prefix, boolean substitute) {
  private static final String NAME = "nobody";

  /** A folder that others can reach, for when root keeps its own home closed. */
  private static final Path OPEN = Path.of("/var/lib/candor");

  static DatabaseUser find() throws IOException, InterruptedException {
    if (!System.getProperty("user.name").equals("root")) {
      return new DatabaseUser(List.of(), false);
    }
    String uid = output("id", "-u", NAME);
    String gid = output("id", "-g", NAME);
    return new DatabaseUser(
        List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups"), true);
  }

  private static String output(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).start();
    String text = new String(process.getInputStream().readAllBytes()).strip();
    if (process.waitFor() != 0) {
      throw new SetupFailure(
          "PostgreSQL cannot run as root and there is no user %s: run this as an ordinary user."
              .formatted(NAME));
    }
    return text;
  }

  List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(arguments);
    return command;
  }

  void own(Path file) throws IOException {
    if (substitute) {
      var names = file.getFileSystem().getUserPrincipalLookupService();
      Files.setOwner(file, names.lookupPrincipalByName(NAME));
    }
  }

  /** The programs where this user reaches them: in place, else copied once. */
  Path reachablePrograms(Path part) throws IOException, InterruptedException {
    if (canReach(part)) {
      return part;
    }
    Path copy = OPEN.resolve("parts").resolve(part.getFileName());
    if (!Files.isDirectory(copy)) {
      Files.createDirectories(copy.getParent());
      Path staging = copy.resolveSibling(".copying-" + ProcessHandle.current().pid());
      output("cp", "-R", part.toString(), staging.toString());
      Parts.publish(staging, copy);
      Disk.delete(staging);
    }
    return copy;
  }

  /** The folder for the data: in place, else a link from there to where this user reaches it. */
  Path reachableData(Path wanted) throws IOException, InterruptedException {
    if (Files.isSymbolicLink(wanted) && Files.isDirectory(wanted)) {
      return wanted.toRealPath();
    }
    Files.createDirectories(wanted.getParent());
    if (Files.isDirectory(wanted) || canReach(wanted.getParent())) {
      return wanted;
    }
    removeUnlinked();
    var open = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x"));
    Path folder = Files.createTempDirectory(Files.createDirectories(OPEN), "data-", open);
    Files.writeString(folder.resolve("linked-from"), wanted.toString());
    Path data = Files.createDirectory(folder.resolve("postgresql"));
    Files.deleteIfExists(wanted);
    Files.createSymbolicLink(wanted, data);
    return data;
  }

  /** Data whose Candor home was deleted. */
  private static void removeUnlinked() throws IOException {
    if (!Files.isDirectory(OPEN)) {
      return;
    }
    List<Path> folders;
    try (var files = Files.newDirectoryStream(OPEN, "data-*")) {
      folders = new ArrayList<>();
      files.forEach(folders::add);
    }
    for (Path folder : folders) {
      Path note = folder.resolve("linked-from");
      if (Files.exists(note)) {
        Path link = Path.of(Files.readString(note));
        Path data = folder.resolve("postgresql");
        if (!Files.isSymbolicLink(link) || !Files.readSymbolicLink(link).equals(data)) {
          Disk.delete(folder);
        }
      }
    }
  }

  private boolean canReach(Path folder) throws IOException, InterruptedException {
    if (!substitute) {
      return true;
    }
    List<String> test = command(List.of("test", "-x", folder.toString()));
    return new ProcessBuilder(test).start().waitFor() == 0;
  }
}
