package io.candor.widget;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import io.candor.CandorParts;
import io.candor.cli.DemoLoader;
import io.candor.embedded.DemoProfile;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The demo company's help page and the widget on it, in a real browser against the real server. */
@QuarkusTest
@QuarkusTestResource(CandorParts.class)
@TestProfile(DemoProfile.class)
class HelpPageTest {
  private static final double ANSWER_MS = 60_000;
  private static final List<String> WCAG_2_2_AA =
      List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

  private static Chromium chromium;

  @TestHTTPResource("/")
  URL home;

  private final List<String> troubles = new ArrayList<>();
  private BrowserContext context;
  private Page page;

  @BeforeAll
  static void startBrowser() {
    chromium = Chromium.start().orElse(null);
    Assumptions.assumeTrue(chromium != null, "no Chromium on this machine");
  }

  @AfterAll
  static void stopBrowser() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @BeforeEach
  void openPage() throws Exception {
    DemoLoader.load();
    open(new Browser.NewContextOptions().setViewportSize(1440, 1000));
  }

  @AfterEach
  void thePageMadeNoTrouble() {
    context.close();
    assertEquals(List.of(), troubles, "console errors, and requests to other origins");
  }

  private void open(Browser.NewContextOptions options) {
    if (context != null) {
      context.close();
    }
    context = chromium.browser().newContext(options.setReducedMotion(ReducedMotion.REDUCE));
    page = context.newPage();
    page.onConsoleMessage(message -> {
      if (message.type().equals("error")) {
        troubles.add(message.text());
      }
    });
    page.onPageError(troubles::add);
    page.onRequest(request -> {
      if (!request.url().startsWith(home.toString())) {
        troubles.add("request to " + request.url());
      }
    });
    page.navigate(home.toString());
    assertThat(page.locator("#policy a").first()).isVisible();
  }

  @Test
  void anAnswerIsAskedForAndItsSourceReadByKeyboardAlone() {
    page.locator(".launcher").focus();
    page.keyboard().press("Enter");
    assertThat(page.locator("textarea")).isFocused();
    page.keyboard().type(page.locator("#questions button").first().textContent());
    page.keyboard().press("Enter");

    awaitAnswer(0);
    assertThat(page.locator(".spoken p").first()).not().isEmpty();
    var cite = page.locator(".turn .cite").first();
    cite.focus();
    page.keyboard().press("Enter");

    var dialog = page.locator("dialog");
    assertThat(dialog.locator(".version")).containsText(Pattern.compile("Version \\d+ · valid"));
    assertThat(dialog.locator(".document mark").first()).isInViewport();
    assertTrue(dialog.locator(".document").textContent().length() > 400, "the whole version");
    noViolations();

    page.keyboard().press("Escape");
    assertThat(dialog).hasCount(0);
    assertThat(cite).isFocused();
    page.keyboard().press("Escape");
    assertThat(page.locator(".launcher")).isFocused();
  }

  @Test
  void theMarkedPassageIsTheQuote() {
    ask(page.locator("#questions button").first().textContent());
    var version = new String[1];
    page.onResponse(response -> {
      if (response.url().contains("/versions/")) {
        version[0] = response.url();
      }
    });
    page.locator(".turn .source").first().click();
    var marks = page.locator("dialog mark");
    assertThat(marks.first()).isVisible();
    var quote =
        page.evaluate(
            "() => Object.values(sessionStorage).map(JSON.parse)[0].turns[0].answer"
                + ".citations[0].quote");
    assertTrue(version[0] != null, "the version was read from the server");
    var withoutTargets = quote.toString().replaceAll("]\\([^)]*\\)", "]");
    assertEquals(letters(withoutTargets), letters(String.join("", marks.allTextContents())));
  }

  @Test
  void aChangePublishedThroughKafkaIsSeenInTheNextAnswer() {
    var change = page.locator("#change");
    var value = change.locator("input").inputValue();
    publish(change);
    assertThat(change.locator(".compare article").last().locator("ins").first())
        .containsText(value.split(" ")[0]);
    assertThat(change.locator(".compare del").first()).isVisible();
    assertThat(change.locator(".figures"))
        .containsText(Pattern.compile("In force \\d+\\.\\d\\d s"));
    noViolations();
    page.screenshot(picture("help-page-change.png"));

    publish(change);
    assertThat(change.locator(".compare del").first()).containsText(value.split(" ")[0]);
  }

  @Test
  void whatACustomerTypesIsShownAsTextAndLoadsNothing() {
    var payload =
        "<script>alert(1)</script><img src=https://evil.example/x onerror=alert(2)>"
            + " ![x](https://evil.example/y) [y](javascript:alert(3)) <svg onload=alert(4)>";
    ask(payload);
    assertThat(page.locator(".turn .question")).hasText(payload);
    assertThat(page.locator(".turns").locator("img, script, iframe, a[href*=evil]")).hasCount(0);
  }

  @Test
  void aConversationSurvivesAReloadAndCanBeStartedAnew() {
    ask(page.locator("#questions button").first().textContent());
    page.reload();
    page.locator(".launcher").click();
    awaitAnswer(0);
    page.getByLabel("New conversation").click();
    assertThat(page.locator(".turn")).hasCount(0);
    assertThat(page.locator("textarea")).isFocused();
  }

  @Test
  void aDocumentShowsTheVersionInForceAndItsHistory() {
    page.navigate(home + "#/" + "policies%2Fshipping-ireland");
    assertThat(page.locator(".dates")).containsText(Pattern.compile("Version \\d+, valid from"));
    var versions = page.locator(".history a");
    assertTrue(versions.count() > 1, "the history has several versions");
    versions.last().click();
    assertThat(page.locator(".dates")).containsText("Version 1, valid from");
    noViolations();
  }

  @Test
  void anAnswersSourceForThePicture() {
    ask(page.locator("#questions button").first().textContent());
    page.locator(".turn .source").first().click();
    assertThat(page.locator("dialog mark").first()).isInViewport();
    page.screenshot(picture("help-page-source.png"));
  }

  @Test
  void itFitsASmallScreenInTheDark() {
    open(
        new Browser.NewContextOptions().setViewportSize(320, 640).setColorScheme(ColorScheme.DARK));
    assertTrue(fits(), "the page is no wider than the window");
    noViolations();
    ask(page.locator("#questions button").first().textContent());
    assertTrue(fits(), "the panel is no wider than the window");
    noViolations();
  }

  @Test
  void nothingMovesWhenTheWidgetComesAndOpens() {
    page.evaluate(
        "() => { window.shift = 0; new PerformanceObserver(list => list.getEntries()"
            + ".forEach(entry => window.shift += entry.value)).observe({type: 'layout-shift'}); }");
    page.locator(".launcher").click();
    assertThat(page.locator("textarea")).isFocused();
    assertEquals(0.0, ((Number) page.evaluate("window.shift")).doubleValue());
  }

  @Test
  void thePageAndAnAnswerForThePicture() {
    noViolations();
    publish(page.locator("#change"));
    ask(page.locator("#questions button").first().textContent());
    page.evaluate("scrollTo(0, 0)");
    noViolations();
    page.screenshot(picture("help-page.png"));
    publish(page.locator("#change"));
  }

  private void publish(Locator change) {
    change.locator("form button").click();
    assertThat(change.locator(".figures strong").last())
        .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(2 * ANSWER_MS));
  }

  private void ask(String question) {
    var before = page.locator(".turn").count();
    if (page.locator(".launcher").isVisible()) {
      page.locator(".launcher").click();
    }
    page.locator("textarea").fill(question);
    page.locator("textarea").press("Enter");
    awaitAnswer(before);
  }

  private void awaitAnswer(int turn) {
    var answer = page.locator(".turn").nth(turn);
    assertThat(answer)
        .hasAttribute(
            "data-outcome",
            Pattern.compile("answered|clarify|abstained|handed_off"),
            new LocatorAssertions.HasAttributeOptions().setTimeout(ANSWER_MS));
    assertThat(answer.locator(".answer")).not().isEmpty();
    assertThat(answer.locator(".freshness")).isVisible();
  }

  private void noViolations() {
    var results = new AxeBuilder(page).withTags(WCAG_2_2_AA).analyze();
    var found =
        results.getViolations().stream()
            .map(it -> it.getId() + " at " + it.getNodes().getFirst().getTarget())
            .toList();
    assertEquals(List.of(), found, "accessibility violations");
  }

  @Test
  void aThumbSaysWhatOneThinksOfAnAnswer() {
    page.locator("#questions button").first().click();
    awaitAnswer(0);
    page.getByLabel("Not helpful").click();
    assertThat(page.locator(".thumbs [role=status]")).hasText("Thank you.");
    page.getByLabel("Helpful", new Page.GetByLabelOptions().setExact(true)).click();
    assertThat(page.locator(".thumb[aria-pressed=true]")).hasAttribute("aria-label", "Helpful");
    assertThat(page.locator(".thumb[aria-pressed=true]")).hasCount(1);
  }

  private boolean fits() {
    return (Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth");
  }

  private static Page.ScreenshotOptions picture(String name) {
    return new Page.ScreenshotOptions().setPath(Path.of("target", name));
  }

  /** Text without Markdown's marks and white space, which the page does not show. */
  private static String letters(String text) {
    return text.replaceAll("[^\\p{L}\\p{N}]", "");
  }
}
