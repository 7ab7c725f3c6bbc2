package io.candor.tuning.dataset;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Values that written pairs leave open, as {@code {days}}. {@code {days2}} is another value than
 * {@code {days}}, and stands after it in the list: lists are written in ascending order, so that
 * the longer time stays the longer one.
 */
record Slots(Map<String, List<String>> values) {
  static final Slots NONE = new Slots(Map.of());

  private static final Pattern SLOT = Pattern.compile("\\{([a-z_]+)(\\d*)}");

  Slots {
    values = Map.copyOf(values);
  }

  Slots with(Map<String, List<String>> own) {
    var all = new HashMap<>(values);
    all.putAll(own);
    return new Slots(all);
  }

  static boolean in(String text) {
    return SLOT.matcher(text).find();
  }

  /** One value for each slot of these texts. */
  Map<String, String> draw(List<String> texts, RandomGenerator random) {
    var names = new TreeMap<String, TreeSet<Integer>>();
    for (var text : texts) {
      SLOT.matcher(text)
          .results()
          .forEach(slot ->
              names.computeIfAbsent(slot.group(1), _ -> new TreeSet<>()).add(place(slot.group(2))));
    }
    var drawn = new HashMap<String, String>();
    names.forEach((name, places) -> draw(name, places, random, drawn));
    return drawn;
  }

  static String fill(String text, Map<String, String> drawn) {
    return SLOT.matcher(text)
        .replaceAll(slot -> drawn.get(key(slot.group(1), place(slot.group(2)))));
  }

  private void draw(
      String name, TreeSet<Integer> places, RandomGenerator random, Map<String, String> drawn) {
    var choices = values.get(name);
    if (choices == null || choices.size() < places.size()) {
      throw new IllegalArgumentException(
          "there are fewer than %d values for {%s}".formatted(places.size(), name));
    }
    var order = new ArrayList<>(IntStream.range(0, choices.size()).boxed().toList());
    Collections.shuffle(order, Random.from(random));
    var chosen = order.stream().limit(places.size()).sorted().iterator();
    places.forEach(place -> drawn.put(key(name, place), choices.get(chosen.next())));
  }

  private static int place(String digits) {
    return digits.isEmpty() ? 1 : Integer.parseInt(digits);
  }

  private static String key(String name, int place) {
    return name + place;
  }
}
