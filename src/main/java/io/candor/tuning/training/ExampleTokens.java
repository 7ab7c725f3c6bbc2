package io.candor.tuning.training;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import io.candor.serving.ChatTokens;
import io.candor.tuning.dataset.Example;
import io.candor.tuning.dataset.Message;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Examples as the model that is served reads and writes them. */
final class ExampleTokens {
  private final ChatTokens tokens;
  private final int most;
  private int tooLong;

  /** Those of more tokens than the most are left out. */
  ExampleTokens(ChatTokens tokens, int most) {
    this.tokens = tokens;
    this.most = most;
  }

  List<TokenisedExample> of(List<Example> examples) {
    var tokenised = new ArrayList<TokenisedExample>();
    for (var example : examples) {
      var one = of(example);
      if (one.length() <= most) {
        tokenised.add(one);
      } else {
        tooLong++;
      }
    }
    return tokenised;
  }

  /** How many were left out. */
  int tooLong() {
    return tooLong;
  }

  private TokenisedExample of(Example example) {
    var prompt = tokens.prompt(example.prompt().stream().map(ExampleTokens::message).toList());
    var answer = tokens.answer(example.answer());
    var all = Arrays.copyOf(prompt, prompt.length + answer.length);
    System.arraycopy(answer, 0, all, prompt.length, answer.length);
    return new TokenisedExample(all, prompt.length);
  }

  private static ChatMessage message(Message message) {
    return switch (message.role()) {
      case Message.SYSTEM -> SystemMessage.from(message.content());
      case Message.USER -> UserMessage.from(message.content());
      default -> AiMessage.from(message.content());
    };
  }
}
