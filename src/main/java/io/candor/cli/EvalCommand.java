package io.candor.cli;

import io.candor.evaluation.Ablation;
import io.candor.evaluation.Evaluation;
import io.candor.evaluation.Gate;
import io.candor.evaluation.Report;
import io.candor.evaluation.Sample;
import io.candor.evaluation.Suite;
import io.candor.evaluation.SuiteReport;
import io.candor.evaluation.Suites;
import io.candor.evaluation.Tenants;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "eval",
    description = {
      "Measures how good search and answers are; writes a report.%n",
      "A suite is one that this build carries (candor eval --list), or a definition's YAML file.",
      "Suites run on a server of their own, unless --url and --key name one.",
      "A run that was stopped goes on with --resume."
    },
    subcommands = {CompareCommand.class, SideBySideCommand.class},
    mixinStandardHelpOptions = true)
final class EvalCommand implements Callable<Integer> {
  @Parameters(arity = "0..*", paramLabel = "SUITE", description = "what to measure")
  private List<String> suites = List.of();

  @Option(names = "--list", description = "name the suites, and stop")
  private boolean list;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${env:CANDOR_EVAL_DATA}",
      description = "evaluation data (default: $CANDOR_EVAL_DATA)")
  private Path data;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "at most so many questions of a suite, taken evenly, for a quick look")
  private int limit;

  @Option(
      names = "--tag",
      paramLabel = "TAG",
      description = "only questions with that tag, may be repeated")
  private List<String> tags = List.of();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "a setting of the own server, may be repeated; for ablations")
  private Map<String, String> settings = Map.of();

  @Option(names = "--label", paramLabel = "TEXT", description = "what the report calls this run")
  private String label;

  @Option(
      names = "--ablations",
      description =
          "also with each step left out, on the same documents, for a table of what it is worth")
  private boolean ablations;

  @Option(names = "--resume", paramLabel = "RUN", description = "go on with a run that was stopped")
  private String resumed;

  @ArgGroup(exclusive = false)
  private RunningServer running;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "where to write it (default: report.json in the run's folder)")
  private Path file;

  @Option(
      names = "--against",
      paramLabel = "REPORT",
      description = "compare with that report's run; several make a table")
  private List<Path> against = List.of();

  @Option(
      names = "--gate",
      paramLabel = "REPORT",
      description = "fail where a figure is worse than in that report by more than noise")
  private Path gate;

  @Option(names = "--keep", description = "keep the own server's data")
  private boolean keep;

  private final PrintStream out = System.out;

  @Override
  public Integer call() throws Exception {
    if (list) {
      Suites.names().forEach(out::println);
      return 0;
    }
    if (suites.isEmpty() == (resumed == null)) {
      throw new CommandFailure("Name suites (candor eval --list), or a run with --resume.");
    }
    if (running != null && !settings.isEmpty()) {
      throw new CommandFailure("--set is for a server of its own: leave --url out.");
    }
    if (running != null && ablations) {
      throw new CommandFailure(
          "--ablations change settings of a server of its own: leave --url out.");
    }
    EvaluationRun run =
        resumed == null
            ? EvaluationRun.of(suites, data, limit, tags, settings, label, ablations)
            : EvaluationRun.resume(resumed);
    Sample sample = new Sample(run.limit(), run.tags());
    List<Suite> found = find(run);
    List<Report> others = EvaluationFiles.read(against);
    Optional<Report> baseline = gate == null ? Optional.empty() : Optional.of(Report.read(gate));
    run.save();
    out.printf("run %s (to go on after a stop: candor eval --resume %1$s)%n", run.name());
    Evaluation evaluation = new Evaluation(run.folder(), sample, out);
    List<Report> reports = measure(run, evaluation, found);
    Report report = reports.getFirst();
    others.addAll(reports.subList(1, reports.size()));
    EvaluationFiles.write(
        report, others, file == null ? run.folder().resolve("report.json") : file);
    boolean passes = baseline.map(before -> passes(before, report)).orElse(true);
    return passes && report.suites().stream().allMatch(suite -> suite.failed() == 0) ? 0 : 1;
  }

  private boolean passes(Report before, Report report) {
    List<String> failures = Gate.failures(before, report);
    failures.forEach(failure -> out.println("gate: " + failure));
    if (failures.isEmpty()) {
      out.printf("gate: no figure is worse than %s's beyond noise%n", before.label());
    }
    return failures.isEmpty();
  }

  /** Mistakes in usage are found before anything is set up or started. */
  private List<Suite> find(EvaluationRun run) throws IOException {
    List<Suite> found = new ArrayList<>();
    for (String name : run.suites()) {
      found.add(Suites.find(name, run.data()));
    }
    for (Suite suite : found) {
      if (running != null && suite.definition().isolated()) {
        throw new CommandFailure(
            "%s measures that tenants are kept apart, and a key has one: leave --url out."
                .formatted(suite.definition().name()));
      }
    }
    return found;
  }

  /** The run as it is configured first, then what it is without each step. */
  private List<Report> measure(EvaluationRun run, Evaluation evaluation, List<Suite> found)
      throws Exception {
    if (running != null) {
      try (Tenants tenants = running.tenants()) {
        return List.of(report(run, run.label(), measure(evaluation, found, tenants)));
      }
    }
    List<Ablation> left = run.ablations() ? Ablation.of(found, run.settings()) : List.of();
    List<Report> reports = new ArrayList<>();
    reports.add(measureOwn(run, run.label(), run.settings(), evaluation, found, left.isEmpty()));
    for (Ablation ablation : left) {
      Map<String, String> settings = new HashMap<>(run.settings());
      settings.putAll(ablation.settings());
      List<Suite> telling = found.stream().filter(ablation::tells).toList();
      boolean isLast = ablation.equals(left.getLast());
      out.println(ablation.label());
      Report without =
          measureOwn(
              run, ablation.label(), settings, evaluation.without(ablation), telling, isLast);
      without.write(run.folder().resolve(ablation.slug() + ".json"));
      reports.add(without);
    }
    return reports;
  }

  /** The own server's data stay while there are questions to ask again. */
  private Report measureOwn(
      EvaluationRun run,
      String called,
      Map<String, String> settings,
      Evaluation evaluation,
      List<Suite> found,
      boolean isLast)
      throws Exception {
    try (OwnServer server = OwnServer.in(run.serverFolder(), settings, out);
        Tenants tenants = new OwnTenants(server)) {
      List<SuiteReport> measured = measure(evaluation, found, tenants);
      if (isLast && !keep && measured.stream().allMatch(suite -> suite.failed() == 0)) {
        server.deleteAtEnd();
      }
      return report(run, called, measured);
    }
  }

  private static Report report(EvaluationRun run, String called, List<SuiteReport> measured) {
    return new Report(run.name(), called, Instant.now().truncatedTo(ChronoUnit.SECONDS), measured);
  }

  private List<SuiteReport> measure(Evaluation evaluation, List<Suite> found, Tenants tenants)
      throws IOException {
    List<SuiteReport> reports = new ArrayList<>();
    for (Suite suite : found) {
      reports.add(evaluation.run(suite, tenants));
      print(reports.getLast());
    }
    return reports;
  }

  private void print(SuiteReport report) {
    out.printf("%s: %d questions%n", report.suite().name(), report.questions());
    if (report.failed() > 0) {
      out.printf(
          "  %d questions failed; --resume asks them again. The first: %s%n",
          report.failed(), report.failure());
    }
    for (SuiteReport.Value value : report.figures()) {
      out.printf(
          Locale.ROOT,
          "  %-28s %8.3f   [%.3f, %.3f]%s%n",
          value.name(),
          value.value(),
          value.low(),
          value.high(),
          "   " + report.target(value));
    }
  }
}
