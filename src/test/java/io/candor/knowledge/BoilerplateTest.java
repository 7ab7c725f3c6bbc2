package io.candor.knowledge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoilerplateTest {
  private static final String CONTENT =
      "<h1>Returns</h1><p>You may return an item within thirty days of delivery. We pay the label.</p>"
          + "<h2>Exceptions</h2><p>Tents that were pitched cannot be returned, unless they are faulty.</p>";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<nav>%2$s</nav><main>%1$s</main><footer>%2$s</footer>",
        "<nav>%2$s</nav>%1$s<footer>%2$s</footer>",
        "<div class='navbar'>%2$s</div><div class='content'>%1$s</div><div id='siteFooter'>%2$s</div>",
        "<div id='cookie-banner'>%2$s</div>%1$s",
        "<header>%2$s</header><article>%1$s</article><aside>%2$s</aside>",
        "<div role='navigation'>%2$s</div>%1$s<div hidden>%2$s</div>",
        "<main></main><div>%1$s</div><nav>%2$s</nav>"
      })
  void onlyTheContentIsRead(String page) {
    var html = "<html><body>" + page.formatted(CONTENT, "Accept all") + "</body></html>";
    var words = words(html);

    assertFalse(words.contains("Accept"), words);
    assertTrue(words.contains("thirty days") && words.contains("faulty"), words);
  }

  @Test
  void aListOfLinksIsAMenu() {
    var menu = "<ul><li><a>Home</a><li><a>Shop</a><li><a>Contact</a></ul>";
    assertFalse(words(menu + CONTENT).contains("Shop"));
  }

  @Test
  void whatHoldsMostOfThePageIsReadWhateverItIsCalled() {
    assertTrue(words("<div class='cookie-notice menu'>" + CONTENT + "</div>").contains("faulty"));
    assertTrue(words("<nav>Only this is here.</nav>").contains("Only this"));
  }

  @Test
  void aPictureIsReadByItsAlternativeText() {
    var html = "<p>Fees: <img src='f.png' alt='Norway 12 EUR'></p>";
    var passage = Chunker.chunk(Format.HTML, html).getFirst();

    assertEquals("Fees: Norway 12 EUR", passage.text());
    assertTrue(html.substring(passage.start(), passage.end()).endsWith("alt='Norway 12 EUR'>"));
  }

  private static String words(String html) {
    return Chunker.chunk(Format.HTML, html).stream()
        .map(Passage::text)
        .collect(Collectors.joining("\n"));
  }
}
