package io.candor.tuning.dataset;

import java.util.Locale;

/** Why an example, or a sentence of one, is not in the dataset. */
enum Reason {
  BOILERPLATE("greetings, signatures and courtesies, which say nothing"),
  TOO_SHORT("nothing to learn from in so few words"),
  TOO_LONG("more than the chat would say"),
  WRONG_LANGUAGE("not in the dataset's language"),
  DUPLICATE("the same question with the same answer"),
  NEAR_DUPLICATE("nearly the same as in another conversation"),
  PERSONAL_DATA("a customer's name, number or address"),
  LEAKED("no policy supports it: it would teach the model to invent");

  private final String meaning;

  Reason(String meaning) {
    this.meaning = meaning;
  }

  /** As people and files call it: "near duplicate". */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  static Reason labelled(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT).replace(' ', '_'));
  }

  String meaning() {
    return meaning;
  }
}
