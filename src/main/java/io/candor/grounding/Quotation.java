package io.candor.grounding;

/** A passage's plain text, to tell a claim that is one or more of its whole sentences. */
record Quotation(String plain) {

  static Quotation of(String passage) {
    return new Quotation(NumberWords.digits(PlainText.of(passage)));
  }

  /** Whether the passage says exactly this, from the start of a sentence to the end of one. */
  boolean quotes(Reading claim) {
    String said = claim.plain();
    int at = plain.indexOf(said);
    if (at < 0 || !said.matches("(?s)[\"'(]*\\p{Lu}.*")) {
      return false;
    }
    String before = plain.substring(0, at).stripTrailing();
    boolean starts = before.isEmpty() || ".!?".indexOf(before.charAt(before.length() - 1)) >= 0;
    boolean ends = at + said.length() == plain.length() || said.matches("(?s).*[.!?][\"')]*");
    return starts && ends;
  }
}
