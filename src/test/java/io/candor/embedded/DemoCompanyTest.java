package io.candor.embedded;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The demo company's texts agree with themselves: documents, publishing order, change and suite.
 */
class DemoCompanyTest {
  private static final Path DEMO = Path.of("src/main/resources/demo");
  private static final Pattern FRONT_MATTER =
      Pattern.compile("\\A---\\n(.*?)\\n---\\n(.*)\\z", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\]\\(([a-z0-9./-]+)\\)");
  private static final Map<String, String> FOLDERS =
      Map.of("policy", "policies", "product", "products", "faq", "faq");
  private static final ObjectMapper YAML = new YAMLMapper().registerModule(new JavaTimeModule());

  private static List<String> index;
  private static List<Document> documents;
  private static Map<String, List<Document>> versions;
  private static Suite suite;

  record FrontMatter(
      String key,
      String title,
      String kind,
      String url,
      String locale,
      @JsonProperty("valid_from") Instant validFrom,
      @JsonProperty("valid_until") Instant validUntil) {}

  record Document(String file, FrontMatter about, String text) {
    boolean validAt(Instant instant) {
      return !instant.isBefore(about.validFrom)
          && (about.validUntil == null || instant.isBefore(about.validUntil));
    }
  }

  record Suite(Instant today, List<Question> questions) {}

  record Question(
      String id,
      String question,
      Set<String> tags,
      @JsonProperty("as_of") Instant asOf,
      List<String> history,
      Expectation expect) {}

  record Expectation(
      String outcome, List<String> documents, List<String> contains, List<String> absent) {
    Expectation {
      documents = documents == null ? List.of() : documents;
      contains = contains == null ? List.of() : contains;
      absent = absent == null ? List.of() : absent;
    }
  }

  record Change(
      String document,
      String question,
      String current,
      String changed,
      @JsonProperty("old_value") String oldValue,
      @JsonProperty("new_value") String newValue) {}

  @BeforeAll
  static void read() throws IOException {
    index = Files.readAllLines(DEMO.resolve("index.txt"));
    documents = index.stream().map(DemoCompanyTest::document).toList();
    versions = documents.stream().collect(groupingBy(d -> d.about.key, TreeMap::new, toList()));
    suite = YAML.readValue(DEMO.resolve("golden.yaml").toFile(), Suite.class);
  }

  @Test
  void theIndexNamesEveryDocumentOnceInTheOrderOfPublishing() throws IOException {
    try (Stream<Path> files = Files.walk(DEMO.resolve("documents"))) {
      var onDisk =
          files.filter(Files::isRegularFile).map(f -> DEMO.relativize(f).toString()).sorted();
      assertEquals(onDisk.toList(), index.stream().sorted().toList());
    }
    var starts = documents.stream().map(d -> d.about.validFrom).toList();
    assertEquals(starts.stream().sorted().toList(), starts);
  }

  @Test
  void thereAreFortyDocumentsAndMoreOfEveryKind() {
    assertTrue(versions.size() >= 40, () -> versions.size() + " documents");
    var kinds = documents.stream().collect(groupingBy(d -> d.about.kind));
    assertEquals(FOLDERS.keySet(), kinds.keySet());
    assertTrue(kinds.get("product").size() >= 12);
  }

  @Test
  void frontMatterMatchesTheFile() {
    for (var document : documents) {
      var about = document.about;
      var slug = about.key.substring(about.key.indexOf('/') + 1);
      var name = document.file.replaceFirst("(\\.v[2-9])?\\.md$", "");
      assertAll(
          document.file,
          () -> assertEquals("documents/" + about.kind + "/" + slug, name),
          () -> assertEquals(FOLDERS.get(about.kind) + "/" + slug, about.key),
          () -> assertEquals("https://www.ottersby.example/help/" + about.key, about.url),
          () -> assertEquals("en", about.locale),
          () -> assertTrue(document.text.contains("# " + about.title + "\n")),
          () -> assertTrue(document.text.split("\\s+").length >= 250, "too short"));
    }
  }

  @Test
  void versionsOfADocumentFollowEachOther() {
    for (var entry : versions.entrySet()) {
      var slug = entry.getKey().substring(entry.getKey().indexOf('/') + 1);
      Instant previous = Instant.MIN;
      int number = 0;
      for (var version : entry.getValue()) {
        number++;
        var about = version.about;
        assertTrue(version.file.endsWith(slug + (number == 1 ? "" : ".v" + number) + ".md"));
        assertTrue(about.validFrom.isAfter(previous), version.file);
        assertTrue(about.validUntil == null || about.validUntil.isAfter(about.validFrom));
        previous = about.validFrom;
      }
    }
  }

  @Test
  void atLeastTwoDocumentsAreAnnouncedForLater() {
    var future = documents.stream().filter(d -> d.about.validFrom.isAfter(suite.today)).toList();
    assertTrue(future.size() >= 2, () -> future.size() + " announced");
  }

  @Test
  void everyLinkLeadsToADocument() {
    for (var document : documents) {
      var links = LINK.matcher(document.text);
      while (links.find()) {
        var target = Path.of(document.about.key).resolveSibling(links.group(1)).normalize();
        assertTrue(versions.containsKey(target.toString()), document.file + " → " + target);
      }
    }
  }

  @Test
  void theChangeReplacesOneSentenceInForce() throws IOException {
    var change = YAML.readValue(DEMO.resolve("change.yaml").toFile(), Change.class);
    var text = inForce(change.document, suite.today).orElseThrow().text;
    assertEquals(2, text.split(Pattern.quote(change.current), -1).length, "occurs once");
    assertEquals(change.changed, change.current.replace(change.oldValue, change.newValue));
    assertFalse(text.contains(change.newValue));
    for (var key : versions.keySet()) {
      if (!key.equals(change.document)) {
        inForce(key, suite.today)
            .ifPresent(other -> assertFalse(other.text.contains(change.oldValue), other.file));
      }
    }
  }

  @Test
  void theCompanyIsDescribed() throws IOException {
    var company = YAML.readTree(DEMO.resolve("company.yaml").toFile());
    assertEquals("ottersby", company.path("slug").asText());
    assertEquals(6, company.path("sample_questions").size());
    var lines = company.path("voice").asText().lines().count();
    assertTrue(lines >= 5 && lines <= 8, () -> lines + " lines of voice");
    for (var field : List.of("name", "tagline", "abstain", "clarify", "hand_over")) {
      assertFalse(company.path(field).asText().isBlank(), field);
    }
  }

  @Test
  void everyExpectationIsBackedByADocumentInForce() {
    for (var question : suite.questions) {
      var expect = question.expect;
      var asOf = question.asOf == null ? suite.today : question.asOf;
      var texts =
          expect.documents.stream()
              .flatMap(keys -> Stream.of(keys.split("\\|")))
              .map(key -> inForce(key, asOf).map(Document::text).orElse(null))
              .peek(text -> assertNotNull(text, question.id + ": not in force"))
              .toList();
      for (var wanted : expect.contains) {
        assertTrue(
            texts.stream().anyMatch(t -> t.contains(wanted)), question.id + " lacks " + wanted);
        for (var unwanted : expect.absent) {
          assertFalse(wanted.contains(unwanted), question.id);
        }
      }
    }
  }

  @Test
  void outcomesFitTheirTags() {
    var ids = new HashSet<String>();
    for (var question : suite.questions) {
      var expect = question.expect;
      assertTrue(ids.add(question.id), question.id + " is there twice");
      assertTrue(
          Set.of("answered", "clarify", "abstained", "handed_off").contains(expect.outcome),
          question.id);
      boolean answered = expect.outcome.equals("answered");
      assertEquals(answered, !expect.documents.isEmpty(), question.id);
      assertEquals(answered, !expect.contains.isEmpty(), question.id);
      assertEquals(question.tags.contains("as_of"), question.asOf != null, question.id);
      assertEquals(question.tags.contains("follow_up"), question.history != null, question.id);
      if (question.tags.contains("multi_document")) {
        assertTrue(expect.documents.size() + expect.contains.size() > 2, question.id);
      }
    }
  }

  @Test
  void everyTagHasEnoughQuestions() {
    var least =
        Map.of(
            "answerable", 60,
            "paraphrased", 20,
            "multi_document", 8,
            "follow_up", 12,
            "as_of", 12,
            "unanswerable", 25,
            "out_of_scope", 20,
            "ambiguous", 10,
            "hostile", 10,
            "misspelt", 8);
    assertTrue(suite.questions.size() >= 160);
    least.forEach((tag, count) -> {
      var found = suite.questions.stream().filter(q -> q.tags.contains(tag)).count();
      assertTrue(found >= count, () -> tag + ": " + found);
    });
    suite.questions.forEach(q -> assertTrue(least.keySet().containsAll(q.tags), q.id));
  }

  /** The version of a document that is valid then; a later version ends its predecessor. */
  private static Optional<Document> inForce(String key, Instant instant) {
    return versions.getOrDefault(key, List.of()).stream()
        .filter(version -> !instant.isBefore(version.about.validFrom))
        .reduce((earlier, later) -> later)
        .filter(version -> version.validAt(instant));
  }

  private static Document document(String file) {
    try {
      var matcher = FRONT_MATTER.matcher(Files.readString(DEMO.resolve(file)));
      assertTrue(matcher.matches(), file + " has no front matter");
      return new Document(
          file, YAML.readValue(matcher.group(1), FrontMatter.class), matcher.group(2));
    } catch (IOException e) {
      throw new AssertionError(file + ": " + e.getMessage(), e);
    }
  }
}
