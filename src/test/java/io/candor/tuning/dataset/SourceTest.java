package io.candor.tuning.dataset;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceTest {
  private static final Brand BRAND =
      new Brand("Ottersby", "Dry.", "We do not know.", "Which one do you mean?");

  @TempDir Path folder;

  @Test
  void jsonLinesGiveAnExchangeForEachAnswerWithTheFactsOfTheChatsOwnForm() throws IOException {
    var exchanges =
        read(
            "chat.jsonl",
            """
            {"messages": [{"role": "system", "content": "Be nice."}, {"role": "user", "content": "Hours?"}, \
            {"role": "assistant", "content": "From nine."}, {"role": "user", "content": "And Sundays?"}, \
            {"role": "assistant", "content": "Closed."}]}
            {"conversation": "c7", "messages": [{"role": "user", "content": \
            "Facts:\\n[1] We open at 9:00.\\n[2] Dogs may come.\\n\\nQuestion: Hours?"}, \
            {"role": "assistant", "content": "At 9:00. [1]"}]}
            """);
    assertEquals(List.of("Hours?", "And Sundays?", "Hours?"), questions(exchanges));
    assertEquals(List.of("We open at 9:00.", "Dogs may come."), exchanges.getLast().facts());
    assertEquals("c7", exchanges.getLast().conversation());
    assertEquals("chat.jsonl:2", exchanges.getLast().place());
  }

  @Test
  void aTableMayBePartedBySemicolonsAndHaveDates() throws IOException {
    var exchanges =
        read(
            "replies.csv",
            """
            Question;Answer;Date
            When do you open?;"At 9:00;
            we hope";2025-05-01
            """);
    assertEquals("At 9:00;\nwe hope", exchanges.getFirst().answer());
    assertEquals(Optional.of(Instant.parse("2025-05-01T00:00:00Z")), exchanges.getFirst().when());
  }

  @Test
  void aTableWithoutAnAnswerIsNamedByFileAndLine() throws IOException {
    var failure =
        assertThrows(InvalidSource.class, () -> read("replies.csv", "question,reply\nHi,Hello\n"));
    assertTrue(
        failure
            .getMessage()
            .endsWith(
                "replies.csv:2: there is no column 'answer'; the first row names the columns"));
  }

  @Test
  void aTableMayBeginWithASpreadsheetsByteOrderMark() throws IOException {
    var exchanges = read("replies.csv", "\uFEFFquestion,answer\nHours?,From nine.\n");
    assertEquals(List.of("Hours?"), questions(exchanges));
  }

  @ParameterizedTest
  @ValueSource(strings = {"replies.csv", "chat.jsonl", "tickets.json"})
  void whatIsNotUtf8SaysWhatToDo(String name) throws IOException {
    var file = folder.resolve(name);
    Files.write(file, "question,answer\nCaf\u00e9?,Yes.\n".getBytes(ISO_8859_1));
    var failure = assertThrows(InvalidSource.class, () -> Source.of(file, 1).read(BRAND));
    assertTrue(failure.getMessage().contains("it is not in UTF-8"), failure.getMessage());
  }

  @Test
  void zendeskRepliesArePublicAndNotTheRequesters() throws IOException {
    var exchanges =
        read(
            "tickets.json",
            """
            {"tickets": [{"id": 12, "requester_id": 5, "comments": [
              {"author_id": 5, "body": "When do you open?", "created_at": "2025-03-01T08:00:00Z"},
              {"author_id": 9, "body": "Ask Mary", "public": false},
              {"author_id": 9, "html_body": "<p>At 9:00.</p><blockquote>When</blockquote>",
               "created_at": "2025-03-01T09:30:00Z"}]}]}
            """);
    assertExchange(exchanges, "12", "When do you open?", "At 9:00.");
    assertEquals(Optional.of(Instant.parse("2025-03-01T09:30:00Z")), exchanges.getFirst().when());
  }

  @Test
  void intercomPartsAreCommentsOfAdmins() throws IOException {
    var exchanges =
        read(
            "intercom.json",
            """
            {"type": "conversation.list", "conversations": [{"type": "conversation", "id": "77",
              "created_at": 1740000000, "source": {"body": "<p>When do you open?</p>",
              "author": {"type": "user"}}, "conversation_parts": {"conversation_parts": [
              {"part_type": "note", "body": "hm", "author": {"type": "admin"}},
              {"part_type": "comment", "body": "<p>At 9:00.</p>", "author": {"type": "admin"},
               "created_at": 1740000100}]}}]}
            """);
    assertExchange(exchanges, "77", "When do you open?", "At 9:00.");
    assertEquals(Optional.of(Instant.ofEpochSecond(1740000100)), exchanges.getFirst().when());
  }

  @Test
  void chatwootMessagesComeInOrGoOut() throws IOException {
    var exchanges =
        read(
            "chatwoot.json",
            """
            {"payload": [{"id": 3, "messages": [
              {"content": "Hello", "message_type": 0}, {"content": "When do you open?", "message_type": 0},
              {"content": "assigned to Mary", "message_type": 2},
              {"content": "secret", "message_type": 1, "private": true},
              {"content": "At 9:00.", "message_type": 1, "created_at": 1740000100}]}]}
            """);
    assertExchange(exchanges, "3", "Hello\nWhen do you open?", "At 9:00.");
  }

  @Test
  void freshdeskTicketsBeginWithTheirDescription() throws IOException {
    var exchanges =
        read(
            "freshdesk.json",
            """
            [{"id": 8, "description_text": "When do you open?", "conversations": [
              {"body_text": "At 9:00.", "incoming": false, "private": false},
              {"body_text": "Thanks", "incoming": true}]}]
            """);
    assertExchange(exchanges, "8", "When do you open?", "At 9:00.");
  }

  @Test
  void anExportOfAnotherProgramIsRefused() {
    var failure = assertThrows(InvalidSource.class, () -> read("other.json", "[\n{\"id\": 1}\n]"));
    assertTrue(
        failure.getMessage().contains("no ticket of Zendesk, Intercom, Chatwoot or Freshdesk"));
  }

  @Test
  void jsonThatBreaksOffIsNamedByFileAndLine() {
    var failure = assertThrows(InvalidSource.class, () -> read("other.json", "[\n{\"id\": 1,"));
    assertTrue(failure.getMessage().contains("other.json:2: "), failure.getMessage());
  }

  @Test
  void writtenPairsFillTheirSlotsInOrderAndKeepTheirMarkers() throws IOException {
    Files.writeString(folder.resolve("slots.yaml"), "days: [\"3\", \"5\", \"9\"]\n");
    var exchanges =
        read(
            "post.yaml",
            """
            - ask: ["How long?", "and how long?"]
              facts: ["It takes {days} to {days2} days.", Parcels are free.]
              say: "{days} to {days2} days. [1] Parcels cost nothing. [2]"
            - ask: ["Who are you?"]
              facts: [Parcels are free.]
              say: abstain
            """);
    for (var exchange : exchanges) {
      if (exchange.answer().equals(BRAND.abstain())) {
        continue;
      }
      var first = Marked.of(exchange.answer()).getFirst();
      var times = first.text().replace(" days.", "");
      assertEquals(
          "It takes %s days.".formatted(times), exchange.facts().get(first.facts().getFirst() - 1));
      var bounds = times.split(" to ");
      assertTrue(Integer.parseInt(bounds[0]) < Integer.parseInt(bounds[1]));
    }
    assertEquals(exchanges, Source.of(folder.resolve("post.yaml"), 7).read(BRAND));
    assertTrue(exchanges.stream().anyMatch(e -> e.answer().equals(BRAND.abstain())));
  }

  private List<Exchange> read(String name, String text) throws IOException {
    var file = folder.resolve(name);
    Files.writeString(file, text);
    return Source.of(file, 7).read(BRAND);
  }

  private static List<String> questions(List<Exchange> exchanges) {
    return exchanges.stream().map(Exchange::question).toList();
  }

  private static void assertExchange(
      List<Exchange> exchanges, String conversation, String question, String answer) {
    assertEquals(1, exchanges.size());
    assertEquals(conversation, exchanges.getFirst().conversation());
    assertEquals(question, exchanges.getFirst().question());
    assertEquals(answer, exchanges.getFirst().answer());
  }
}
