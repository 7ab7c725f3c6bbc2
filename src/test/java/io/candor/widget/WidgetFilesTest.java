package io.candor.widget;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WidgetFilesTest {
  private static final Pattern UNSAFE =
      Pattern.compile(
          "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\(|Function\\(");

  @Test
  void theLoaderIsAtMost3KilobytesCompressed() throws IOException {
    assertTrue(compressed("widget.js") <= 3 * 1024);
  }

  @Test
  void thePanelIsAtMost30KilobytesCompressed() throws IOException {
    var size = 0;
    for (var file : new String[] {"panel.js", "panel.css", "api.js", "document.js"}) {
      size += compressed("widget/" + file);
    }
    assertTrue(size <= 30 * 1024);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "widget.js",
        "widget/panel.js",
        "widget/api.js",
        "widget/document.js",
        "help/help.js",
        "help/change.js"
      })
  void noScriptTurnsTextIntoMarkupOrCode(String file) throws IOException {
    var text = new String(read(file), java.nio.charset.StandardCharsets.UTF_8);
    assertFalse(UNSAFE.matcher(text).find());
  }

  private static int compressed(String file) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(read(file));
    }
    return bytes.size();
  }

  private static byte[] read(String file) throws IOException {
    try (var stream = WidgetFilesTest.class.getResourceAsStream("/META-INF/resources/" + file)) {
      return stream.readAllBytes();
    }
  }
}
