package io.candor.cli;

import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands behind {@code ./candor}; {@code io.candor.Main} runs it. */
@Command(
    name = "candor",
    description = {
      "Answers a company's customers from its policies, and proves every sentence.%n",
      "Client commands find their server by CANDOR_URL, CANDOR_API_KEY, CANDOR_TENANT",
      "and CANDOR_KAFKA, else they talk to the demo that runs on this machine.%n"
    },
    subcommands = {
      DemoCommand.class,
      ServeCommand.class,
      MigrateCommand.class,
      SetupCommand.class,
      IngestCommand.class,
      PublishCommand.class,
      RetireCommand.class,
      AskCommand.class,
      TenantsCommand.class,
      KeysCommand.class,
      EmbeddingsCommand.class,
      AdaptersCommand.class,
      TuneCommand.class,
      DoctorCommand.class,
      BenchCommand.class,
      CostCommand.class,
      EvalCommand.class,
      CommandLine.HelpCommand.class
    },
    mixinStandardHelpOptions = true,
    version = "candor 0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "candor help COMMAND tells more about one command."})
public final class CandorCommand {
  // held here: a logger that nobody holds forgets its level
  private static final Logger KAFKA = Logger.getLogger("org.apache.kafka");

  private CandorCommand() {}

  /** Runs one command and returns its exit code: 0 done, 1 failed, 2 wrong usage. */
  public static int run(String... args) {
    Logger.getLogger("").setLevel(Level.WARNING);
    KAFKA.setLevel(Level.SEVERE);
    CommandLine line = new CommandLine(new CandorCommand());
    line.setExecutionExceptionHandler((failure, command, result) -> Failures.report(failure));
    if (args.length == 0) {
      line.usage(System.out);
      return 2;
    }
    return line.execute(args);
  }
}
