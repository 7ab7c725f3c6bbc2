package io.candor.chat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;

/** A model whose words are fixed: it says its script, a few characters at a time. */
record ScriptedModel(String script) implements StreamingChatModel {
  private static final int PIECE = 3;

  @Override
  public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
    for (int i = 0; i < script.length(); i += PIECE) {
      handler.onPartialResponse(script.substring(i, Math.min(script.length(), i + PIECE)));
    }
    handler.onCompleteResponse(ChatResponse.builder().aiMessage(AiMessage.from(script)).build());
  }
}
