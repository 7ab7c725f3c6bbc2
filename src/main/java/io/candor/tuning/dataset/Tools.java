package io.candor.tuning.dataset;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a {@link Preparation} asks of the rest of the product; the command line brings it. */
public record Tools(
    Support support, Masking masking, Language language, Search search, Tokens tokens) {
  /** The verifier's word on one sentence, as the answer to a question. */
  public interface Support {
    boolean supports(String question, String fact, String sentence);
  }

  /** Replaces personal data by its type in brackets, as the chat does before anything is stored. */
  public interface Masking {
    String masked(String text);
  }

  /** The BCP 47 tag of a text's language; empty where that is not certain. */
  public interface Language {
    Optional<String> of(String text);
  }

  /** The policies' passages that may answer, as they were in force at a time, the best first. */
  public interface Search {
    List<String> passages(String query, Optional<Instant> asOf);
  }

  /** How many tokens a model reads or writes for a text. */
  public interface Tokens {
    /** Four characters make a token, about, where no model is at hand. */
    Tokens ESTIMATED = text -> (text.length() + 3) / 4;

    int of(String text);
  }
}
