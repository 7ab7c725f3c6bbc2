package io.candor.knowledge.loading;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.candor.knowledge.Draft;
import io.candor.knowledge.loading.LoadedFile.Entry;
import io.candor.knowledge.loading.LoadedFile.Loaded;
import io.candor.knowledge.loading.LoadedFile.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/**
 * Reads a file into documents, in this JVM: of what may be hostile only inside a {@link
 * LoaderProcess}, which bounds what it costs.
 *
 * <p>Markdown, HTML and text are stored as they are; the other formats become Markdown, which is
 * then what is stored and cited.
 */
public final class Loader {
  private static final int HEAD = 1024;
  private static final long LARGEST_TEXT_FILE = 4L * LoadLimits.LONGEST_TEXT;

  private Loader() {}

  /**
   * Reads a file.
   *
   * @param name what it is called, which tells its type
   * @param key of its document, unless it names one itself; the rows of a list have keys below it
   */
  public static LoadedFile load(Path file, String name, String key) {
    return reading(() -> {
      var type = type(name, head(file));
      return switch (type) {
        case PDF -> new Loaded(PdfFile.read(file, name, key));
        case DOCX -> new Loaded(DocxFile.read(file, name, key));
        case MARKDOWN, HTML, TEXT, CSV, JSON -> text(type, bytes(file), name, key);
      };
    });
  }

  /** The same for a file of text whose bytes are at hand. */
  public static LoadedFile load(byte[] bytes, String name, String key) {
    return reading(() -> text(type(name, bytes), bytes, name, key));
  }

  private static LoadedFile reading(Callable<Loaded> file) {
    try {
      var loaded = file.call();
      var isEmpty = loaded.documents().isEmpty() && loaded.refused().isEmpty();
      return isEmpty ? new Refused("it holds nothing to read") : loaded;
    } catch (Unreadable | IllegalArgumentException e) {
      return new Refused(oneLine(e.getMessage()));
    } catch (StackOverflowError e) {
      return new Refused("it is nested too deeply");
    } catch (Exception e) {
      return new Refused("it is broken: " + oneLine(e.getMessage()));
    }
  }

  private static FileType type(String name, byte[] head) {
    var type =
        FileType.of(name)
            .orElseThrow(() -> new Unreadable("only these are read: " + FileType.known()));
    type.check(head);
    return type;
  }

  private static Loaded text(FileType type, byte[] bytes, String name, String key)
      throws IOException {
    return switch (type) {
      case MARKDOWN, HTML, TEXT -> new Loaded(TextFile.read(type, bytes, name, key));
      case CSV -> FaqFile.readCsv(TextDecoder.decode(bytes), key);
      case JSON -> FaqFile.readJson(TextDecoder.decode(bytes), key);
      case PDF, DOCX -> throw new Unreadable("it is not text");
    };
  }

  /** A document of fields as the API has them; its language is told where they do not name it. */
  static Entry entry(String key, ObjectNode fields) {
    var own = fields.remove("key");
    if (!fields.hasNonNull("locale")) {
      Language.of(fields.path("text").asText())
          .ifPresent(language -> fields.put("locale", language));
    }
    return new Entry(
        own == null ? key : own.asText(), Draft.parse(fields, LoadLimits.LONGEST_TEXT));
  }

  /** What a document is called that has no title. */
  static String titleFrom(String name) {
    return name.substring(name.lastIndexOf('/') + 1).replaceFirst("(?<=.)\\.[^.]+$", "");
  }

  private static byte[] head(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return in.readNBytes(HEAD);
    }
  }

  private static byte[] bytes(Path file) throws IOException {
    if (Files.size(file) > LARGEST_TEXT_FILE) {
      throw new Unreadable(
          "it has %,d bytes; a text file may have %,d"
              .formatted(Files.size(file), LARGEST_TEXT_FILE));
    }
    return Files.readAllBytes(file);
  }

  private static String oneLine(String message) {
    return message == null ? "no more is known" : message.lines().findFirst().orElse("");
  }
}
