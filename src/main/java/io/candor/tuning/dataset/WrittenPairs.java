package io.candor.tuning.dataset;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Pairs that people wrote in YAML, a topic a file, made into exchanges: slots are filled, wordings
 * take turns, facts change places, and facts of other pairs of the topic come among them, which the
 * answer must leave alone. The same seed makes the same exchanges.
 */
final class WrittenPairs {
  private static final YAMLMapper YAML = new YAMLMapper();

  /** How many exchanges a pair makes: more where its values change. */
  private static final int WITH_SLOTS = 4;

  private static final int WITHOUT = 3;

  /**
   * How often facts that do not answer are among those that do, and how often they change places.
   */
  private static final double DISTRACTED = 0.4;

  private static final double SHUFFLED = 0.25;
  private static final int MOST_FACTS = 5;

  private final Slots slots;
  private final long seed;

  /** A file's pairs. */
  record Topic(String name, List<Pair> pairs) {
    static Topic read(String name, InputStream yaml) throws IOException {
      return new Topic(name, List.copyOf(YAML.readValue(yaml, new TypeReference<List<Pair>>() {})));
    }
  }

  WrittenPairs(Slots slots, long seed) {
    this.slots = slots;
    this.seed = seed;
  }

  static Slots slots(InputStream yaml) throws IOException {
    return new Slots(YAML.readValue(yaml, new TypeReference<Map<String, List<String>>>() {}));
  }

  /** All exchanges of one pair are one conversation. */
  List<Exchange> of(Topic topic, Brand brand) {
    var exchanges = new ArrayList<Exchange>();
    for (int i = 0; i < topic.pairs().size(); i++) {
      var name = "%s-%02d".formatted(topic.name(), i + 1);
      var pair = topic.pairs().get(i);
      // a pair's own numbers, which do not change when a pair is added before it
      var random = new Random(seed * 31 + String.join("\n", pair.texts()).hashCode());
      int count = pair.hasSlots() ? WITH_SLOTS : WITHOUT;
      for (int n = 0; n < count; n++) {
        exchanges.add(exchange(name, topic, pair, n, brand, random));
      }
    }
    return exchanges.stream().distinct().toList();
  }

  private Exchange exchange(
      String name, Topic topic, Pair pair, int n, Brand brand, RandomGenerator random) {
    var drawn = slots.with(pair.with()).draw(pair.texts(), random);
    var facts = new ArrayList<>(pair.facts());
    if (n > 0 && pair.answers() && random.nextDouble() < DISTRACTED) {
      facts.addAll(others(topic, pair, MOST_FACTS - facts.size(), random));
    }
    var order = new ArrayList<>(IntStream.range(0, facts.size()).boxed().toList());
    if (n > 0 && random.nextDouble() < SHUFFLED || facts.size() > pair.facts().size()) {
      Collections.shuffle(order, Random.from(random));
    }
    var texts = order.stream().map(facts::get).map(text -> Slots.fill(text, drawn)).toList();
    var ask = pair.ask().get(n % pair.ask().size());
    return new Exchange(name, Slots.fill(ask, drawn), texts, answer(pair, brand, drawn, order));
  }

  private static String answer(
      Pair pair, Brand brand, Map<String, String> drawn, List<Integer> order) {
    return switch (pair.say()) {
      case Pair.ABSTAIN -> brand.abstain();
      case Pair.CLARIFY -> brand.clarify();
      default ->
          Marked.renumbered(Slots.fill(pair.say(), drawn), fact -> order.indexOf(fact - 1) + 1);
    };
  }

  private List<String> others(Topic topic, Pair pair, int most, RandomGenerator random) {
    if (most <= 0 || topic.pairs().size() < 2) {
      return List.of();
    }
    var others = topic.pairs().stream().filter(other -> other != pair && other.answers()).toList();
    var other = others.get(random.nextInt(others.size()));
    var drawn = slots.with(other.with()).draw(other.facts(), random);
    return other.facts().stream()
        .limit(Math.min(most, 1 + random.nextInt(2)))
        .map(fact -> Slots.fill(fact, drawn))
        .toList();
  }
}
