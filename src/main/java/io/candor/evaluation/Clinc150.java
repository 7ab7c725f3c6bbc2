package io.candor.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Requests of 150 intents, and requests of none (Larson et al. 2019): the intents' training
 * utterances are the documents, the test utterances are the questions.
 */
record Clinc150(Path folder) implements Dataset {
  @Override
  public Stream<SuiteDocument> documents() throws IOException {
    var train = part("train");
    return IntStream.range(0, train.size())
        .mapToObj(i -> document(train.get(i).path(0).asText(), train.get(i).path(1).asText(), i));
  }

  private static SuiteDocument document(String utterance, String intent, int number) {
    var title = intent.replace('_', ' ');
    return new SuiteDocument("", intent + "/" + number, title, "faq", "text", utterance);
  }

  @Override
  public Stream<Question> questions() throws IOException {
    return Stream.concat(asked("test", true), asked("oos_test", false));
  }

  private Stream<Question> asked(String name, boolean inScope) throws IOException {
    var part = part(name);
    return IntStream.range(0, part.size())
        .mapToObj(i -> {
          var expect = ServerUnderTest.JSON.createObjectNode();
          if (inScope) {
            expect.put("group", part.get(i).path(1).asText());
          }
          return Question.of(
              name + "-" + i,
              "",
              part.get(i).path(0).asText(),
              expect,
              inScope ? "in scope" : "out of scope");
        });
  }

  private JsonNode part(String name) throws IOException {
    return JsonData.tree(folder.resolve("data_full.json")).path(name);
  }
}
