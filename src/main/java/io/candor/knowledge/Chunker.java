package io.candor.knowledge;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Cuts a document's text into passages that follow its structure: never across a heading or within
 * a sentence, without overlap, and so that an edit leaves the passages away from it as they were.
 */
final class Chunker {
  private static final Pattern PARAGRAPH_END = Pattern.compile("\\R[ \\t]*\\R");

  private Chunker() {}

  /** The passages of a text, in order. A text with no words but in headings is one section. */
  static List<Passage> chunk(Format format, String text) {
    var passages =
        switch (format) {
          case MARKDOWN -> passages(text, Markdown.sections(text), UnaryOperator.identity());
          case HTML -> passages(text, Html.sections(text), Html::words);
          case TEXT -> passages(text, paragraphs(text), UnaryOperator.identity());
        };
    return passages.isEmpty() && format == Format.MARKDOWN
        ? passages(text, paragraphs(text), UnaryOperator.identity())
        : passages;
  }

  private static List<Passage> passages(
      String text, List<Section> sections, UnaryOperator<String> words) {
    var passages = new ArrayList<Passage>();
    for (var section : sections) {
      for (var range : Packing.pack(text, section)) {
        var readable = words.apply(text.substring(range.start(), range.end()));
        if (!readable.isBlank()) {
          passages.add(new Passage(range.start(), range.end(), section.heading(), readable));
        }
      }
    }
    return passages;
  }

  private static List<Section> paragraphs(String text) {
    var section = new Section("");
    var ends = PARAGRAPH_END.matcher(text);
    int start = 0;
    while (ends.find()) {
      section.addSentences(text, new Range(start, ends.start()), false);
      start = ends.end();
    }
    section.addSentences(text, new Range(start, text.length()), false);
    return List.of(section);
  }
}
