package io.candor.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.candor.embedded.CandorHome;
import io.candor.embedded.EmbeddedParts;
import io.candor.serving.ModelIdentity;
import io.candor.tuning.peft.PeftImport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.config.ConfigProvider;

/** Adapters that an operator names, in the form that is stored. */
final class AdapterSource {
  private static final String RUN = "run.json";
  private static final String HASH = "adapter_sha256";

  private AdapterSource() {}

  /**
   * The file itself, or the GGUF form of a PEFT folder, which is deleted when the command ends.
   *
   * @param base the model that a PEFT folder is for; null for the installed one
   */
  static Path gguf(String name, Path given, Path base) throws IOException {
    if (!PeftImport.isPeft(given)) {
      return given;
    }
    var folder = Files.createTempDirectory("candor-peft");
    folder.toFile().deleteOnExit();
    var gguf = folder.resolve("adapter.gguf");
    gguf.toFile().deleteOnExit();
    try {
      PeftImport.write(given, base(base), name, gguf);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(e.getMessage(), e);
    }
    if (Files.exists(given.resolve(RUN))) {
      writeRun(given, gguf);
    }
    return gguf;
  }

  /** The run made the PEFT form; beside the GGUF form, it names that one's hash. */
  private static void writeRun(Path peft, Path gguf) throws IOException {
    var run = (ObjectNode) DocumentFile.JSON.readTree(peft.resolve(RUN).toFile());
    var values = peft.resolve(PeftImport.VALUES);
    if (run.path(HASH).asText().equals(ModelIdentity.hash(values))) {
      run.put("peft_sha256", run.path(HASH).asText()).put(HASH, ModelIdentity.hash(gguf));
    }
    var copy = gguf.resolveSibling(RUN);
    copy.toFile().deleteOnExit();
    DocumentFile.JSON.writeValue(copy.toFile(), run);
  }

  /** The model that was named, else the configured one, else the one that set-up installed. */
  static Path base(Path named) {
    if (named != null) {
      return named;
    }
    return ConfigProvider.getConfig()
        .getOptionalValue("candor.serving.model", Path.class)
        .orElseGet(() -> EmbeddedParts.model(CandorHome.locate()));
  }
}
