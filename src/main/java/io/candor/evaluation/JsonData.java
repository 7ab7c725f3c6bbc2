package io.candor.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reading data sets without holding them. */
final class JsonData {
  private JsonData() {}

  /** The values of a JSON lines file, or the entries of an array, one at a time. */
  static Stream<JsonNode> stream(Path file) throws IOException {
    MappingIterator<JsonNode> values =
        ServerUnderTest.JSON.readerFor(JsonNode.class).readValues(file.toFile());
    return sequence(values)
        .onClose(() -> {
          try {
            values.close();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  static JsonNode tree(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return ServerUnderTest.JSON.readTree(in);
    }
  }

  private static <T> Stream<T> sequence(Iterator<T> values) {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(values, Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }

  /** What a retrieval question expects. */
  static ObjectNode documents(Collection<String> keys) {
    var expect = ServerUnderTest.JSON.createObjectNode();
    keys.forEach(expect.putArray("documents")::add);
    return expect;
  }
}
