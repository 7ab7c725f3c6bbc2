package io.candor.chat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.candor.knowledge.KnowledgeView;
import io.candor.knowledge.Token;
import io.candor.retrieval.Candidates;
import io.candor.retrieval.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

final class Dump {
  public static void main(String[] arguments) throws Exception {
    var json = new ObjectMapper();
    try (var model = new RememberedVectors(Path.of(arguments[1]));
        var out = Files.newBufferedWriter(Path.of(System.getProperty("dump")));
        var connection = DriverManager.getConnection(arguments[0])) {
      connection.setAutoCommit(false);
      var finding = Finding.of(connection, model);
      for (var suite : Arrays.asList(arguments).subList(2, arguments.length)) {
        var p = suite.split("=");
        var tenant = UUID.fromString(p[1]);
        try (var confine =
            connection.prepareStatement("select set_config('candor.tenant', ?, true)")) {
          confine.setString(1, p[1]);
          confine.execute();
        }
        var yaml = new YAMLMapper().readTree(Path.of(p[2]).toFile());
        var today = yaml.path("today").asText(Instant.now().toString());
        for (var question : yaml.path("questions")) {
          var asOf = Instant.parse(question.path("as_of").asText(today));
          var view = new KnowledgeView(tenant, asOf, new Token.Sequence(0), 0);
          var turns = new ArrayList<Conversations.Turn>();
          for (var earlier : question.path("history")) {
            var standalone = String.join(" ", Contextualiser.questions(earlier.asText(), turns));
            turns.add(new Conversations.Turn(earlier.asText(), standalone, "answered", ""));
          }
          var message = question.path("question").asText();
          var parts = new ArrayList<Object>();
          for (var part : Contextualiser.questions(message, turns)) {
            var words = finding.spelling().correct(part);
            var hits = new ArrayList<Object>();
            for (var hit : finding.retriever().search(words, 30, view)) {
              var map = new LinkedHashMap<String, Object>();
              map.put("document", hit.document());
              map.put("title", hit.title());
              map.put("heading", hit.heading());
              map.put("kind", hit.kind());
              map.put("chunk", hit.chunk());
              map.put("text", hit.text());
              map.put("source", hit.source());
              map.put("score", hit.score());
              map.put("cosine", hit.vectorScore());
              map.put("bm25", hit.textScore());
              map.put("coverage", hit.coverage());
              map.put(
                  "sentences",
                  Candidates.in(hit).stream()
                      .map(e ->
                          Map.of(
                              "words",
                              e.words(),
                              "quote",
                              e.quote(),
                              "row",
                              e.quote().startsWith("|")))
                      .toList());
              hits.add(map);
            }
            parts.add(Map.of("question", part, "words", words, "hits", hits));
          }
          out.write(
              json.writeValueAsString(
                  Map.of(
                      "suite", p[0],
                      "id", question.path("id").asText(),
                      "tags", question.path("tags"),
                      "message", message,
                      "intent", Intent.of(message, turns).toString(),
                      "expect", question.path("expect"),
                      "parts", parts)));
          out.newLine();
        }
      }
    }
  }
}
