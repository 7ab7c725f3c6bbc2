package io.candor.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoChangeTest {
  private static final String TEXT =
      "# Delivery\n\nExpress costs €11.50 per order. Other costs €3.";

  private final DemoChange change =
      new DemoChange(
          "policies/delivery",
          "What is express?",
          "Express costs €11.50 per order.",
          "Express costs €8.90 per order.",
          "€11.50",
          "€8.90");

  @Test
  void onlyTheValueInTheSentenceChanges() {
    var changed = change.applyTo(TEXT, "€8.90");
    assertEquals(TEXT.replace("€11.50", "€8.90"), changed);
    assertEquals(Optional.of("€8.90"), change.valueIn(changed));
    assertEquals(TEXT, change.applyTo(changed, "€11.50"));
  }

  @Test
  void aTextWithoutTheSentenceHasNoValue() {
    assertEquals(Optional.empty(), change.valueIn("Express is free."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"€8.90", "45 days", "free", "30 % off", "one week's", "8,90 €"})
  void aShortPlainValueIsAllowed(String value) {
    assertTrue(DemoChange.allows(value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "<b>1</b>",
        "a\nb",
        "[x](y)",
        "![x](y)",
        "$(x)",
        "one * two",
        "12345678901234567890123456789012345678901"
      })
  void anythingElseIsNot(String value) {
    assertFalse(DemoChange.allows(value));
  }

  @Test
  void theDemoCompanysChangeIsWellFormed() {
    var real = DemoCompany.loadChange();
    assertEquals(real.changed(), real.prefix() + real.newValue() + real.suffix());
  }
}
