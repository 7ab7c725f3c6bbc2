package io.candor.serving;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.SmallRyeConfig;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.eclipse.microprofile.config.Config;

/** Asks a remote model for one word, as an answer would; {@code ./candor doctor} does. */
public final class RemoteCheck {
  private RemoteCheck() {}

  /** What came of it, in words; empty where no remote model is configured. */
  public static Optional<String> run(Config config)
      throws InterruptedException, ExecutionException {
    var all = config.unwrap(SmallRyeConfig.class);
    ConfigMappings.registerConfigMappings(
        all, Set.of(ConfigClass.configClass(ServingConfig.class)));
    var remote = all.getConfigMapping(ServingConfig.class).remote();
    return remote.url().isEmpty() ? Optional.empty() : Optional.of(ask(remote));
  }

  private static String ask(ServingConfig.Remote remote)
      throws InterruptedException, ExecutionException {
    var model = new RemoteChatModel(remote, 1, Optional.empty());
    model.check();
    long began = System.nanoTime();
    var hello = ChatRequest.builder().messages(UserMessage.from("Hello")).build();
    Generation.start(model, hello, new Silent()).response().get();
    return "%s answers as %s after %d ms"
        .formatted(
            remote.url().get(),
            remote.adapter().or(remote::model).get(),
            (System.nanoTime() - began) / 1_000_000);
  }

  private static final class Silent implements StreamingChatResponseHandler {
    @Override
    public void onCompleteResponse(ChatResponse response) {
      // it came, which is what was asked
    }

    @Override
    public void onError(Throwable error) {
      // the response has it too
    }
  }
}
