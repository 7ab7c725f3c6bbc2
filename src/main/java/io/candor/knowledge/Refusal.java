package io.candor.knowledge;

/** Rolls back an event that cannot be applied, now or ever; {@link Ledger} turns it to a value. */
class Refusal extends RuntimeException {
  Refusal(String reason) {
    super(reason);
  }
}
