package io.candor.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "show",
    description = "Shows how an adapter was trained, and what the gate found.",
    mixinStandardHelpOptions = true)
final class AdaptersShowCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME")
  private String name;

  @Override
  public Integer call() throws Exception {
    try (var client = new CandorClient(ClientSettings.find())) {
      var adapter = client.get(AdaptersCommand.path(name));
      System.out.println(AdaptersCommand.line(adapter));
      System.out.println("gate: " + AdaptersVersionsCommand.gate(adapter));
      if (adapter.has("run")) {
        show(adapter.path("run"));
      }
      adapter.path("verdicts").forEach(AdaptersShowCommand::showVerdict);
    }
    return 0;
  }

  private static void show(JsonNode run) {
    System.out.printf(
        "trained on %s (%s)%n", run.at("/base/name").asText(), run.at("/base/sha256").asText());
    System.out.printf(
        "  with %d examples, %d held out (%s)%n",
        run.at("/dataset/train_examples").asInt(),
        run.at("/dataset/validation_examples").asInt(),
        run.at("/dataset/sha256").asText());
    System.out.println("  settings " + run.path("settings"));
    for (var curve : new String[] {"train", "validation"}) {
      var points = run.path("curves").path(curve);
      if (!points.isEmpty()) {
        System.out.printf(
            Locale.ROOT,
            "  %s loss %.3f at step %d, %.3f at step %d%n",
            curve,
            points.path(0).path("loss").asDouble(),
            points.path(0).path("step").asInt(),
            points.path(points.size() - 1).path("loss").asDouble(),
            points.path(points.size() - 1).path("step").asInt());
      }
    }
  }

  private static void showVerdict(JsonNode verdict) {
    System.out.printf(
        "%s: %s against %s, %d questions of %s%n",
        verdict.path("judged_at").asText(),
        verdict.path("passed").asBoolean() ? "passed" : "not passed",
        verdict.path("against").asText(),
        verdict.path("questions").asInt(),
        verdict.path("suite").asText());
    for (var line : verdict.path("lines")) {
      System.out.printf(
          Locale.ROOT,
          "  %-34s %9.3f %9.3f  %s  %s%n",
          line.path("figure").asText(),
          line.path("before").asDouble(Double.NaN),
          line.path("after").asDouble(Double.NaN),
          line.path("passed").asBoolean() ? "ok    " : "FAILED",
          line.path("demand").asText());
    }
  }
}
