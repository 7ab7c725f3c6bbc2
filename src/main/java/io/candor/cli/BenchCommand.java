package io.candor.cli;

import io.candor.embedded.CandorHome;
import io.candor.evaluation.Suites;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "bench",
    description = {
      "Measures speed and memory on a server of its own, and compares with the targets.",
      "The demo's own data are left alone. A part that misses its target is no failure.%n",
      "Parts: second-start, answers, freshness, memory; and where asked for policy-stream,",
      "which needs evaluation data, engine, which needs a C compiler, churn: a thousand requests of",
      "which most are given up, embedding, training, fresh-clone, and",
      "scale: a million chunks, which take an hour and 25 GB; a run that was stopped goes on, and",
      "one with --keep is searched again."
    },
    mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
  private static final String POLICY_STREAM = "policy-stream";
  private static final String FRESH_CLONE = "fresh-clone";
  private static final String EMBEDDING = "embedding";
  private static final String ENGINE = "engine";
  private static final String CHURN = "churn";
  private static final String SCALE = "scale";
  private static final String TRAINING = "training";
  private static final List<String> WITHOUT_SERVER =
      List.of(ENGINE, CHURN, EMBEDDING, TRAINING, FRESH_CLONE, SCALE);
  private static final List<String> USUAL =
      List.of("second-start", "answers", "freshness", "memory");

  @Option(names = "--only", arity = "1..*", paramLabel = "PART", description = "these parts alone")
  private List<String> only = List.of();

  @Option(
      names = "--fresh-clone",
      description = "also, at the end, a fresh clone with empty caches: fetches everything again")
  private boolean freshClone;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${env:CANDOR_EVAL_DATA}",
      description = "evaluation data (default: $CANDOR_EVAL_DATA)")
  private Path data;

  @Option(
      names = "--chunks",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "how many for scale, a multiple of 2000 (default: ${DEFAULT-VALUE})")
  private int chunks;

  @Option(
      names = "--python",
      paramLabel = "PATH",
      description = "a Python with torch, transformers and peft, which training is compared with")
  private String python;

  @Option(names = "--json", paramLabel = "FILE", description = "write the figures there, too")
  private Path json;

  @Option(names = "--keep", description = "keep the server's data")
  private boolean keep;

  private final PrintStream out = System.out;
  private final BenchReport report = new BenchReport();

  @Override
  public Integer call() throws Exception {
    List<String> parts = new ArrayList<>(only.isEmpty() ? USUAL : only);
    if (freshClone) {
      parts.add(FRESH_CLONE);
    }
    check(parts);
    if (!WITHOUT_SERVER.containsAll(parts)) {
      try (OwnServer server = OwnServer.onNewData("bench", keep, out)) {
        Benchmarks benchmarks = new Benchmarks(server, out);
        for (String part : parts) {
          measureOn(benchmarks, part);
        }
      }
    }
    if (parts.contains(ENGINE)) {
      report.measure(ENGINE, () -> Benchmarks.engine(CandorHome.locate(), out), out);
    }
    if (parts.contains(CHURN)) {
      report.measure(CHURN, () -> Benchmarks.churn(CandorHome.locate(), out), out);
    }
    if (parts.contains(EMBEDDING)) {
      report.measure(EMBEDDING, () -> Benchmarks.embedding(out), out);
    }
    if (parts.contains(TRAINING)) {
      report.measure(TRAINING, () -> new TrainingBench(python, out).measure(), out);
    }
    if (parts.contains(SCALE)) {
      report.measure(SCALE, () -> new ScaleBench(chunks, keep, out).measure(), out);
    }
    if (parts.contains(FRESH_CLONE)) {
      report.measure(FRESH_CLONE, () -> new FreshClone(CandorHome.locate(), out).measure(), out);
    }
    out.print(report);
    if (json != null) {
      EvaluationFiles.write(json, report.json());
    }
    return 0;
  }

  private void check(List<String> parts) throws IOException {
    for (String part : parts) {
      if (!USUAL.contains(part) && !part.equals(POLICY_STREAM) && !WITHOUT_SERVER.contains(part)) {
        throw new CommandFailure(
            "No part is called %s: there are %s, %s and %s."
                .formatted(
                    part,
                    String.join(", ", USUAL),
                    String.join(", ", WITHOUT_SERVER),
                    POLICY_STREAM));
      }
    }
    if (parts.contains(POLICY_STREAM)) {
      Suites.find(POLICY_STREAM, data);
    }
  }

  private void measureOn(Benchmarks benchmarks, String part) {
    switch (part) {
      case "second-start" -> report.measure(part, benchmarks::secondStart, out);
      case "answers" -> report.measure(part, benchmarks::answers, out);
      case "freshness" -> report.measure(part, benchmarks::freshness, out);
      case "memory" -> report.measure(part, benchmarks::memory, out);
      case POLICY_STREAM ->
          report.measure(
              part, () -> benchmarks.policyStream(Suites.find(POLICY_STREAM, data)), out);
      default -> {
        // what needs no server runs when this one is gone
      }
    }
  }
}
