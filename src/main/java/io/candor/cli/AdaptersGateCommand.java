package io.candor.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.candor.embedded.CandorHome;
import io.candor.evaluation.Sample;
import io.candor.evaluation.ServerUnderTest;
import io.candor.evaluation.Suites;
import io.candor.evaluation.VoiceGate;
import io.candor.evaluation.VoiceVerdict;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "gate",
    description = {
      "Compares an adapter with what speaks now, on held-out questions, and keeps the verdict with it.",
      "The exit code is 0 if it may speak to customers, else 1."
    },
    mixinStandardHelpOptions = true)
final class AdaptersGateCommand implements Callable<Integer> {
  private static final String NO_ADAPTER = "none";
  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  @Parameters(index = "0", paramLabel = "CANDIDATE", description = "an adapter that was imported")
  private String candidate;

  @Option(
      names = "--against",
      paramLabel = "ADAPTER",
      description = "what to compare with: an adapter, or none (default: the active one)")
  private String against;

  @Option(
      names = "--suite",
      paramLabel = "SUITE",
      defaultValue = "voice",
      description = "the held-out questions (default: ${DEFAULT-VALUE})")
  private String suite;

  @Option(
      names = "--abstentions",
      paramLabel = "SUITE",
      defaultValue = "golden",
      description = "has the questions not to be answered (default: ${DEFAULT-VALUE})")
  private String abstentions;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${env:CANDOR_EVAL_DATA}",
      description = "evaluation data (default: $CANDOR_EVAL_DATA)")
  private Path data;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "at most so many questions, for a look")
  private int limit;

  private final PrintStream out = System.out;

  @Override
  public Integer call() throws Exception {
    var voice = Suites.find(suite, data);
    var answers = Suites.find(abstentions, data);
    var settings = ClientSettings.find();
    try (var client = new CandorClient(settings);
        var server = new ServerUnderTest(URI.create(settings.url()), settings.key())) {
      client.get(AdaptersCommand.path(candidate));
      var other = against == null ? active(client.get(AdaptersCommand.VOICE)) : against;
      var gate = new VoiceGate(folder(), new Sample(limit, List.of()), out);
      var verdict = gate.run(voice, answers, new VoiceGate.Contest(server, candidate, other));
      print(verdict);
      var json = JSON.valueToTree(verdict);
      client.send("POST", AdaptersCommand.path(candidate) + "/verdicts", json);
      return verdict.passed() ? 0 : 1;
    }
  }

  private static Path folder() {
    var name = "gate-" + Instant.now().truncatedTo(ChronoUnit.SECONDS);
    return CandorHome.locate().root().resolve("reports").resolve(name.replace(':', '-'));
  }

  private String active(JsonNode voice) {
    var uses = voice.path("adapters").valueStream().toList();
    if (uses.size() > 1 || uses.stream().anyMatch(use -> use.path("scale").asDouble() != 1)) {
      throw new CommandFailure(
          "The voice is not one adapter at full strength: say what to compare with, by --against.");
    }
    var name = uses.isEmpty() ? NO_ADAPTER : uses.getFirst().path("name").asText();
    return name.equals(candidate) ? NO_ADAPTER : name;
  }

  private void print(VoiceVerdict verdict) {
    out.printf(
        "%s against %s, %d questions of %s%n",
        verdict.candidate(), verdict.against(), verdict.questions(), verdict.suite());
    out.printf("  %-34s %9s %9s   %s%n", "", verdict.against(), verdict.candidate(), "change");
    for (var line : verdict.lines()) {
      var mark = line.passed() ? "ok    " : "FAILED";
      if (line.after() == null) {
        out.printf("  %-34s not measured %27s %s  %s%n", line.figure(), "", mark, line.demand());
      } else {
        out.printf(
            Locale.ROOT,
            "  %-34s %9.3f %9.3f   %+.3f [%+.3f, %+.3f]  %s  %s%n",
            line.figure(),
            line.before(),
            line.after(),
            line.after() - line.before(),
            line.low(),
            line.high(),
            mark,
            line.demand());
      }
    }
    if (verdict.failed() > 0) {
      out.printf("  %d questions had no answer at all%n", verdict.failed());
    }
    out.println(verdict.passed() ? "passed" : "not passed: it should not speak to customers");
  }
}
