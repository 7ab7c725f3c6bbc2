package io.candor.serving;

import java.util.Optional;

/**
 * How tokens are chosen.
 *
 * @param temperature 0 always takes the likeliest token
 * @param topP keeps the likeliest tokens that together have this probability; 1 keeps all
 * @param topK keeps this many of the likeliest tokens; 0 keeps all
 * @param seed of the random numbers: the same seed gives the same tokens
 * @param grammar what the answer may look like, in llama.cpp's GBNF
 */
record Sampling(double temperature, double topP, int topK, int seed, Optional<String> grammar) {
  static final Sampling GREEDY = new Sampling(0, 1, 0, 0, Optional.empty());

  Sampling {
    if (!(temperature >= 0 && temperature <= 10)) {
      throw new IllegalArgumentException("temperature must be 0 to 10, not " + temperature);
    }
    if (!(topP > 0 && topP <= 1)) {
      throw new IllegalArgumentException("top_p must be above 0 and at most 1, not " + topP);
    }
    if (topK < 0) {
      throw new IllegalArgumentException("top_k must not be negative, but is " + topK);
    }
    if (seed == -1) { // llama.cpp takes this one for "any"
      throw new IllegalArgumentException("seed must not be -1");
    }
    if (grammar.filter(String::isBlank).isPresent()) {
      throw new IllegalArgumentException("the grammar is empty");
    }
  }
}
