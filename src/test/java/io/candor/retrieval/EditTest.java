package io.candor.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditTest {
  @ParameterizedTest
  @CsvSource({
    "teh, the, SLIP",
    "retrun, return, SLIP",
    "adress, address, SLIP",
    "untill, until, SLIP",
    "delivry, delivery, OMISSION",
    "elivery, delivery, OMISSION",
    "delilvery, delivery, INSERTION",
    "delivery1, delivery, INSERTION",
    "delivary, delivery, SUBSTITUTION",
    "xelivery, delivery, SUBSTITUTION",
    "delivery, delivery, ",
    "delvery, deliveries, ",
    "retnur, return, ",
    "a, abc, "
  })
  void oneEditPartsAMisspellingFromWhatWasMeant(String written, String meant, Edit edit) {
    assertEquals(Optional.ofNullable(edit), Edit.between(written, meant));
  }
}
