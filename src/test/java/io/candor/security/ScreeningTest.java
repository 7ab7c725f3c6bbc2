package io.candor.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.BadRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScreeningTest {
  private final Screening screening = new Screening(new PersonalData(), new InjectionDetector());
  private final ScreenResource resource = new ScreenResource(screening);

  @Test
  void theAnswerHasTheShapeOfTheContract() throws Exception {
    var json =
        new ObjectMapper()
            .valueToTree(resource.screen(new ScreenResource.Request("my ssn is 123-45-6789")));
    assertEquals("benign", json.at("/injection/verdict").asText());
    assertTrue(json.at("/injection/score").isNumber());
    assertEquals("{\"type\":\"us_ssn\",\"start\":10,\"end\":21}", json.at("/pii/0").toString());
    assertEquals("my ssn is [US_SSN]", json.at("/redacted").asText());
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " \n\t"})
  void aMissingTextIsRefused(String text) {
    assertThrows(
        BadRequestException.class, () -> resource.screen(new ScreenResource.Request(text)));
  }

  @Test
  void aMissingBodyIsRefused() {
    assertThrows(BadRequestException.class, () -> resource.screen(null));
  }

  @Test
  void theLongestTextIsTakenAndOneMoreCharacterRefused() {
    String longest = "a".repeat(Screening.LONGEST_TEXT);
    assertEquals(longest, resource.screen(new ScreenResource.Request(longest)).redacted());
    var refused =
        assertThrows(
            BadRequestException.class,
            () -> resource.screen(new ScreenResource.Request(longest + "a")));
    assertEquals("text has 32769 characters; at most 32768 are taken", refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0000\u0001\u001f",
        "\ud800",
        "\udfff call me at 555-123-4567",
        "مرحبا كيف حالك",
        "\u202etxt.exe",
        "🙂🙃"
      })
  void binaryAndControlCharactersAreTaken(String text) {
    assertEquals(text.replace("555-123-4567", "[PHONE]"), screening.screen(text).redacted());
  }
}
