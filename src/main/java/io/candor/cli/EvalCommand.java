package io.candor.cli;

import io.candor.embedded.CandorHome;
import io.candor.evaluation.GoldenSuite;
import io.candor.evaluation.PolicyStreamReport;
import io.candor.evaluation.PolicyStreamSuite;
import io.candor.evaluation.ServerUnderTest;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "eval",
    description = {
      "Measures how good the answers are; writes a report.%n",
      "Suites: golden, the demo company's questions; policy-stream, dated changes of real policies.",
      "They run on a server of their own, unless --url and --key name one."
    },
    mixinStandardHelpOptions = true)
final class EvalCommand implements Callable<Integer> {
  private static final String GOLDEN = "golden";
  private static final String POLICY_STREAM = "policy-stream";
  private static final int WORST = 10;

  @Parameters(arity = "1..*", paramLabel = "SUITE", description = "golden, policy-stream")
  private List<String> suites;

  @Option(
      names = "--stream",
      paramLabel = "NAME",
      description = "a stream of policy-stream, may be repeated (default: all)")
  private List<String> streams = List.of();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${env:CANDOR_EVAL_DATA}",
      description = "evaluation data (default: $CANDOR_EVAL_DATA)")
  private Path data;

  @ArgGroup(exclusive = false)
  private Running running;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "where to write it (default: reports/ in $CANDOR_HOME)")
  private Path report;

  @Option(names = "--keep", description = "keep the own server's data")
  private boolean keep;

  private final PrintStream out = System.out;

  /** A server that runs already; the key's tenant is the one that is asked and written to. */
  static final class Running {
    @Option(names = "--url", required = true, description = "a running server")
    private URI url;

    @Option(names = "--key", required = true, description = "an API key of the tenant to use")
    private String key;

    private ServerUnderTest server() {
      return new ServerUnderTest(url, key);
    }
  }

  @Override
  public Integer call() throws Exception {
    check();
    Map<String, Object> results = new LinkedHashMap<>();
    results.put("at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    if (running == null) {
      try (OwnServer server = new OwnServer("eval", keep, out)) {
        for (String suite : suites) {
          results.put(suite, runOn(server, suite));
        }
      }
    } else {
      for (String suite : suites) {
        results.put(suite, run(suite, running.server()));
      }
    }
    EvaluationFiles.write(report == null ? usualReport() : report, results);
    return 0;
  }

  private void check() throws IOException {
    for (String suite : suites) {
      if (!suite.equals(GOLDEN) && !suite.equals(POLICY_STREAM)) {
        throw new CommandFailure(
            "No suite is called %s: there are %s and %s.".formatted(suite, GOLDEN, POLICY_STREAM));
      }
    }
    if (suites.contains(POLICY_STREAM)) {
      List<String> known = PolicyStreamSuite.streams(EvaluationFiles.policyStreams(data));
      if (!known.containsAll(streams)) {
        throw new CommandFailure("The streams are " + String.join(", ", known) + ".");
      }
    }
  }

  private Object runOn(OwnServer server, String suite) throws IOException, SQLException {
    return run(suite, suite.equals(GOLDEN) ? server.demo() : server.tenant(suite));
  }

  private Object run(String suite, ServerUnderTest server) throws IOException {
    try (server) {
      return suite.equals(GOLDEN) ? golden(server) : policyStream(server);
    }
  }

  private GoldenSuite.Result golden(ServerUnderTest server) throws IOException {
    try (InputStream suite = GoldenSuite.demo()) {
      GoldenSuite.Result result = GoldenSuite.run(server, suite, out);
      result.wrong().stream()
          .limit(WORST)
          .forEach(wrong ->
              out.printf(
                  "  %s \"%s\": %s, expected %s: %s%n",
                  wrong.id(), wrong.question(), wrong.outcome(), wrong.expected(), wrong.why()));
      result.byTag().forEach((tag, share) -> out.printf("  %-16s %s%n", tag, share));
      out.printf("golden: %s right%n", result.all());
      return result;
    }
  }

  private PolicyStreamReport policyStream(ServerUnderTest server) throws IOException {
    Path folder = EvaluationFiles.policyStreams(data);
    List<String> played = streams.isEmpty() ? PolicyStreamSuite.streams(folder) : streams;
    PolicyStreamReport result = PolicyStreamSuite.run(server, folder, played, out);
    result
        .streams()
        .forEach(stream ->
            stream.wrong().stream()
                .limit(WORST)
                .forEach(wrong ->
                    out.printf(
                        "  %s %s \"%s\": new sentence %s%s%s%s%n",
                        stream.name(),
                        wrong.probe(),
                        wrong.question(),
                        wrong.freshRank() == 0 ? "not found" : "at " + wrong.freshRank(),
                        wrong.stale() ? ", the old one too" : "",
                        wrong.retired() ? ", a document not in force too" : "",
                        wrong.asOf() ? "" : ", the old one not found as of before")));
    return result;
  }

  private static Path usualReport() {
    String name = "eval-%s.json".formatted(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    return CandorHome.locate().root().resolve("reports").resolve(name.replace(':', '-'));
  }
}
