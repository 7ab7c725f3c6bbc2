package io.candor.tuning.dataset;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What an adapter is trained on and validated on; made by {@code tune prepare}, read by the
 * trainer.
 *
 * @param sha256 of the train file's bytes, then the validation file's
 */
public record Dataset(List<Example> train, List<Example> validation, String sha256) {
  static final String TRAIN = "train.jsonl";
  static final String VALIDATION = "validation.jsonl";

  public Dataset {
    train = List.copyOf(train);
    validation = List.copyOf(validation);
  }

  /**
   * A folder with {@value #TRAIN} and {@value #VALIDATION}, or one file of JSON lines, which is
   * split by conversation here.
   *
   * @throws InvalidSource where a line is not an example, or there is none at all
   */
  public static Dataset read(Path path) throws IOException {
    return Files.isDirectory(path) ? folder(path) : file(path);
  }

  /** Several as one; its hash is of theirs, in their order. */
  public static Dataset together(List<Dataset> datasets) {
    if (datasets.size() == 1) {
      return datasets.getFirst();
    }
    var digest = Split.sha256();
    datasets.forEach(each -> digest.update(each.sha256().getBytes(StandardCharsets.US_ASCII)));
    return new Dataset(
        datasets.stream().flatMap(each -> each.train().stream()).toList(),
        datasets.stream().flatMap(each -> each.validation().stream()).toList(),
        Split.hex(digest));
  }

  static Dataset write(Path folder, List<Example> examples, Split split) throws IOException {
    Files.createDirectories(folder);
    var halves = split.of(examples);
    ExampleFile.write(folder.resolve(TRAIN), halves.train());
    ExampleFile.write(folder.resolve(VALIDATION), halves.validation());
    return folder(folder);
  }

  private static Dataset folder(Path folder) throws IOException {
    var train = folder.resolve(TRAIN);
    var validation = folder.resolve(VALIDATION);
    for (var file : List.of(train, validation)) {
      if (!Files.isReadable(file)) {
        throw new InvalidSource(
            folder,
            "there is no %s in it: ./candor tune prepare makes one".formatted(file.getFileName()));
      }
    }
    var examples = ExampleFile.read(train);
    if (examples.isEmpty()) {
      throw new InvalidSource(train, "there is no example in it");
    }
    return new Dataset(examples, ExampleFile.read(validation), hash(train, validation));
  }

  private static Dataset file(Path file) throws IOException {
    var examples = ExampleFile.read(file);
    if (examples.isEmpty()) {
      throw new InvalidSource(file, "there is no example in it");
    }
    var halves = Split.DEFAULT.of(examples);
    return new Dataset(halves.train(), halves.validation(), hash(file));
  }

  private static String hash(Path... files) throws IOException {
    var digest = Split.sha256();
    for (var file : files) {
      digest.update(Files.readAllBytes(file));
    }
    return Split.hex(digest);
  }
}
