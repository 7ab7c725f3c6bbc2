package io.candor.chat;

import java.util.List;
import java.util.Optional;

/** The chat API's events: accepted, status, sentence, then final or error. */
final class ChatEvents implements AnswerStreams.Form {
  @Override
  public List<AnswerStreams.Event> progress(Progress progress) {
    return event(
        switch (progress) {
          case Progress.Accepted _ -> "accepted";
          case Progress.Status _ -> "status";
          case Progress.Sentence _ -> "sentence";
        },
        progress);
  }

  @Override
  public List<AnswerStreams.Event> answer(Answer answer) {
    return event("final", answer);
  }

  @Override
  public List<AnswerStreams.Event> failure(Object problem) {
    return event("error", problem);
  }

  private static List<AnswerStreams.Event> event(String name, Object data) {
    return List.of(new AnswerStreams.Event(Optional.of(name), data));
  }
}
