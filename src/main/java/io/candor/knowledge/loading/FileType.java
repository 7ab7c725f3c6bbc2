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
}
