package io.candor.cli;

import io.candor.serving.AdapterAdministration;
import io.candor.tuning.peft.PeftExport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "export",
    description = {
      "Writes an adapter to a folder; needs the database as its owner.",
      "As peft for Hugging Face PEFT and vLLM, as gguf for llama.cpp."
    },
    mixinStandardHelpOptions = true)
final class AdaptersExportCommand implements Callable<Integer> {
  /** What an adapter can be written as. */
  enum Format {
    peft,
    gguf
  }

  @Parameters(index = "0", paramLabel = "NAME")
  private String name;

  @Parameters(index = "1", paramLabel = "DIR", description = "is made if it is not there")
  private Path folder;

  @Option(
      names = "--format",
      defaultValue = "peft",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  private Format format;

  @Option(names = "--tenant", paramLabel = "NAME", description = "whose (default: the demo's)")
  private String tenant;

  @Option(
      names = "--base",
      paramLabel = "FILE",
      description = "the model that it is for (default: the installed one)")
  private Path base;

  @Override
  public Integer call() throws Exception {
    var owner =
        tenant == null
            ? ClientSettings.require(ClientSettings.find().tenant(), "CANDOR_TENANT")
            : tenant;
    var stored = Files.createTempDirectory("candor-adapter").resolve("adapter.gguf");
    try (var connection = OwnerConnection.open()) {
      AdapterAdministration.write(connection, owner, name, stored);
      Files.createDirectories(folder);
      switch (format) {
        case peft -> PeftExport.write(stored, AdapterSource.base(base), folder);
        case gguf -> Files.copy(stored, folder.resolve(name + ".gguf"));
      }
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(e.getMessage(), e);
    } finally {
      Files.deleteIfExists(stored);
      Files.delete(stored.getParent());
    }
    System.out.printf("%s as %s: %s%n", name, format, folder);
    return 0;
  }
}
