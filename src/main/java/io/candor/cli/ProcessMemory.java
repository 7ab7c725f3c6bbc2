package io.candor.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The resident memory of a process and of all that it started, by Linux's own accounts.
 *
 * @param bytes their sum
 * @param account PSS, where a page that several processes share counts once; RSS, where it counts
 *     for each of them, if the kernel does not tell PSS
 */
record ProcessMemory(long bytes, String account) {
  static ProcessMemory of(ProcessHandle process) throws IOException {
    List<Long> pids =
        Stream.concat(Stream.of(process), process.descendants()).map(ProcessHandle::pid).toList();
    try {
      return new ProcessMemory(sum(pids, "smaps_rollup", "Pss:"), "PSS");
    } catch (AccessDeniedException e) {
      return new ProcessMemory(sum(pids, "status", "VmRSS:"), "RSS");
    }
  }

  private static long sum(List<Long> pids, String file, String label) throws IOException {
    long sum = 0;
    for (long pid : pids) {
      try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(pid), file))) {
        sum += lines.filter(line -> line.startsWith(label)).mapToLong(ProcessMemory::bytes).sum();
      } catch (NoSuchFileException e) {
        continue; // ended meanwhile
      }
    }
    return sum;
  }

  private static long bytes(String line) {
    return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
  }
}
