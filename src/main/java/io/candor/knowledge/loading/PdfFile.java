package io.candor.knowledge.loading;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.candor.knowledge.loading.LoadedFile.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;

/** A PDF as Markdown: its text in reading order, with headings, lists and tables where clear. */
final class PdfFile {
  private static final int MOST_PAGES = 2_000;
  private static final int LONGEST_TITLE = 300;

  /** What programs call a document that its author did not name. */
  private static final String NO_TITLE =
      "(?i)|untitled.*|microsoft word.*|.*\\.(?:docx?|pdf|indd|tex|dvi)|\\(anonymous\\)";

  private PdfFile() {}

  static Entry read(Path file, String name, String key) throws IOException {
    try (var document = Loader.loadPDF(file.toFile())) {
      if (!document.getCurrentAccessPermission().canExtractContent()) {
        throw new Unreadable("it is encrypted and forbids that its text is extracted");
      }
      if (document.getNumberOfPages() > MOST_PAGES) {
        throw new Unreadable(
            "it has %,d pages; %,d are allowed: divide it"
                .formatted(document.getNumberOfPages(), MOST_PAGES));
      }
      var layout = new PdfLayout(PdfPages.read(document));
      var text = layout.markdown();
      if (text.isBlank()) {
        throw new Unreadable("it holds no text: are its pages pictures? Run OCR on it first");
      }
      var fields = JsonNodeFactory.instance.objectNode();
      fields.put(
          "title",
          title(document)
              .or(layout::firstHeading)
              .orElse(io.candor.knowledge.loading.Loader.titleFrom(name)));
      language(document).ifPresent(tag -> fields.put("locale", tag));
      fields.put("kind", "policy").put("format", "markdown").put("text", text);
      return io.candor.knowledge.loading.Loader.entry(key, fields);
    } catch (InvalidPasswordException e) {
      throw new Unreadable("it is encrypted: save it without a password", e);
    }
  }

  private static Optional<String> title(PDDocument document) {
    return Optional.ofNullable(document.getDocumentInformation().getTitle())
        .map(title -> title.replaceAll("[\\s\\p{Cntrl}]+", " ").strip())
        .filter(title -> !title.matches(NO_TITLE) && title.length() <= LONGEST_TITLE);
  }

  private static Optional<String> language(PDDocument document) {
    return Optional.ofNullable(document.getDocumentCatalog().getLanguage())
        .filter(tag -> tag.matches(Language.TAG));
  }
}
