package io.candor.cli;

import io.candor.embedded.DemoCompany;
import io.candor.grounding.Claim;
import io.candor.grounding.GroundingConfig;
import io.candor.grounding.Passage;
import io.candor.grounding.Verdict;
import io.candor.grounding.Verifier;
import io.candor.knowledge.loading.Language;
import io.candor.security.PersonalData;
import io.candor.tuning.dataset.Brand;
import io.candor.tuning.dataset.Preparation;
import io.candor.tuning.dataset.PreparationReport;
import io.candor.tuning.dataset.Source;
import io.candor.tuning.dataset.Split;
import io.candor.tuning.dataset.Tally;
import io.candor.tuning.dataset.Tools;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "prepare",
    description = {
      "Makes a dataset for tune: cleaned, checked against the policies, split by conversation.%n",
      "A source is a file of JSON lines in OpenAI's chat format, a CSV file with the columns",
      "question and answer (conversation, date), a JSON export of Zendesk, Intercom, Chatwoot or",
      "Freshdesk, or YAML with pairs that you wrote. Replies without facts are looked up on the",
      "running server, in the policies of their day.%n"
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class TunePrepareCommand implements Callable<Integer> {
  @Parameters(arity = "0..*", paramLabel = "SOURCE", description = "files, or folders of YAML")
  private List<Path> paths = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "the dataset's folder")
  private Path out;

  @Option(names = "--demo", description = "the pairs written for the demo company")
  private boolean demo;

  @Option(
      names = "--brand",
      paramLabel = "YAML",
      description = "name, voice, abstain, clarify (default: the demo company's)")
  private Path brand;

  @Option(names = "--language", defaultValue = "en", description = "default: ${DEFAULT-VALUE}")
  private String language;

  @Option(
      names = "--validation",
      paramLabel = "SHARE",
      defaultValue = "0.1",
      description = "share of the conversations to validate on (default: ${DEFAULT-VALUE})")
  private double validation;

  @Option(names = "--seed", defaultValue = "7", description = "default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(names = "--offline", description = "ask no server: replies bring their facts along")
  private boolean offline;

  private final PrintStream print = System.out;

  @Override
  public Integer call() throws IOException {
    List<Source> sources =
        new ArrayList<>(paths.stream().map(path -> Source.of(path, seed)).toList());
    if (demo) {
      sources.add(Source.demo(seed));
    }
    if (sources.isEmpty()) {
      throw new CommandFailure("Name a source, or --demo.");
    }
    var split = new Split(validation, seed);
    try (var policies = new PolicySearch(offline)) {
      var tools = tools(policies);
      var preparation = new Preparation(brand(), tools, new Preparation.Settings(language, split));
      var exchanges = preparation.read(sources);
      var progress = new ProgressLine(print, "replies", exchanges.size());
      var report = preparation.write(exchanges, out, progress::done);
      print(report);
    }
    return 0;
  }

  private Brand brand() throws IOException {
    if (brand != null) {
      return Brand.read(brand);
    }
    var company = DemoCompany.load();
    return new Brand(company.name(), company.voice(), company.abstain(), company.clarify());
  }

  private static Tools tools(Tools.Search search) {
    var config = new SmallRyeConfigBuilder().withMapping(GroundingConfig.class).build();
    var verifier = new Verifier(config.getConfigMapping(GroundingConfig.class));
    var personalData = new PersonalData();
    return new Tools(
        (question, fact, sentence) ->
            verifier
                    .verify(new Claim(sentence, List.of(), question), List.of(new Passage(1, fact)))
                    .verdict()
                == Verdict.SUPPORTED,
        text -> personalData.redact(text, personalData.find(text)),
        Language::of,
        search,
        Tools.Tokens.ESTIMATED);
  }

  private void print(PreparationReport report) {
    line("%,d replies read", report.read());
    found("left out", report.dropped());
    found("sentences taken away", report.removed());
    line(
        "answers have %d tokens in the median, %d at most; prompts %d, %d",
        report.answerTokens().median(),
        report.answerTokens().most(),
        report.promptTokens().median(),
        report.promptTokens().most());
    report.warnings().forEach(warning -> line("warning: %s", warning));
    line(
        "%,d examples to learn from, %,d to validate on, of %,d conversations: %s",
        report.trainExamples(), report.validationExamples(), report.conversations(), out);
    line("what was left out, and why: %s", out.resolve("report.html"));
  }

  private void found(String what, Map<String, Tally.Found> found) {
    found.forEach((reason, each) -> {
      line("%s: %,d, %s", what, each.count(), reason);
      each.cases().stream()
          .limit(1)
          .forEach(one -> line("  %s: %.100s", one.place(), one.text().replace('\n', ' ')));
    });
  }

  private void line(String format, Object... values) {
    print.printf(Locale.ROOT, format + "%n", values);
  }
}
