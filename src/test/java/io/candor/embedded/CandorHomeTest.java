package io.candor.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CandorHomeTest {
  @TempDir private Path folder;

  @Test
  void aNestedHomeSharesPartsAndModelsAndDeletesOnlyItsOwnData() throws IOException {
    var home = new CandorHome(folder);
    var part = Files.createDirectories(home.parts().resolve("postgresql-18")).resolve("program");
    Files.writeString(part, "program");
    Files.createDirectories(home.models());
    var nested = home.nested("bench");
    Files.writeString(Files.createDirectories(nested.data()).resolve("table"), "rows");

    home.nested("bench").deleteData();

    assertEquals("program", Files.readString(nested.parts().resolve("postgresql-18/program")));
    assertFalse(Files.exists(nested.data()));
    assertTrue(Files.exists(part));
  }

  @Test
  void dataInUseAreNotDeleted() throws IOException {
    var home = new CandorHome(folder);
    var data = Files.createDirectories(home.data());
    try (var lock = home.lock()) {
      assertThrows(RuntimeException.class, home::deleteData);
      assertTrue(lock.isValid() && Files.exists(data));
    }
  }
}
