package io.candor.knowledge.loading;

import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Walks XML of somebody else's: no document type, no entities, nothing fetched; the JDK bounds the
 * depth.
 */
final class Xml {
  private static final XMLInputFactory READERS = readers();

  private Xml() {}

  /** What is told of each element; names are local ones. */
  interface Visitor {
    void start(String name, XMLStreamReader element);

    void end(String name);

    default void text(String words) {}
  }

  static void walk(InputStream in, Visitor visitor) {
    try {
      var xml = READERS.createXMLStreamReader(in);
      Deque<String> open = new ArrayDeque<>();
      while (xml.hasNext()) {
        switch (xml.next()) {
          case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
              throw new Unreadable("its XML declares a document type or entities");
          case XMLStreamConstants.START_ELEMENT -> {
            open.push(xml.getLocalName());
            visitor.start(xml.getLocalName(), xml);
          }
          case XMLStreamConstants.END_ELEMENT -> visitor.end(open.pop());
          case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
              visitor.text(xml.getText());
          default -> {}
        }
      }
    } catch (XMLStreamException e) {
      throw new Unreadable("its XML is broken: " + e.getMessage().replaceAll("\\s+", " "), e);
    }
  }

  /** The JDK's own: another on the class path might know these settings by other names. */
  private static XMLInputFactory readers() {
    var factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    factory.setXMLResolver((publicId, systemId, base, namespace) -> {
      throw new XMLStreamException("it refers to something outside");
    });
    return factory;
  }
}
