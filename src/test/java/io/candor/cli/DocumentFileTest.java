package io.candor.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentFileTest {
  @Test
  void frontMatterBecomesFieldsAndTheRestIsTheText() throws IOException {
    DocumentFile file =
        DocumentFile.parse(
            "refunds.md",
            """
            ---
            key: policies/refunds
            title: "Refunds: when"
            kind: policy
            valid_from: 2026-06-01T00:00:00Z
            ---

            # Refunds

            Within 5 days.
            """,
            "ignored");
    assertEquals("policies/refunds", file.key());
    assertEquals(
        DocumentFile.JSON.readTree(
            """
            {"title": "Refunds: when", "kind": "policy", "valid_from": "2026-06-01T00:00:00Z",
             "format": "markdown", "text": "# Refunds\\n\\nWithin 5 days.\\n"}
            """),
        file.document());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a.md   | '# Returns #'                    | markdown | Returns
          a.html | '<title>Gift cards</title><p>x'  | html     | Gift cards
          b.txt  | 'no title here'                  | text     | b
          """)
  void aFileWithoutFrontMatterIsNamedByItsTitle(
      String name, String content, String format, String title) throws IOException {
    DocumentFile file = DocumentFile.parse(name, content, "folder/" + name);
    assertEquals("folder/" + name, file.key());
    assertEquals(format, file.document().get("format").asText());
    assertEquals(title, file.document().get("title").asText());
    assertEquals(content, file.document().get("text").asText());
  }

  @Test
  void aJsonDocumentIsTakenAsItIs() throws IOException {
    var json = "\"title\":\"t\",\"kind\":\"faq\",\"format\":\"text\",\"text\":\"x\"}";
    DocumentFile file = DocumentFile.parse("d.json", "{\"key\": \"k\", " + json, "d");
    assertEquals("k", file.key());
    assertEquals("{" + json, file.document().toString());
  }

  @Test
  void whatIsNoDocumentIsRefusedInOneLine() {
    var refused =
        assertThrows(CommandFailure.class, () -> DocumentFile.parse("list.json", "[1]", "list"));
    assertEquals("list.json: entry 1: it is not an object", refused.getMessage());
  }
}
