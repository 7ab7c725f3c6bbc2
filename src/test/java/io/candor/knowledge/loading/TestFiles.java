package io.candor.knowledge.loading;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;

/** Writes the PDF and Word files that tests read, the hostile ones too. */
final class TestFiles {
  private TestFiles() {}

  /** A PDF whose pages have lines of the form "x y size text". */
  static PDDocument pdf(String... pages) throws IOException {
    var document = new PDDocument();
    var font = new PDType1Font(Standard14Fonts.FontName.HELVETICA);
    for (var lines : pages) {
      var page = new PDPage(PDRectangle.A4);
      document.addPage(page);
      try (var content = new PDPageContentStream(document, page)) {
        for (var line : lines.lines().filter(l -> !l.isBlank()).toList()) {
          var parts = line.strip().split(" ", 4);
          content.beginText();
          content.setFont(font, Float.parseFloat(parts[2]));
          content.newLineAtOffset(Float.parseFloat(parts[0]), Float.parseFloat(parts[1]));
          content.showText(parts[3]);
          content.endText();
        }
      }
    }
    return document;
  }

  static Path save(PDDocument document, Path file) throws IOException {
    try (document) {
      document.save(file.toFile());
    }
    return file;
  }

  /** A Word document with this body. */
  static Path docx(Path file, String body) throws IOException {
    var w = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    var parts = new LinkedHashMap<String, byte[]>();
    parts.put(
        "word/document.xml",
        "<w:document %s><w:body>%s</w:body></w:document>"
            .formatted(w, body)
            .getBytes(StandardCharsets.UTF_8));
    parts.put(
        "word/styles.xml",
        """
        <w:styles %s>
          <w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
          <w:style w:styleId="Own"><w:name w:val="Own"/><w:basedOn w:val="berschrift2"/></w:style>
          <w:style w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>
        </w:styles>
        """
            .formatted(w)
            .getBytes(StandardCharsets.UTF_8));
    parts.put(
        "word/numbering.xml",
        """
        <w:numbering %s>
          <w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
          <w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
        </w:numbering>
        """
            .formatted(w)
            .getBytes(StandardCharsets.UTF_8));
    return zip(file, parts);
  }

  static Path zip(Path file, Map<String, byte[]> entries) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (var entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return Files.write(file, bytes.toByteArray());
  }

  static Path write(Path file, String text) throws IOException {
    return Files.writeString(file, text);
  }
}
