package io.candor.tuning.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file of pairs that a person wrote; the facts of one may stand beside those of another. */
record Topic(String name, List<Pair> pairs) {
  static final String SLOTS = "slots";

  private static final String ENDING = ".yaml";
  private static final YAMLMapper YAML = new YAMLMapper();

  /** What a folder, a file or this build carries. */
  record Material(Slots slots, List<Topic> topics) {}

  static Material read(Path path) throws IOException {
    var folder = Files.isDirectory(path) ? path : path.toAbsolutePath().getParent();
    var slots = folder.resolve(SLOTS + ENDING);
    return new Material(
        Files.exists(slots) ? new Slots(read(slots, new TypeReference<>() {})) : Slots.NONE,
        files(path).stream().map(Topic::topic).toList());
  }

  /** The demo company's, named by the list beside them. */
  static Material carried() throws IOException {
    var slots = new Slots(carried(SLOTS, new TypeReference<>() {}));
    try (var index = open("index.txt")) {
      var topics = new String(index.readAllBytes()).lines();
      return new Material(
          slots,
          topics
              .map(name -> new Topic(name, carried(name, new TypeReference<List<Pair>>() {})))
              .toList());
    }
  }

  private static Topic topic(Path file) {
    var name = file.getFileName().toString().replaceFirst("\\.ya?ml$", "");
    return new Topic(name, read(file, new TypeReference<List<Pair>>() {}));
  }

  private static List<Path> files(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (var files = Files.list(path)) {
      return files
          .filter(file -> file.toString().endsWith(ENDING) && !file.endsWith(SLOTS + ENDING))
          .sorted()
          .toList();
    }
  }

  private static <T> T read(Path file, TypeReference<T> type) {
    try (var in = Files.newInputStream(file)) {
      return YAML.readValue(in, type);
    } catch (JsonProcessingException e) {
      throw InvalidSource.of(file, e);
    } catch (IOException e) {
      throw new InvalidSource(file, e.toString());
    }
  }

  private static <T> T carried(String name, TypeReference<T> type) {
    try (var in = open(name + ENDING)) {
      return YAML.readValue(in, type);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("demo/voice/" + name + ENDING, e);
    }
  }

  private static InputStream open(String name) {
    return Topic.class.getResourceAsStream("/demo/voice/" + name);
  }
}
