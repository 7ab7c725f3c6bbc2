package io.candor.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.candor.CandorParts;
import io.candor.TestTenant;
import io.candor.knowledge.KnowledgeGate;
import io.candor.security.Credentials;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(CandorParts.class)
class SpellingTest {
  private static final String TEXT =
      """
      You may return a kettle within 30 days of delivery for a refund. Send our Limescaler back with
      its kwikclip. Orders are delivered by Ottersby's couriers; a voucher cannot be exchanged.
      """;

  private static TestTenant shop;
  private static TestTenant other;

  @Inject Spelling spelling;
  @Inject KnowledgeGate gate;
  @Inject Credentials credentials;

  @BeforeEach
  void openShops() {
    if (shop == null) {
      shop = TestTenant.create("spelling");
      shop.put("returns", "Returns", TEXT);
      other = TestTenant.create("spelling-other");
      other.put("returns", "Returns", "We take things back.");
    }
  }

  private String corrected(TestTenant tenant, String text) {
    UUID id = credentials.tenant(tenant.name()).orElseThrow();
    return gate.read(id, Optional.empty(), Optional.empty(), _ -> spelling.correct(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "can i retrun teh ketle | can i return the kettle",
        "Retrun policy for my delivry? | Return policy for my delivery?",
        "whats teh refnud window, and waht about vouchers | whats the refund window, and what about vouchers",
        "is the limescalr included | is the limescaler included",
        "my adress is wrong, becuase i moved | my address is wrong, because i moved",
        "CAN I RETRUN IT | CAN I Return IT"
      })
  void aSlipIsCorrectedToAWordOfTheDocumentsOrACommonOne(String written, String meant) {
    assertEquals(meant, corrected(shop, written));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Can I return a kettle that was delivered 30 days ago?",
        "where is order AB-1234, sent to joe.smth@exmple.com?",
        "does the kwikclip fit",
        "does the Ketle from Kettel fit my iPhone or a XR1200x",
        "do you sell debit-crad readers or see www.retrun.com/delivry",
        "can ottersby deliver kubernetes to xiaomi",
        "wie kann ich meinen ketle zuruckgeben bitte, ich habe ihn gestern gekauft",
        "",
        "🙂",
        "how many kettles? 3o"
      })
  void whatMayBeRightStaysAsItIs(String text) {
    assertEquals(text, corrected(shop, text));
  }

  @Test
  void mostSlipsAreCorrectedAndHardlyAnyIsMadeWorse() {
    var question = "may we return the kettle within thirty days of delivery for a full refund";
    var typos = new Typos(7);
    int right = 0;
    int slips = 0;
    for (int n = 0; n < 100; n++) {
      var written = typos.in(question).split(" ");
      var corrected = corrected(shop, String.join(" ", written)).split(" ");
      var meant = question.split(" ");
      for (int i = 0; i < meant.length; i++) {
        slips += written[i].equals(meant[i]) ? 0 : 1;
        right += !written[i].equals(meant[i]) && corrected[i].equals(meant[i]) ? 1 : 0;
        assertTrue(!written[i].equals(meant[i]) || corrected[i].equals(meant[i]), "a right word");
      }
    }
    assertTrue(right > 0.8 * slips, "%d of %d".formatted(right, slips));
  }

  @Test
  void onlyTheTenantsOwnWordsAreMeant() {
    assertEquals("does the limescalr fit", corrected(other, "does the limescalr fit"));
  }

  @Test
  void aMisspeltQuestionFindsWhatTheQuestionFinds() {
    var body = "{\"query\": \"retrun a ketle\", \"k\": 1}";
    var found = shop.send("POST", "/api/v1/search", body).body();
    assertTrue(found.contains("\"document\":\"returns\""), found);
    assertTrue(!found.contains("\"text\":0.0"), "words count too: " + found);
  }
}
