package io.candor.tuning.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Makes a dataset of replies.
 *
 * <ol>
 *   <li>Sources become questions with answers.
 *   <li>Greetings, quotations and signatures go; personal data in questions is masked.
 *   <li>What is too short, too long, in another language or there already is left out.
 *   <li>Each sentence gets the fact that supports it; sentences without one go.
 *   <li>The rest becomes examples in the chat's own prompt, split by conversation.
 * </ol>
 *
 * The same sources make the same dataset, whichever way an earlier run ended.
 */
public final class Preparation {
  private static final int FEWEST_WORDS = 3;

  /** The chat lets a model say 160 tokens. */
  private static final int LONGEST_ANSWER = 700;

  private static final int LONGEST_QUESTION = 1_000;

  /** Of fewer characters no language can be told. */
  private static final int TELLING = 100;

  private final Brand brand;
  private final Tools tools;
  private final Settings settings;
  private final Grounding grounding;
  private final Duplicates duplicates = new Duplicates();
  private final Tally tally = new Tally();

  /**
   * How it is done.
   *
   * @param language the BCP 47 tag of the language that examples are in
   */
  public record Settings(String language, Split split) {}

  public Preparation(Brand brand, Tools tools, Settings settings) {
    this.brand = brand;
    this.tools = tools;
    this.settings = settings;
    grounding = new Grounding(tools, brand);
  }

  /** All that the sources have, in order; read at once, so that progress can be told. */
  public List<Exchange> read(List<Source> sources) throws IOException {
    var exchanges = new ArrayList<Exchange>();
    for (var source : sources) {
      exchanges.addAll(source.read(brand));
    }
    return exchanges;
  }

  /**
   * Writes the dataset and its report into the folder.
   *
   * @param done told how many exchanges are done
   */
  public PreparationReport write(List<Exchange> exchanges, Path folder, IntConsumer done)
      throws IOException {
    if (exchanges.isEmpty()) {
      throw new IllegalArgumentException("the sources have no reply to a question");
    }
    var examples = new ArrayList<Example>();
    for (int i = 0; i < exchanges.size(); i++) {
      example(exchanges.get(i)).ifPresent(examples::add);
      done.accept(i + 1);
    }
    if (examples.isEmpty()) {
      throw new IllegalArgumentException(
          "none of %d replies is left: %s".formatted(exchanges.size(), tally.summary()));
    }
    var dataset = Dataset.write(folder, examples, settings.split());
    var report = PreparationReport.of(exchanges.size(), dataset, tally, tools.tokens());
    report.write(folder);
    return report;
  }

  private Optional<Example> example(Exchange raw) {
    var exchange =
        raw.with(
            tools.masking().masked(Boilerplate.stripped(raw.question())),
            Boilerplate.stripped(raw.answer()));
    var reason = unusable(exchange).or(() -> duplicates.reason(exchange));
    if (reason.isPresent()) {
      tally.drop(reason.get(), raw.place(), raw.answer());
      return Optional.empty();
    }
    var removed = new ArrayList<Reason>();
    var grounded =
        grounding.of(
            exchange,
            (why, sentence) -> {
              removed.add(why);
              tally.remove(why, raw.place(), sentence);
            });
    if (grounded.answer().isBlank()) {
      tally.drop(
          removed.isEmpty() ? Reason.TOO_SHORT : removed.getLast(), raw.place(), raw.answer());
      return Optional.empty();
    }
    return Optional.of(
        brand.example(
            grounded.conversation(), grounded.question(), grounded.facts(), grounded.answer()));
  }

  private Optional<Reason> unusable(Exchange exchange) {
    var answer = exchange.answer();
    if (exchange.question().isBlank() || answer.split("\\s+").length < FEWEST_WORDS) {
      return Optional.of(Reason.TOO_SHORT);
    }
    if (answer.length() > LONGEST_ANSWER || exchange.question().length() > LONGEST_QUESTION) {
      return Optional.of(Reason.TOO_LONG);
    }
    var text = exchange.question() + "\n" + answer;
    var language = text.length() < TELLING ? Optional.<String>empty() : tools.language().of(text);
    return language.isPresent() && !language.get().equals(settings.language())
        ? Optional.of(Reason.WRONG_LANGUAGE)
        : Optional.empty();
  }
}
