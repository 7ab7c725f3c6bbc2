package io.candor.cli;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.candor.evaluation.Report;
import io.candor.evaluation.cost.Approach;
import io.candor.evaluation.cost.Assumptions;
import io.candor.evaluation.cost.Estimate;
import io.candor.evaluation.cost.MeasuredAnswers;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "cost",
    description = {
      "What answers cost a month: by retrieval, by a fine-tuned model, by both.%n",
      "Tokens and speeds were measured on this build; prices are examples. Set your own with",
      "--prices (a YAML file, see docs/choosing.md) or --set prices.machine_hour=0.30.%n"
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class CostCommand implements Callable<Integer> {
  @Option(
      names = "--queries",
      split = ",",
      paramLabel = "N",
      defaultValue = "10000,100000,1000000",
      description = "a month (default: ${DEFAULT-VALUE})")
  private List<Long> queries;

  @Option(names = "--prices", paramLabel = "YAML", description = "your values, where they differ")
  private Path prices;

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "one value, may be repeated")
  private Map<String, Double> set = Map.of();

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "take retrieval time and answers' length from a report of candor eval golden")
  private Path report;

  @Option(
      names = "--measured",
      paramLabel = "APPROACH",
      defaultValue = "both",
      description = "how that report's answers were made (default: ${DEFAULT-VALUE})")
  private String measured;

  @Option(names = "--json", description = "print JSON")
  private boolean json;

  /** What is printed as JSON. */
  private record Costs(Assumptions assumptions, List<Estimate> estimates) {}

  private final PrintStream out = System.out;

  @Override
  public Integer call() throws IOException {
    var values = new HashMap<String, Double>();
    if (report != null) {
      values.putAll(MeasuredAnswers.of(Report.read(report)).values(measured));
    }
    values.putAll(set);
    var assumptions = Assumptions.read(prices, values);
    var estimates =
        queries.stream()
            .flatMap(count ->
                assumptions.approaches().stream()
                    .map(approach -> Estimate.of(approach, assumptions, count)))
            .toList();
    if (json) {
      out.println(json(new Costs(assumptions, estimates)));
    } else {
      print(assumptions, estimates);
    }
    return 0;
  }

  private static String json(Costs costs) throws IOException {
    return JsonMapper.builder()
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .enable(SerializationFeature.INDENT_OUTPUT)
        .build()
        .writeValueAsString(costs);
  }

  private void print(Assumptions with, List<Estimate> estimates) {
    line(
        "%10s  %-11s %8s %9s %9s %9s %9s %10s %10s %10s",
        "queries",
        "approach",
        "machines",
        "serving",
        "training",
        "a month",
        "per 1,000",
        "hosted",
        "set-up",
        "first year");
    long before = 0;
    for (var each : estimates) {
      if (before != 0 && before != each.queries()) {
        line("");
      }
      before = each.queries();
      line(
          "%,10d  %-11s %8d %,9.0f %,9.0f %,9.0f %9.2f %,10.0f %,10.0f %,10.0f",
          each.queries(),
          each.approach(),
          each.machines(),
          each.serving(),
          each.training(),
          each.month(),
          each.perThousand(),
          each.hosted(),
          each.setup(),
          each.firstYear());
    }
    line("");
    line(
        "serving and training are paid each month; hosted is the same month with a model paid by the token");
    with.approaches().forEach(approach -> print(approach, with));
    line(
        "a machine reads %,.0f and writes %,.0f tokens/s, finds facts in %.0f ms, and is used to %.0f%%"
            + " in the busiest hour, which has %.0f times the mean one's queries",
        with.machine().promptTokensPerSecond(),
        with.machine().answerTokensPerSecond(),
        with.machine().retrievalSeconds() * 1_000,
        with.load().utilisation() * 100,
        with.load().peakFactor());
    line(
        "prices%s an hour: machine %.2f, training %.2f, an engineer %.2f; database and broker %.2f a month;"
            + " hosted %.2f and %.2f a million tokens read and written",
        prices == null ? " (examples)" : "",
        with.prices().machineHour(),
        with.prices().trainingHour(),
        with.prices().engineerHour(),
        with.prices().databaseMonth(),
        with.prices().hostedPromptMillion(),
        with.prices().hostedAnswerMillion());
  }

  private void print(Approach approach, Assumptions with) {
    line(
        "%-11s %.0f tokens read (%.0f computed before), %.0f written, %.2f s of a machine; %.2f trainings a month",
        approach.name(),
        approach.promptTokens(),
        approach.reusedTokens(),
        approach.answerTokens(),
        Estimate.of(approach, with, 1).machineSeconds(),
        approach.retrainingsIn(with.load()));
  }

  private void line(String format, Object... values) {
    out.printf(Locale.ROOT, format + "%n", values);
  }
}
