package io.candor.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.candor.CandorParts;
import io.candor.security.Administration;
import io.candor.serving.lora.TestLora;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdapterAdministrationTest {
  @TempDir private Path folder;

  @BeforeAll
  static void migrate() {
    CandorParts.migrated();
  }

  private static String tenant() throws Exception {
    var name = "export-" + UUID.randomUUID();
    try (var owner = CandorParts.connect("quarkus.flyway")) {
      Administration.createTenant(owner, name);
    }
    return name;
  }

  @Test
  void anAdapterIsWrittenAsItWasStored() throws Exception {
    var tenant = tenant();
    var weight = new TestLora.Weight(TestLora.QUERY, 8, 4);
    var file = TestLora.adapter(folder.resolve("a.gguf"), 1, 2, 4, 1, weight);
    var out = folder.resolve("out.gguf");
    try (var owner = CandorParts.connect("quarkus.flyway")) {
      AdapterAdministration.add(owner, tenant, "brand", file, Optional.empty());
      AdapterAdministration.write(owner, tenant, "brand", out);
    }
    assertEquals(-1, Files.mismatch(file, out));
  }

  @Test
  void anotherTenantsAdapterIsNotThere() throws Exception {
    var owning = tenant();
    var other = tenant();
    var weight = new TestLora.Weight(TestLora.QUERY, 8, 4);
    var file = TestLora.adapter(folder.resolve("a.gguf"), 1, 2, 4, 1, weight);
    try (var owner = CandorParts.connect("quarkus.flyway")) {
      AdapterAdministration.add(owner, owning, "brand", file, Optional.empty());
      var refusal =
          assertThrows(
              IllegalArgumentException.class,
              () -> AdapterAdministration.write(owner, other, "brand", folder.resolve("out.gguf")));
      assertEquals("there is no adapter 'brand'", refusal.getMessage());
    }
  }
}
