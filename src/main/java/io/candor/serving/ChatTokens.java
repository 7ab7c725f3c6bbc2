package io.candor.serving;

import dev.langchain4j.data.message.ChatMessage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Conversations as the tokens that a local model is sent and answers with, so that {@code tuning}
 * trains on exactly what is served. Thread-safe.
 */
public final class ChatTokens implements AutoCloseable {
  private final LlamaModel model;
  private final PromptTemplate template;
  private final int endOfTurn;

  /**
   * Opens a model for its vocabulary and chat template.
   *
   * @param libraries the folder of llama.cpp's shared libraries
   * @throws IllegalArgumentException if they or the model file are unusable
   */
  public ChatTokens(Path libraries, Path file) {
    var llama = LlamaNative.load(libraries);
    model = llama.open(file);
    template = new PromptTemplate(llama, model);
    endOfTurn =
        Arrays.stream(model.tokenize(template.afterAnswer()))
            .filter(model::endsGeneration)
            .findFirst()
            .orElseGet(model::endOfText);
  }

  /** What the model is sent: the conversation, up to where its answer begins. */
  public int[] prompt(List<ChatMessage> messages) {
    return model.tokenize(template.render(messages));
  }

  /** What the model should answer: the text and the end of its turn. */
  public int[] answer(String text) {
    var tokens = model.tokenizeText(text);
    var ended = Arrays.copyOf(tokens, tokens.length + 1);
    ended[tokens.length] = endOfTurn;
    return ended;
  }

  @Override
  public void close() {
    model.close();
  }
}
