package io.candor.serving;

/** A name stands for one content for ever, because answers are recorded under it. */
final class NameTaken extends IllegalArgumentException {
  NameTaken(String name) {
    super(
        "there is an adapter '%s' of other content; a name stands for one content for ever"
            .formatted(name));
  }
}
