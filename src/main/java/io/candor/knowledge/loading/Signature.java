package io.candor.knowledge.loading;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** How formats begin that are not text. */
enum Signature {
  PDF("a PDF", "%PDF-"),
  ZIP("a ZIP archive", "PK\u0003\u0004"),
  OLE("an old or encrypted Office file", "\u00d0\u00cf\u0011\u00e0"),
  GZIP("a gzip archive", "\u001f\u008b"),
  SEVEN_ZIP("a 7-Zip archive", "7z\u00bc\u00af"),
  RAR("a RAR archive", "Rar!\u001a"),
  PNG("a PNG image", "\u0089PNG"),
  JPEG("a JPEG image", "\u00ff\u00d8\u00ff"),
  GIF("a GIF image", "GIF8"),
  ELF("a program", "\u007fELF"),
  RTF("an RTF file", "{\\rtf"),
  NONE("none of the formats known", "");

  final String words;
  private final String start;

  Signature(String words, String start) {
    this.words = words;
    this.start = start;
  }

  /** A PDF may have other bytes before it, where one is expected. */
  static Signature of(byte[] head, boolean pdfAnywhere) {
    var text = new String(head, StandardCharsets.ISO_8859_1);
    if (pdfAnywhere && text.contains(PDF.start)) {
      return PDF;
    }
    return Arrays.stream(values()).filter(s -> text.startsWith(s.start)).findFirst().orElseThrow();
  }
}
