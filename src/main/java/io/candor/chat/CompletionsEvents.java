package io.candor.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** An answer as OpenAI's stream of chunks: one for each sentence. */
final class CompletionsEvents implements AnswerStreams.Form {
  private static final String DONE = "[DONE]";

  private final CompletionsBody body;
  private final ObjectMapper json;
  private final boolean usage;
  private UUID answer;

  CompletionsEvents(CompletionsBody body, ObjectMapper json, boolean usage) {
    this.body = body;
    this.json = json;
    this.usage = usage;
  }

  @Override
  public List<AnswerStreams.Event> progress(Progress progress) {
    return switch (progress) {
      case Progress.Accepted accepted -> {
        answer = accepted.answerId();
        yield List.of(event(body.opening(answer)));
      }
      case Progress.Status _ -> List.of();
      case Progress.Sentence sentence -> {
        var words = new Answer.Sentence(sentence.text(), sentence.citations()).marked();
        var spaced = sentence.index() == 0 ? words : " " + words;
        yield List.of(event(body.sentence(answer, spaced)));
      }
    };
  }

  @Override
  public List<AnswerStreams.Event> answer(Answer whole) {
    var events = new ArrayList<AnswerStreams.Event>();
    events.add(event(body.closing(whole)));
    if (usage) {
      events.add(event(body.counted(whole)));
    }
    events.add(event(DONE));
    return events;
  }

  @Override
  public List<AnswerStreams.Event> failure(Object problem) {
    JsonNode told = json.valueToTree(problem);
    return List.of(event(CompletionsError.of(told)));
  }

  private static AnswerStreams.Event event(Object data) {
    return new AnswerStreams.Event(Optional.empty(), data);
  }
}
