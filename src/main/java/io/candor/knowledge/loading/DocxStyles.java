package io.candor.knowledge.loading;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamReader;

/** What a Word document says elsewhere of its paragraphs: which are headings, how lists count. */
final class DocxStyles {
  private static final Pattern HEADING = Pattern.compile("heading ([1-9])");

  private final Map<String, Integer> headings = new HashMap<>();
  private final Map<String, String> basedOn = new HashMap<>();
  private final Map<String, String> abstractLists = new HashMap<>();
  private final Set<String> bullets = new HashSet<>();

  private DocxStyles() {}

  static DocxStyles read(Inflated archive) throws IOException {
    var styles = new DocxStyles();
    archive.entry("word/styles.xml").ifPresent(in -> Xml.walk(in, styles.new Styles()));
    archive.entry("word/numbering.xml").ifPresent(in -> Xml.walk(in, styles.new Numbering()));
    return styles;
  }

  /** The level of the headings in this style; a style is as the one it is based on. */
  OptionalInt headingLevel(String style) {
    var seen = new HashSet<String>();
    for (var at = style; at != null && seen.add(at); at = basedOn.get(at)) {
      if (headings.containsKey(at)) {
        return OptionalInt.of(headings.get(at));
      }
    }
    return OptionalInt.empty();
  }

  boolean isBullet(String list, int level) {
    return bullets.contains(abstractLists.getOrDefault(list, "") + " " + level);
  }

  static Optional<String> value(XMLStreamReader element, String name) {
    for (int i = 0; i < element.getAttributeCount(); i++) {
      if (element.getAttributeLocalName(i).equals(name)) {
        return Optional.of(element.getAttributeValue(i));
      }
    }
    return Optional.empty();
  }

  private final class Styles implements Xml.Visitor {
    private String style = "";

    @Override
    public void start(String name, XMLStreamReader element) {
      var value = value(element, "val").orElse("");
      switch (name) {
        case "style" -> style = value(element, "styleId").orElse("");
        case "basedOn" -> basedOn.put(style, value);
        case "outlineLvl" -> {
          if (value.matches("[0-8]")) {
            headings.putIfAbsent(style, Integer.parseInt(value) + 1);
          }
        }
        case "name" -> {
          var heading = HEADING.matcher(value.toLowerCase(Locale.ROOT));
          if (heading.matches()) {
            headings.put(style, Integer.parseInt(heading.group(1)));
          } else if (value.equalsIgnoreCase("title")) {
            headings.put(style, 1);
          }
        }
        default -> {}
      }
    }

    @Override
    public void end(String name) {}
  }

  private final class Numbering implements Xml.Visitor {
    private String list = "";
    private String level = "";
    private String number = "";

    @Override
    public void start(String name, XMLStreamReader element) {
      switch (name) {
        case "abstractNum" -> list = value(element, "abstractNumId").orElse("");
        case "lvl" -> level = value(element, "ilvl").orElse("");
        case "num" -> number = value(element, "numId").orElse("");
        case "abstractNumId" -> abstractLists.put(number, value(element, "val").orElse(""));
        case "numFmt" -> {
          if (value(element, "val").orElse("").equals("bullet")) {
            bullets.add(list + " " + level);
          }
        }
        default -> {}
      }
    }

    @Override
    public void end(String name) {}
  }
}
