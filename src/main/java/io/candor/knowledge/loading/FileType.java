package io.candor.knowledge.loading;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The kinds of file that are read, told by the name and held against the first bytes. */
public enum FileType {
  MARKDOWN("md", "markdown"),
  HTML("html", "htm", "xhtml"),
  TEXT("txt", "text"),
  PDF("pdf"),
  DOCX("docx"),
  CSV("csv", "tsv"),
  JSON("json");

  private final List<String> extensions;

  FileType(String... extensions) {
    this.extensions = List.of(extensions);
  }

  /** The type that a file's name ends in. */
  public static Optional<FileType> of(String name) {
    var extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(t -> t.extensions.contains(extension)).findFirst();
  }

  /** Every extension that is read, for people. */
  public static String known() {
    return Arrays.stream(values())
        .flatMap(type -> type.extensions.stream())
        .collect(Collectors.joining(", "));
  }

  /** Refuses a file whose first bytes are another format's. */
  void check(byte[] head) {
    var found = Signature.of(head, this == PDF);
    var expected =
        switch (this) {
          case PDF -> Signature.PDF;
          case DOCX -> Signature.ZIP;
          case MARKDOWN, HTML, TEXT, CSV, JSON -> Signature.NONE;
        };
    if (this == DOCX && found == Signature.OLE) {
      throw new Unreadable("it is encrypted, or an old .doc: save it as .docx without a password");
    }
    if (found != expected) {
      throw new Unreadable(
          "its name says %s, but its content is %s"
              .formatted(name().toLowerCase(Locale.ROOT), found.words));
    }
  }

  /** How formats begin that are not text. */
  private enum Signature {
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

    private final String words;
    private final String start;

    Signature(String words, String start) {
      this.words = words;
      this.start = start;
    }

    /** A PDF may have other bytes before it, where one is expected. */
    static Signature of(byte[] head, boolean pdfAnywhere) {
      var text = new String(head, java.nio.charset.StandardCharsets.ISO_8859_1);
      if (pdfAnywhere && text.contains(PDF.start)) {
        return PDF;
      }
      return Arrays.stream(values())
          .filter(s -> text.startsWith(s.start))
          .findFirst()
          .orElseThrow();
    }
  }
}
