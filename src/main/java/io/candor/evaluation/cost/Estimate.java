package io.candor.evaluation.cost;

/**
 * What an approach costs at so many queries a month.
 *
 * @param machineSeconds of one query
 * @param peakPerSecond queries in a second of the busiest hour
 * @param machines that carry it
 * @param serving machines, database and broker, a month
 * @param training machines and people for new trainings, a month
 * @param hosted the same service with a model that somebody else hosts, paid by the token, a month
 * @param setup once, before the first customer is answered
 */
public record Estimate(
    String approach,
    long queries,
    double machineSeconds,
    double peakPerSecond,
    int machines,
    double serving,
    double training,
    double hosted,
    double setup) {
  private static final double HOURS = 730; // in a month
  private static final double SECONDS = 3_600;
  private static final double MILLION = 1e6;

  public static Estimate of(Approach approach, Assumptions with, long queries) {
    if (queries < 1) {
      throw new IllegalArgumentException("queries are 1 or more, not " + queries);
    }
    var prices = with.prices();
    double seconds = seconds(approach, with.machine());
    double peak = queries / (HOURS * SECONDS) * with.load().peakFactor();
    int machines = (int) Math.max(1, Math.ceil(peak * seconds / with.load().utilisation()));
    double database = approach.retrieves() ? prices.databaseMonth() : 0;
    double retraining =
        approach.trainingHours() * prices.trainingHour()
            + approach.retrainingEngineerHours() * prices.engineerHour();
    double training = approach.retrainingsIn(with.load()) * retraining;
    double tokens =
        approach.promptTokens() * prices.hostedPromptMillion()
            + approach.answerTokens() * prices.hostedAnswerMillion();
    return new Estimate(
        approach.name(),
        queries,
        seconds,
        peak,
        machines,
        machines * prices.machineHour() * HOURS + database,
        training,
        queries * tokens / MILLION + database + training,
        approach.setupEngineerHours() * prices.engineerHour()
            + approach.trainings() * approach.trainingHours() * prices.trainingHour());
  }

  private static double seconds(Approach approach, Assumptions.Machine machine) {
    return (approach.promptTokens() - approach.reusedTokens()) / machine.promptTokensPerSecond()
        + approach.answerTokens() / machine.answerTokensPerSecond()
        + (approach.retrieves() ? machine.retrievalSeconds() : 0);
  }

  /** A month on machines of one's own. */
  public double month() {
    return serving + training;
  }

  public double perThousand() {
    return month() / queries * 1_000;
  }

  /** Set-up and twelve months. */
  public double firstYear() {
    return setup + 12 * month();
  }
}
