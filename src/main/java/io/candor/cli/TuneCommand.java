package io.candor.cli;

import io.candor.embedded.CandorHome;
import io.candor.tuning.dataset.Dataset;
import io.candor.tuning.training.TrainingRun;
import io.candor.tuning.training.TrainingSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "tune",
    description = {
      "Trains a voice adapter on a dataset: a folder that tune prepare made, or a file of JSON lines.",
      "The run's folder has the adapter, run.json, log.txt and curves.html. Ctrl-C stops it with a",
      "checkpoint, and --resume goes on."
    },
    subcommands = TunePrepareCommand.class,
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class TuneCommand implements Callable<Integer> {
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]*";

  @Parameters(arity = "0..*", paramLabel = "DATASET", description = "what to learn from")
  private List<Path> datasets = List.of();

  @Option(names = "--name", defaultValue = "voice", description = "of the run (default: voice)")
  private String name;

  @Option(names = "--resume", paramLabel = "NAME", description = "go on with a run")
  private String resumed;

  @Option(names = "--base", paramLabel = "GGUF", description = "the model (default: the demo's)")
  private Path base;

  @Option(names = "--rank", defaultValue = "16", description = "default: ${DEFAULT-VALUE}")
  private int rank;

  @Option(names = "--alpha", defaultValue = "32", description = "default: ${DEFAULT-VALUE}")
  private double alpha;

  @Option(names = "--dropout", defaultValue = "0.05", description = "default: ${DEFAULT-VALUE}")
  private double dropout;

  @Option(
      names = "--targets",
      split = ",",
      defaultValue = "attn_q,attn_v",
      description = "weights of each layer that are adapted (default: ${DEFAULT-VALUE})")
  private List<String> targets;

  @Option(names = "--full", description = "train all weights: writes a model, not an adapter")
  private boolean full;

  @Option(names = "--quantised", description = "keep the base quantised (QLoRA): less memory")
  private boolean quantised;

  @Option(
      names = "--learning-rate",
      defaultValue = "5e-4",
      description = "default: ${DEFAULT-VALUE}")
  private double learningRate;

  @Option(names = "--warmup", defaultValue = "0.05", description = "share of the steps")
  private double warmup;

  @Option(names = "--weight-decay", defaultValue = "0", description = "default: ${DEFAULT-VALUE}")
  private double weightDecay;

  @Option(names = "--clip", defaultValue = "1", description = "the longest gradient")
  private double clip;

  @Option(names = "--epochs", defaultValue = "3", description = "default: ${DEFAULT-VALUE}")
  private int epochs;

  @Option(
      names = "--batch-tokens",
      defaultValue = "4096",
      description = "the most tokens computed at once (default: ${DEFAULT-VALUE})")
  private int batchTokens;

  @Option(names = "--accumulation", defaultValue = "2", description = "batches of a step")
  private int accumulation;

  @Option(names = "--validations", defaultValue = "2", description = "in an epoch")
  private int validations;

  @Option(names = "--patience", defaultValue = "4", description = "validations without a gain")
  private int patience;

  @Option(names = "--seed", defaultValue = "1", description = "default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(names = "--threads", description = "default: all cores")
  private int threads = Runtime.getRuntime().availableProcessors();

  private final PrintStream out = System.out;

  @Override
  public Integer call() throws Exception {
    if (datasets.isEmpty() == (resumed == null)) {
      throw new CommandFailure("Name a dataset, or a run with --resume.");
    }
    if (!name.matches(NAME)) {
      throw new CommandFailure(
          "A run's name has letters, digits, '.', '_' and '-': '%s' has others.".formatted(name));
    }
    CandorHome home = CandorHome.locate();
    Path folder = home.root().resolve("runs").resolve(resumed == null ? name : resumed);
    if (resumed == null && Files.exists(folder.resolve("run.json"))) {
      throw new CommandFailure(
          "There is a run %s already: choose another --name, --resume it, or delete %s."
              .formatted(name, folder));
    }
    TrainingSettings settings = settings();
    List<Dataset> read = read();
    TrainingRun.Machine machine = TuningMachine.of(home, base, threads, out);
    TrainingRun run =
        resumed == null
            ? TrainingRun.begin(folder, name, Dataset.together(read), settings, machine, out)
            : TrainingRun.resume(folder);
    if (!run.train(machine, out)) {
      return 130;
    }
    out.println("the run is in " + folder);
    return 0;
  }

  private TrainingSettings settings() {
    return new TrainingSettings(
        rank,
        alpha,
        dropout,
        targets,
        full,
        quantised,
        learningRate,
        warmup,
        weightDecay,
        clip,
        epochs,
        batchTokens,
        accumulation,
        validations,
        patience,
        seed);
  }

  private List<Dataset> read() throws IOException {
    List<Dataset> read = new ArrayList<>();
    for (Path dataset : datasets) {
      read.add(Dataset.read(dataset));
    }
    return read;
  }
}
