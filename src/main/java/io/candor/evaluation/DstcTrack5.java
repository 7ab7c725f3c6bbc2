package io.candor.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Dialogues about hotels and restaurants (DSTC11, track 5): each FAQ and each sentence of a review
 * is a document under its entity, and about half of the dialogues' last turns seek knowledge. Which
 * entity is meant must be found too.
 */
record DstcTrack5(Path folder) implements Dataset {
  private static final int SEARCHED_TURNS = 3;
  private static final int HEARD_TURNS = 2;

  @Override
  public Stream<SuiteDocument> documents() throws IOException {
    return JsonData.tree(folder.resolve("knowledge.json")).properties().stream()
        .flatMap(domain ->
            domain.getValue().properties().stream()
                .flatMap(entity ->
                    snippets(domain.getKey() + "/" + entity.getKey(), entity.getValue())));
  }

  private static Stream<SuiteDocument> snippets(String entity, JsonNode about) {
    var name = about.path("name").asText();
    var faqs =
        about.path("faqs").properties().stream()
            .map(faq ->
                snippet(
                    "%s/faq/%s".formatted(entity, faq.getKey()),
                    name,
                    faq.getValue().path("question").asText()
                        + " "
                        + faq.getValue().path("answer").asText()));
    var reviews =
        about.path("reviews").properties().stream()
            .flatMap(review ->
                review.getValue().path("sentences").properties().stream()
                    .map(sentence ->
                        snippet(
                            "%s/review/%s/%s".formatted(entity, review.getKey(), sentence.getKey()),
                            name,
                            sentence.getValue().asText())));
    return Stream.concat(faqs, reviews);
  }

  private static SuiteDocument snippet(String key, String entity, String text) {
    return new SuiteDocument("", key, entity, "faq", "text", text);
  }

  @Override
  public Stream<Question> questions() throws IOException {
    var dialogues = JsonData.tree(folder.resolve("logs.json"));
    var labels = JsonData.tree(folder.resolve("labels.json"));
    return IntStream.range(0, labels.size())
        .mapToObj(i -> question("dialogue-" + i, dialogues.get(i), labels.get(i)));
  }

  private static Question question(String id, JsonNode dialogue, JsonNode label) {
    var turns = dialogue.valueStream().map(turn -> turn.path("text").asText()).toList();
    var customer = dialogue.valueStream().filter(turn -> turn.path("speaker").asText().equals("U"));
    var heard = last(HEARD_TURNS, customer.map(turn -> turn.path("text").asText()).toList());
    var snippets = label.path("knowledge").valueStream().toList();
    var kinds =
        snippets.stream().map(snippet -> snippet.path("doc_type").asText()).distinct().sorted();
    var expect = JsonData.documents(snippets.stream().map(DstcTrack5::key).distinct().toList());
    return new Question(
        id,
        "",
        heard.getLast(),
        List.of(snippets.isEmpty() ? "seeks none" : kinds.collect(Collectors.joining(" and "))),
        heard.subList(0, heard.size() - 1),
        "",
        expect
            .put("query", String.join("\n", last(SEARCHED_TURNS, turns)))
            .put("reference", label.path("response").asText()));
  }

  private static List<String> last(int count, List<String> turns) {
    return turns.subList(Math.max(0, turns.size() - count), turns.size());
  }

  private static String key(JsonNode snippet) {
    var key =
        "%s/%s/%s/%s"
            .formatted(
                snippet.path("domain").asText(),
                snippet.path("entity_id").asText(),
                snippet.path("doc_type").asText(),
                snippet.path("doc_id").asText());
    return snippet.has("sent_id") ? key + "/" + snippet.path("sent_id").asText() : key;
  }
}
