package io.candor.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.candor.serving.ModelIdentity;
import io.candor.serving.lora.LoraAdapter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdapterSourceTest {
  private static final Path CHECK = Path.of("src/test/resources/peft/llama");
  private static final Path BASE = CHECK.resolve("base.gguf");

  @TempDir private Path folder;

  private void copy(String file) throws Exception {
    Files.copy(CHECK.resolve("peft").resolve(file), folder.resolve(file));
  }

  @Test
  void aGgufFileIsTakenAsItIs() throws Exception {
    assertSame(BASE, AdapterSource.gguf("brand", BASE, null));
  }

  @Test
  void aPeftFolderBecomesGgufAndItsRunNamesThat() throws Exception {
    copy("adapter_config.json");
    copy("adapter_model.safetensors");
    var peft = ModelIdentity.hash(folder.resolve("adapter_model.safetensors"));
    var run = "{\"name\": \"brand\", \"adapter_sha256\": \"%s\"}".formatted(peft);
    Files.writeString(folder.resolve("run.json"), run);

    var gguf = AdapterSource.gguf("brand", folder, BASE);
    assertEquals(14, LoraAdapter.read(gguf).pairs().size());
    var read = DocumentFile.JSON.readTree(gguf.resolveSibling("run.json").toFile());
    assertEquals(ModelIdentity.hash(gguf), read.path("adapter_sha256").asText());
    assertEquals(peft, read.path("peft_sha256").asText());
  }

  @Test
  void aRunOfAnotherAdapterIsNotPassedOffAsThisOnes() throws Exception {
    copy("adapter_config.json");
    copy("adapter_model.safetensors");
    Files.writeString(folder.resolve("run.json"), "{\"adapter_sha256\": \"0123\"}");

    var gguf = AdapterSource.gguf("brand", folder, BASE);
    var read = DocumentFile.JSON.readTree(gguf.resolveSibling("run.json").toFile());
    assertEquals("0123", read.path("adapter_sha256").asText());
    assertFalse(read.has("peft_sha256"));
  }

  @Test
  void whatIsMissingIsSaid() throws Exception {
    copy("adapter_config.json");
    var failure =
        assertThrows(CommandFailure.class, () -> AdapterSource.gguf("brand", folder, BASE));
    assertEquals(
        "%s has no adapter_model.safetensors: save the adapter with safe_serialization"
            .formatted(folder),
        failure.getMessage());
  }
}
