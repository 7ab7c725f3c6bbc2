package io.candor.serving;

import dev.langchain4j.model.chat.StreamingChatModel;

/** The model that speaks while the remote one does not answer. */
record RemoteFallback(StreamingChatModel model, ModelIdentity identity) {}
