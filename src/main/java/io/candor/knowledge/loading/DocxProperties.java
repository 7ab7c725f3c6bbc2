package io.candor.knowledge.loading;

import com.fasterxml.jackson.databind.node.ObjectNode;
import javax.xml.stream.XMLStreamReader;

/** Title and language, as the author's program wrote them. */
final class DocxProperties implements Xml.Visitor {
  private final ObjectNode fields;
  private final StringBuilder words = new StringBuilder();

  DocxProperties(ObjectNode fields) {
    this.fields = fields;
  }

  @Override
  public void start(String name, XMLStreamReader element) {
    words.setLength(0);
  }

  @Override
  public void text(String text) {
    words.append(text);
  }

  @Override
  public void end(String name) {
    var value = words.toString().strip();
    if (name.equals("title") && !value.isEmpty() && value.length() <= 500) {
      fields.put("title", value);
    } else if (name.equals("language") && value.matches(Language.TAG)) {
      fields.put("locale", value);
    }
    words.setLength(0);
  }
}
