package io.candor.helpdesk.vendor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PlainTextTest {
  @Test
  void theMailThatIsAnsweredIsLeftOut() {
    var mail =
        """
        Does that hold for shoes?

        On Mon, 2 Nov 2026 at 10:00, Shop <help@shop.example> wrote:
        > You have 30 days.
        > Yours, Shop
        """;
    assertEquals("Does that hold for shoes?", PlainText.of(mail));
    assertEquals("Yes.", PlainText.of("> Is it?\nYes."));
  }

  @Test
  void markUpIsRemovedAndLinesStay() {
    assertEquals(
        "Hello\n\nis 3 < 4?",
        PlainText.of("<p>Hello</p><div>is 3 &lt; 4?</div><blockquote>Old</blockquote>"));
    assertEquals("a < b and c > d", PlainText.of("a < b and c > d"));
  }

  @Test
  void aReplyIsKnownAgainHoweverItWasMarkedUp() {
    var text = "Yes & no: “30 days”.\n\n[1] Returns https://shop.example/r?a=1&b=2";
    assertTrue(PlainText.same(text, PlainText.toHtml(text)));
    assertFalse(PlainText.same(text, PlainText.toHtml(text.replace("30", "31"))));
  }
}
