package io.candor.security;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Sets of lower-case words, written as running text. */
final class WordList {
  private WordList() {}

  static Set<String> of(String words) {
    return Stream.of(words.strip().split("\\s+")).collect(Collectors.toUnmodifiableSet());
  }
}
