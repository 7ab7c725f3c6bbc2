package io.candor.evaluation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A C program on the same llama.cpp libraries, {@code bench/peer.c}, which the engine is compared
 * with. It is compiled where it is needed and runs until it is closed.
 */
final class LlamaPeer implements AutoCloseable {
  private final Path folder;
  private final Process process;
  private final BufferedReader out;
  private final Writer in;

  /** Tokens that were computed, and how fast. */
  record Pace(int tokens, double perSecond) {}

  /**
   * Compiles and starts it.
   *
   * @throws IllegalStateException if there is no C compiler
   */
  LlamaPeer(Path libraries, Path model, int threads, int context) throws IOException {
    folder = Files.createTempDirectory("candor-peer");
    var program = compile();
    var command =
        List.of(
            program.toString(),
            libraries.toString(),
            model.toString(),
            Integer.toString(threads),
            Integer.toString(context));
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    out = process.inputReader();
    in = process.outputWriter();
  }

  private Path compile() throws IOException {
    var source = folder.resolve("peer.c");
    try (var text = LlamaPeer.class.getResourceAsStream("/bench/peer.c")) {
      Files.copy(text, source);
    }
    var program = folder.resolve("peer");
    var command = List.of("cc", "-O2", source.toString(), "-ldl", "-o", program.toString());
    try {
      if (new ProcessBuilder(command).inheritIO().start().waitFor() == 0) {
        return program;
      }
    } catch (IOException e) {
      throw new IllegalStateException("this needs a C compiler, cc (Debian: apt install gcc)", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new IllegalStateException("the C program could not be compiled");
  }

  /** Forgets everything and computes a text. */
  Pace prefill(String text) throws IOException {
    var file = Files.writeString(folder.resolve("text"), text);
    return ask("prefill " + file);
  }

  /** Goes on greedily. */
  Pace decode(int tokens) throws IOException {
    return ask("decode " + tokens);
  }

  private Pace ask(String command) throws IOException {
    in.write(command + "\n");
    in.flush();
    var line = out.readLine();
    if (line == null) {
      throw new IllegalStateException("the C program ended at '%s'".formatted(command));
    }
    var fields = line.split(" ");
    int tokens = Integer.parseInt(fields[0]);
    return new Pace(tokens, tokens / (Long.parseLong(fields[1]) / 1e9));
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    process.onExit().join();
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
