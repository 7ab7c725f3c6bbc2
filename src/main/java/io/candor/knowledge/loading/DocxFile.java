package io.candor.knowledge.loading;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.candor.knowledge.loading.LoadedFile.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.ZipException;

/**
 * A Word document as Markdown: headings, lists, tables and the alternative texts of pictures; what
 * was deleted, comments, and the pages' headers and footers are not in the part that is read.
 */
final class DocxFile {
  private DocxFile() {}

  static Entry read(Path file, String name, String key) throws IOException {
    try (var archive = new Inflated(file)) {
      var document =
          archive
              .entry("word/document.xml")
              .orElseThrow(() -> new Unreadable("it is a ZIP archive, but no Word document"));
      var body = new DocxBody(DocxStyles.read(archive));
      Xml.walk(document, body);
      var fields = JsonNodeFactory.instance.objectNode();
      var properties = archive.entry("docProps/core.xml");
      if (properties.isPresent()) {
        Xml.walk(properties.get(), new DocxProperties(fields));
      }
      if (!fields.hasNonNull("title")) {
        fields.put("title", body.firstHeading().orElse(Loader.titleFrom(name)));
      }
      fields.put("kind", "policy").put("format", "markdown").put("text", body.markdown());
      return Loader.entry(key, fields);
    } catch (ZipException e) {
      throw new Unreadable("it is a broken ZIP archive: " + e.getMessage(), e);
    }
  }
}
