package io.candor.knowledge.loading;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.candor.knowledge.loading.LoadedFile.Loaded;
import io.candor.knowledge.loading.LoadedFile.Refused;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every file here is refused with a reason, by a process that then reads the next one. */
class HostileFileTest {
  private static final LoaderProcess READER = new LoaderProcess(LoadLimits.DEFAULT);

  @TempDir Path folder;

  @AfterAll
  static void close() {
    READER.close();
  }

  @Test
  void aZipBombIsRefusedBeforeItInflates() throws IOException {
    var bomb =
        TestFiles.zip(folder.resolve("b.docx"), Map.of("word/document.xml", new byte[150_000_000]));
    assertTrue(Files.size(bomb) < 200_000);
    assertRefused(bomb, "zip bomb");
  }

  @Test
  void aZipThatLiesAboutItsSizesIsRefusedWhileItInflates() throws IOException {
    var bomb =
        TestFiles.zip(folder.resolve("l.docx"), Map.of("word/document.xml", spaces(60_000_000)));
    var bytes = Files.readAllBytes(bomb);
    for (int at = 0; at < bytes.length - 4; at++) {
      if (bytes[at] == 'P' && bytes[at + 1] == 'K' && bytes[at + 2] == 1 && bytes[at + 3] == 2) {
        bytes[at + 24] = 100;
        bytes[at + 25] = bytes[at + 26] = bytes[at + 27] = 0;
      }
    }
    assertRefused(Files.write(bomb, bytes), "zip bomb");
  }

  @Test
  void tooManyEntriesAndPathsThatClimbAreRefused() throws IOException {
    var many = new LinkedHashMap<String, byte[]>();
    for (int i = 0; i < 5_001; i++) {
      many.put("e" + i, new byte[0]);
    }
    assertRefused(TestFiles.zip(folder.resolve("m.docx"), many), "5,001 entries");
    var climbing = Map.of("../../etc/cron.d/x", new byte[1]);
    assertRefused(TestFiles.zip(folder.resolve("c.docx"), climbing), "points out of it");
  }

  @Test
  void documentTypesAndEntitiesAreRefused() throws IOException {
    var secret = TestFiles.write(folder.resolve("secret.txt"), "secret");
    assertRefused(
        xml("<!DOCTYPE a [<!ENTITY x SYSTEM \"%s\">]><a>&x;</a>".formatted(secret.toUri())),
        "document type");
    var laughs = new StringBuilder("<!DOCTYPE a [<!ENTITY l0 \"ha\">");
    for (int i = 1; i < 30; i++) {
      laughs.append("<!ENTITY l%d \"%s\">".formatted(i, "&l%d;".formatted(i - 1).repeat(10)));
    }
    assertRefused(xml(laughs + "]><a>&l29;</a>"), "document type");
    assertRefused(xml("<a>".repeat(100_000)), "depth");
  }

  @Test
  void aFileThatIsTooLargeIsNotRead() throws IOException {
    var file = folder.resolve("large.pdf");
    try (var large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength(500_000_000);
    }
    assertRefused(file, "500,000,000 bytes");
  }

  @Test
  void whatIsEncryptedIsRefused() throws IOException {
    var pdf = TestFiles.pdf("50 700 11 secret");
    pdf.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission()));
    assertRefused(TestFiles.save(pdf, folder.resolve("e.pdf")), "encrypted");

    var nothing = new AccessPermission();
    nothing.setCanExtractContent(false);
    var unreadable = TestFiles.pdf("50 700 11 secret");
    unreadable.protect(new StandardProtectionPolicy("owner", "", nothing));
    assertRefused(TestFiles.save(unreadable, folder.resolve("f.pdf")), "encrypted");

    var ole =
        new byte[] {
          (byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1, 0x1A, (byte) 0xE1
        };
    assertRefused(Files.write(folder.resolve("e.docx"), ole), "encrypted");
  }

  @Test
  void aPdfWithThousandsOfPagesIsRefused() throws IOException {
    var pages = new String[2_001];
    java.util.Arrays.fill(pages, "50 700 11 x");
    assertRefused(TestFiles.save(TestFiles.pdf(pages), folder.resolve("p.pdf")), "2,001 pages");
  }

  @Test
  void aFileThatNeedsTooMuchMemoryIsStoppedAndTheNextOneIsRead() throws IOException {
    var limits = new LoadLimits(50_000_000, Duration.ofSeconds(60), 48);
    try (var reader = new LoaderProcess(limits)) {
      var page = TestFiles.write(folder.resolve("p.html"), "<p>a".repeat(1_000_000));
      assertReason(reader.load(page, "p.html", "k"), "48 MB of memory");
      var text = TestFiles.write(folder.resolve("next.txt"), "Thirty days.");
      assertInstanceOf(Loaded.class, reader.load(text, "next.txt", "k"));
    }
  }

  @Test
  void aPdfThatInflatesWithoutEndIsStopped() throws IOException {
    var limits = new LoadLimits(50_000_000, Duration.ofSeconds(3), 64);
    try (var reader = new LoaderProcess(limits)) {
      assertReason(
          reader.load(pdfBomb(300_000_000), "bomb.pdf", "k"), "reading it takes more than");
    }
  }

  @Test
  void contentThatIsNotWhatTheNameSaysIsRefused() throws IOException {
    var garbage = new byte[10_000];
    new Random(1).nextBytes(garbage);
    assertRefused(Files.write(folder.resolve("g.txt"), garbage), "it");
    assertRefused(Files.write(folder.resolve("g.pdf"), garbage), "its name says pdf");
    assertRefused(TestFiles.write(folder.resolve("p.txt"), "%PDF-1.7\n"), "its content is a PDF");
    assertRefused(TestFiles.write(folder.resolve("p.pdf"), "%PDF-1.7\nnothing more"), "broken");
    assertRefused(TestFiles.write(folder.resolve("n.md"), "a\0b"), "NUL");
    assertRefused(TestFiles.write(folder.resolve("z.docx"), "PK\u0003\u0004 and no more"), "ZIP");
    assertRefused(Files.createFile(folder.resolve("e.md")), "empty");
  }

  @Test
  void aLinkIsNotFollowed() throws IOException {
    var link = Files.createSymbolicLink(folder.resolve("passwd.txt"), Path.of("/etc/passwd"));
    assertRefused(link, "no regular file");
  }

  @Test
  void nestingIsBounded() throws IOException {
    assertRefused(TestFiles.write(folder.resolve("n.json"), "[".repeat(100_000)), "not JSON");
    var file = TestFiles.write(folder.resolve("n.html"), "<div>".repeat(100_000) + "Thirty days.");
    assertInstanceOf(Loaded.class, READER.load(file, "n.html", "k"));
  }

  private Path xml(String xml) throws IOException {
    return TestFiles.zip(
        folder.resolve("x.docx"),
        Map.of("word/document.xml", xml.getBytes(StandardCharsets.UTF_8)));
  }

  /** A page whose content is so many spaces between two brackets, deflated. */
  private Path pdfBomb(int inflated) throws IOException {
    var pdf = TestFiles.pdf("50 700 11 x");
    var content = new org.apache.pdfbox.pdmodel.common.PDStream(pdf);
    try (var out = content.createOutputStream(org.apache.pdfbox.cos.COSName.FLATE_DECODE)) {
      var chunk = "BT /F1 9 Tf (a) Tj ET ".repeat(1000).getBytes(StandardCharsets.US_ASCII);
      for (int written = 0; written < inflated; written += chunk.length) {
        out.write(chunk);
      }
    }
    pdf.getPage(0).setContents(content);
    return TestFiles.save(pdf, folder.resolve("bomb.pdf"));
  }

  private static byte[] spaces(int count) {
    var bytes = new byte[count];
    java.util.Arrays.fill(bytes, (byte) ' ');
    return bytes;
  }

  private static void assertRefused(Path file, String reason) throws IOException {
    assertReason(READER.load(file, file.getFileName().toString(), "k"), reason);
  }

  private static void assertReason(LoadedFile file, String reason) {
    var refused = assertInstanceOf(Refused.class, file, file::toString);
    assertTrue(refused.reason().contains(reason), refused.reason());
  }
}
