package io.candor.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelIdentityTest {
  private static final String SHA256_OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir Path folder;

  @Test
  void aModelIsIdentifiedByNameAndHash() throws IOException {
    var file = Files.writeString(folder.resolve("brand-7b.gguf"), "abc");

    var expected = new ModelIdentity("brand-7b", SHA256_OF_ABC, "none");
    assertEquals(expected, ModelIdentity.of(file));
    assertEquals(expected, ModelIdentity.of(file), "from the note");
  }

  @Test
  void aChangedFileIsHashedAgain() throws IOException {
    var file = Files.writeString(folder.resolve("model.gguf"), "abc");
    var before = ModelIdentity.of(file);

    Files.writeString(file, "abd");
    Files.setLastModifiedTime(file, FileTime.fromMillis(1));

    assertNotEquals(before.sha256(), ModelIdentity.of(file).sha256());
  }

  @Test
  void aHashThatIsNoneIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new ModelIdentity("m", "abc", "none"));
  }
}
