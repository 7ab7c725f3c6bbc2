package io.candor.knowledge.loading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.candor.knowledge.Draft;
import io.candor.knowledge.Kind;
import io.candor.knowledge.loading.LoadedFile.Entry;
import io.candor.knowledge.loading.LoadedFile.Loaded;
import io.candor.knowledge.loading.LoadedFile.Refused;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoaderTest {
  @TempDir Path folder;

  @Test
  void aPdfIsReadWithItsHeadingsTablesAndParagraphsAndWithoutWhatRepeats() throws IOException {
    var page =
        """
        50 810 8 Ottersby Outdoor and Home
        50 760 20 %s
        50 720 11 You may return any item within thirty days of deli-
        50 706 11 very, and we pay for the self-addressed label that you
        50 692 11 need. Tents are an exception.
        50 660 14 Fees
        50 630 11 Country
        200 630 11 Fee
        300 630 11 Days
        50 614 11 Norway
        200 614 11 12 EUR
        300 614 11 9
        50 598 11 Iceland
        200 598 11 20 EUR
        300 598 11 14
        50 560 11 The self-addressed label comes by post: %s.
        50 30 8 Page %d of 2
        """;
    var pdf =
        TestFiles.pdf(page.formatted("Returns", "free", 1), page.formatted("Refunds", "paid", 2));
    var draft = only(TestFiles.save(pdf, folder.resolve("returns.pdf")));

    assertEquals("Returns", draft.title());
    assertEquals(Optional.of("en"), draft.locale());
    assertEquals(
        """
        # Returns

        You may return any item within thirty days of delivery, and we pay for the self-addressed \
        label that you need. Tents are an exception.

        ## Fees

        | Country | Fee | Days |
        | --- | --- | --- |
        | Norway | 12 EUR | 9 |
        | Iceland | 20 EUR | 14 |

        The self-addressed label comes by post: free.
        """,
        draft.text().substring(0, draft.text().indexOf("\n# Refunds")));
  }

  @Test
  void twoColumnsAreReadOneAfterTheOther() throws IOException {
    var lines = new StringBuilder("50 790 18 One heading over both of the two columns\n");
    for (int column = 0; column < 2; column++) {
      for (int i = 0; i < 8; i++) {
        lines.append(
            "%d %d 10 column %s line %d has quite a few words\n"
                .formatted(50 + 270 * column, 760 - 14 * i, "ab".charAt(column), i));
      }
    }
    var draft = only(TestFiles.save(TestFiles.pdf(lines.toString()), folder.resolve("c.pdf")));

    assertTrue(draft.text().indexOf("column a line 7") < draft.text().indexOf("column b line 0"));
    assertTrue(draft.text().contains("a line 0 has quite a few words column a line 1"));
  }

  @Test
  void aWordDocumentIsReadWithItsHeadingsListsTablesAndPictures() throws IOException {
    var file =
        TestFiles.docx(
            folder.resolve("d.docx"),
            """
            <w:p><w:pPr><w:pStyle w:val="berschrift1"/></w:pPr><w:r><w:t>Warranty</w:t></w:r></w:p>
            <w:p><w:r><w:t xml:space="preserve">Two </w:t></w:r>
              <w:del><w:r><w:delText>or three</w:delText></w:r></w:del>
              <w:r><w:t>years.</w:t></w:r></w:p>
            <w:p><w:pPr><w:pStyle w:val="Own"/></w:pPr><w:r><w:t>Not covered</w:t></w:r></w:p>
            <w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>
              <w:r><w:t>Wear</w:t></w:r></w:p>
            <w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>
              <w:r><w:t>Misuse</w:t></w:r></w:p>
            <w:tbl>
              <w:tr><w:tc><w:p><w:r><w:t>Part</w:t></w:r></w:p></w:tc>
                <w:tc><w:p><w:r><w:t>Years</w:t></w:r></w:p></w:tc></w:tr>
              <w:tr><w:tc><w:p><w:r><w:t>Zip|per</w:t></w:r></w:p></w:tc>
                <w:tc><w:p><w:r><w:t>5</w:t></w:r></w:p></w:tc></w:tr>
            </w:tbl>
            <w:p><w:r><w:drawing><docPr descr="A seam, torn"/></w:drawing></w:r></w:p>
            """);

    assertEquals(
        """
        # Warranty

        Two years.

        ## Not covered

        - Wear
        - Misuse

        | Part | Years |
        | --- | --- |
        | Zip\\|per | 5 |

        (Image: A seam, torn)
        """,
        only(file).text());
    assertEquals("Warranty", only(file).title());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          'Question,Answer\nHow long?,"Thirty days, from ""delivery""."\nWho pays?,We do.'
          '\uFEFFid;FRAGE;Antwort\n7;How long?;Thirty days, from "delivery".\n8;Who pays?;We do.'
          'answer\tquestion\nThirty days, from "delivery".\tHow long?\n\nWe do.\tWho pays?'
          """)
  void rowsOfQuestionsBecomeDocuments(String csv) {
    var documents = loaded(csv, "faq.csv");

    assertEquals(2, documents.size());
    assertEquals("How long?", documents.getFirst().draft().title());
    assertEquals("Thirty days, from \"delivery\".", documents.getFirst().draft().text());
    assertEquals(Kind.FAQ, documents.getFirst().draft().kind());
    assertTrue(List.of("faq.csv#how-long", "faq.csv#7").contains(documents.getFirst().key()));
  }

  @Test
  void aKeyOfARowStaysWhenRowsMove() {
    var before = loaded("q,a\nOne?,Yes.\nTwo?,No.\nTwo?,Never.", "f.csv");
    var after = loaded("q,a\nNew?,No.\nOne?,Yes.\nTwo?,No.", "f.csv");

    assertEquals(before.getFirst().key(), after.get(1).key());
    assertEquals(
        List.of("f.csv#one", "f.csv#two", "f.csv#two-2"), before.stream().map(Entry::key).toList());
  }

  @Test
  void questionsInJsonBecomeDocumentsWhereverTheListIs() {
    var list = "[{\"question\": \"How long?\", \"answer\": \"<p>Thirty days.</p>\"}]";

    assertEquals("faq.json#how-long", loaded(list, "faq.json").getFirst().key());
    assertEquals(
        "html", "" + loaded("{\"faqs\": " + list + "}", "faq.json").getFirst().draft().format());
  }

  @Test
  void aRowThatLacksSomethingIsRefusedAndTheOthersAreTaken() {
    var csv = loaded(load("q,a\nOne?,Yes.\nTwo?,\n\n,No.\nFive?,No.", "f.csv"));
    assertEquals(
        List.of("f.csv#one", "f.csv#five"), csv.documents().stream().map(Entry::key).toList());
    assertEquals(List.of("row 3: it has no answer", "row 5: it has no question"), csv.refused());

    var json = loaded(load("[{\"q\": \"One?\"}, 2, {\"q\": \"x\", \"a\": \"y\"}]", "f.json"));
    assertEquals(List.of("f.json#x"), json.documents().stream().map(Entry::key).toList());
    assertTrue(json.refused().getFirst().startsWith("entry 1: no column 'answer' among [q]"));
    assertEquals("entry 2: it is not an object", json.refused().getLast());
  }

  @Test
  void frontMatterOfASiteGeneratorIsReadAsFarAsItDescribesADocument() {
    var page =
        loaded(
                """
                ---
                title: 2026
                layout: page
                redirect_from: [/old, /older]
                tags: shoes, tents
                valid_from: 2026-01-01
                ---
                Thirty days.
                """,
                "page.md")
            .getFirst()
            .draft();

    assertEquals("2026", page.title());
    assertEquals(List.of("shoes", "tents"), page.tags());
    assertEquals(Optional.of(Instant.parse("2026-01-01T00:00:00Z")), page.validFrom());
    assertEquals("Thirty days.\n", page.text());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          f.csv  ~ 'name,value\nx,y'                  ~ no column 'question' among [name, value]
          f.csv  ~ 'question,answer\nx,"y'            ~ Missing closing quote
          f.json ~ '{'                                ~ it is not JSON
          f.md   ~ '---\ntitle: [\n---\nx'            ~ its front matter is not YAML (line
          f.md   ~ '---\ntitle: A: b\n---\nx'         ~ (line 2): mapping values are not allowed here; a text
          f.md   ~ '---\nvalid_form: x\n---\nx'       ~ there is no field 'valid_form'
          f.exe  ~ x                                  ~ only these are read: md
          """)
  void whatIsWrongIsSaid(String name, String text, String reason) {
    var refused = assertInstanceOf(Refused.class, load(text, name));
    assertTrue(refused.reason().contains(reason), refused.reason());
  }

  @Test
  void aTextIsDecodedByItsMarkElseAsUtf8ElseAsWindows1252() {
    var text = "Für 5 € – “frei”";
    for (var charset : List.of("UTF-8", "UTF-16", "windows-1252")) {
      assertEquals(
          text, loaded(text.getBytes(Charset.forName(charset)), "t.txt").getFirst().draft().text());
    }
    var russian = "<meta charset=koi8-r><p>Возврат в течение тридцати дней";
    var page = loaded(russian.getBytes(Charset.forName("KOI8-R")), "t.html").getFirst().draft();
    assertEquals(russian, page.text());
    assertEquals(Optional.of("ru"), page.locale());
  }

  @Test
  void aPageDescribesItself() {
    var page =
        loaded(
                """
                <html lang="de-AT"><head><title>Rückgabe | Ottersby</title>
                <link rel="canonical" href="https://ottersby.example/returns"></head><h1>Rückgabe</h1><p>30 Tage.
                """,
                "r.html")
            .getFirst()
            .draft();

    assertEquals("Rückgabe", page.title());
    assertEquals(Optional.of("de-AT"), page.locale());
    assertEquals(Optional.of("https://ottersby.example/returns"), page.url());
  }

  private Draft only(Path file) {
    return loaded(Loader.load(file, file.getFileName().toString(), "k"))
        .documents()
        .getFirst()
        .draft();
  }

  private static LoadedFile load(byte[] bytes, String name) {
    return Loader.load(bytes, name, name);
  }

  private static LoadedFile load(String text, String name) {
    return load(text.getBytes(StandardCharsets.UTF_8), name);
  }

  private static Loaded loaded(LoadedFile file) {
    return assertInstanceOf(Loaded.class, file, file::toString);
  }

  private static List<Entry> loaded(byte[] bytes, String name) {
    return loaded(load(bytes, name)).documents();
  }

  private static List<Entry> loaded(String text, String name) {
    return loaded(text.getBytes(StandardCharsets.UTF_8), name);
  }
}
