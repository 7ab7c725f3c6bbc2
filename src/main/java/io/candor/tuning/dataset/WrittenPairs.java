package io.candor.tuning.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Pairs that people wrote in YAML, a topic a file, made into exchanges: slots are filled, wordings
 * take turns, facts change places, and facts of other pairs of the topic come among them, which the
 * answer must leave alone. The same seed makes the same exchanges.
 */
final class WrittenPairs implements Source {
  /** How many exchanges a pair makes: more where its values change. */
  private static final int WITH_SLOTS = 4;

  private static final int WITHOUT = 3;

  /** How often facts that do not answer are among those that do. */
  private static final double DISTRACTED = 0.4;

  /** How often facts change places. */
  private static final double SHUFFLED = 0.25;

  private static final int MOST_FACTS = 5;

  private final Reader material;
  private final long seed;

  private interface Reader {
    Topic.Material read() throws IOException;
  }

  private WrittenPairs(Reader material, long seed) {
    this.material = material;
    this.seed = seed;
  }

  /** A file, or a folder of files; {@code slots.yaml} beside them has the slots' values. */
  static WrittenPairs in(Path path, long seed) {
    return new WrittenPairs(() -> Topic.read(path), seed);
  }

  static WrittenPairs demo(long seed) {
    return new WrittenPairs(Topic::carried, seed);
  }

  /** All exchanges of one pair are one conversation. */
  @Override
  public List<Exchange> read(Brand brand) throws IOException {
    var read = material.read();
    return read.topics().stream()
        .flatMap(topic -> exchanges(topic, read.slots(), brand).stream())
        .toList();
  }

  private List<Exchange> exchanges(Topic topic, Slots slots, Brand brand) {
    var exchanges = new ArrayList<Exchange>();
    for (int i = 0; i < topic.pairs().size(); i++) {
      var pair = topic.pairs().get(i);
      // of the pair alone: its exchanges stay the same when another is added
      var random = new Random(seed * 31 + String.join("\n", pair.texts()).hashCode());
      var variation = new Variation(topic, pair, slots, brand, random);
      int count = pair.hasSlots() ? WITH_SLOTS : WITHOUT;
      for (int n = 0; n < count; n++) {
        exchanges.add(variation.exchange("%s-%02d".formatted(topic.name(), i + 1), n));
      }
    }
    return exchanges.stream().distinct().toList();
  }

  /** The exchanges of one pair. */
  private record Variation(
      Topic topic, Pair pair, Slots slots, Brand brand, RandomGenerator random) {
    /** The first is as it was written. */
    Exchange exchange(String conversation, int n) {
      var drawn = slots.with(pair.with()).draw(pair.texts(), random);
      var facts = new ArrayList<>(pair.facts());
      if (n > 0 && pair.answers() && random.nextDouble() < DISTRACTED) {
        facts.addAll(others(MOST_FACTS - facts.size()));
      }
      var order = new ArrayList<>(IntStream.range(0, facts.size()).boxed().toList());
      if (n > 0 && random.nextDouble() < SHUFFLED || facts.size() > pair.facts().size()) {
        Collections.shuffle(order, Random.from(random));
      }
      return new Exchange(
          conversation,
          conversation,
          Slots.fill(pair.ask().get(n % pair.ask().size()), drawn),
          order.stream().map(facts::get).map(fact -> Slots.fill(fact, drawn)).toList(),
          answer(drawn, order),
          Optional.empty());
    }

    private String answer(Map<String, String> drawn, List<Integer> order) {
      return switch (pair.say()) {
        case Pair.ABSTAIN -> brand.abstain();
        case Pair.CLARIFY -> brand.clarify();
        default ->
            Marked.renumbered(Slots.fill(pair.say(), drawn), fact -> order.indexOf(fact - 1) + 1);
      };
    }

    /** One or two facts of another pair. */
    private List<String> others(int most) {
      var others = topic.pairs().stream().filter(p -> p != pair && p.answers()).toList();
      if (most <= 0 || others.isEmpty()) {
        return List.of();
      }
      var other = others.get(random.nextInt(others.size()));
      var drawn = slots.with(other.with()).draw(other.facts(), random);
      return other.facts().stream()
          .limit(Math.min(most, 1 + random.nextInt(2)))
          .map(fact -> Slots.fill(fact, drawn))
          .toList();
    }
  }
}
