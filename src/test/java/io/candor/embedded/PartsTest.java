package io.candor.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.candor.CandorParts;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Set-up through the machine's own pip, from a folder of wheels made here. */
class PartsTest {
  private static final PrintStream QUIET = new PrintStream(PrintStream.nullOutputStream());

  private Path temporary;
  private CandorHome home;
  private TestWheel wheel;

  @BeforeEach
  void makeWheel() throws IOException {
    temporary = CandorParts.openTemporaryFolder();
    home = new CandorHome(temporary.resolve("home"));
    byte[] payload = new byte[300_000];
    new Random(7).nextBytes(payload);
    wheel = TestWheel.write(Files.createDirectories(temporary.resolve("wheels")), payload);
  }

  @AfterEach
  void deleteEverything() {
    CandorParts.delete(temporary);
  }

  @Test
  void aPartIsUnpackedWithItsExecutableBitsAndNeverFetchedAgain() throws Exception {
    fetch(wheel.part());
    Path program = home.parts().resolve("probe-1.0/probe/run");
    assertTrue(Files.isExecutable(program));
    assertEquals(List.of(), new Parts(home, List.of(wheel.part()), pip()).damage());

    Files.delete(wheel.file());
    fetch(wheel.part());

    Files.writeString(program, "changed");
    assertEquals(
        List.of(program + " was changed"), new Parts(home, List.of(wheel.part()), pip()).damage());
  }

  @Test
  void aWrongChecksumIsRefused() {
    Part other = new Part("probe-1.0", "any", wheel.name(), wheel.bytes(), "0".repeat(64));
    assertRefused("wrong checksum", other);
  }

  @Test
  void aTruncatedArchiveIsRefused() throws Exception {
    byte[] whole = Files.readAllBytes(wheel.file());
    Files.write(wheel.file(), java.util.Arrays.copyOf(whole, whole.length / 2));
    assertRefused("Could not fetch probe-1.0", TestWheel.part(wheel.file()));
    assertThrows(
        IOException.class, () -> Archive.unpack(wheel.file(), temporary.resolve("truncated")));
  }

  @Test
  void aRegistryThatDoesNotAnswerIsNamed() throws Exception {
    Files.delete(wheel.file());
    assertRefused("check the network", wheel.part());
  }

  @Test
  void tooLittleRoomIsSaidBeforeAnythingIsFetched() {
    Part huge = new Part("probe-1.0", "any", wheel.name(), 1L << 50, wheel.part().sha256());
    assertRefused("MB are needed", huge);
  }

  @Test
  void aDiskThatFillsUpLeavesNothingBehind() throws Exception {
    Path small = Files.createDirectories(home.root().resolve("parts"));
    assumeTrue(mount("mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", small.toString()) == 0);
    try {
      // says it is smaller than it is, to get past the check beforehand
      Part part = new Part("probe-1.0", "any", wheel.name(), 1_000, wheel.part().sha256());
      assertRefused("disk is full", part);
    } finally {
      assertEquals(0, mount("umount", small.toString()));
    }
  }

  @Test
  void whatAKilledSetUpLeftIsRemoved() throws Exception {
    long gone = new ProcessBuilder("true").start().onExit().join().pid();
    Path abandoned = home.parts().resolve(".fetching-" + gone + "-probe");
    Files.createDirectories(abandoned.resolve("tmp"));
    fetch(wheel.part());
    assertFalse(Files.exists(abandoned));
  }

  @Test
  void aMissingToolIsNamedInOneLine() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Fetch.class.getName());
    builder.environment().put("PATH", temporary.toString());
    builder.environment().put("CANDOR_HOME", home.root().toString());
    Process fetch = builder.start();
    List<String> errors = fetch.errorReader().lines().toList();
    assertEquals(1, fetch.waitFor());
    assertEquals(1, errors.size(), errors::toString);
    assertTrue(errors.getFirst().contains("is missing: install"), errors::toString);
  }

  @Test
  void everyPinnedPartOfThisMachineIsListedOnce() {
    List<String> names =
        Part.pinned().stream().filter(p -> p.isFor("linux-x64")).map(Part::name).toList();
    assertEquals(3, names.size());
    assertEquals(3, names.stream().distinct().count());
  }

  private void fetch(Part part) {
    new Parts(home, List.of(part), pip()).fetch(QUIET);
  }

  private static Map<String, String> pip(Path wheels) {
    return Map.of(
        "PIP_NO_INDEX", "1", "PIP_FIND_LINKS", wheels.toString(), "PIP_CONFIG_FILE", "/dev/null");
  }

  private Map<String, String> pip() {
    return pip(temporary.resolve("wheels"));
  }

  /** One line, nothing half-written. */
  private void assertRefused(String reason, Part part) {
    var refused = assertThrows(SetupFailure.class, () -> fetch(part));
    assertTrue(refused.getMessage().contains(reason), refused::getMessage);
    assertEquals(1, refused.getMessage().lines().count());
    assertEquals(List.of(), List.of(home.parts().toFile().list()));
  }

  private static int mount(String... command) throws Exception {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    } catch (IOException e) {
      return -1;
    }
  }
}
