package io.candor.widget;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.candor.CandorParts;
import io.candor.cli.DemoLoader;
import io.candor.embedded.DemoProfile;
import io.candor.serving.AdapterAdministration;
import io.candor.serving.lora.TestLora;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page that shows plain and tuned answers side by side, in a real browser. */
@QuarkusTest
@QuarkusTestResource(CandorParts.class)
@TestProfile(DemoProfile.class)
class VoicePageTest {
  private static final LocatorAssertions.ContainsTextOptions SOON =
      new LocatorAssertions.ContainsTextOptions().setTimeout(60_000);

  @TestHTTPResource("/voice")
  URL address;

  @TempDir private Path folder;

  private void storeAdapter() throws Exception {
    var weight = new TestLora.Weight("blk.3.attn_q.weight", 576, 576);
    var file = TestLora.adapter(folder.resolve("brand"), 1, 2, 4, 1e-6f, weight);
    try (var owner = CandorParts.connect("quarkus.flyway")) {
      AdapterAdministration.add(owner, "demo", "brand", file, Optional.empty());
    }
  }

  @Test
  void bothAnswersAreShownWithTheirSourcesAndTimes() throws Exception {
    DemoLoader.load();
    storeAdapter();
    var chromium = Chromium.start().orElse(null);
    Assumptions.assumeTrue(chromium != null, "no Chromium on this machine");
    try (chromium) {
      var page = chromium.browser().newPage();
      var troubles = new ArrayList<String>();
      page.onPageError(troubles::add);
      page.navigate(address.toString());
      assertThat(page.locator("option")).containsText(new String[] {"brand"});
      page.locator("form button").click();
      var sides = page.locator(".compare article");
      for (int i = 0; i < 2; i++) {
        var side = sides.nth(i);
        assertThat(side.locator(".timing")).containsText("First sentence after", SOON);
        assertThat(side.locator(".text")).containsText(Pattern.compile("\\[1]"));
        assertThat(side.locator(".cited li").first()).containsText("[1] ");
      }
      assertThat(sides.nth(0).locator(".timing")).containsText("no adapter");
      assertThat(sides.nth(1).locator("h2")).hasText("Tuned: brand");
      var violations = new AxeBuilder(page).analyze().getViolations();
      assertEquals(List.of(), violations.stream().map(it -> it.getId()).toList());
      assertEquals(List.of(), troubles);
    }
  }
}
