package io.candor.ops;

import io.candor.knowledge.Reembedding;
import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Whether the wanted embedding model searches or is on its way there; tells how far it is. */
@Wellness
@ApplicationScoped
class EmbeddingsComplete implements HealthCheck {
  private final Reembedding reembedding;

  EmbeddingsComplete(Reembedding reembedding) {
    this.reembedding = reembedding;
  }

  @Override
  public HealthCheckResponse call() {
    var progress = reembedding.progress();
    return HealthCheckResponse.named("embeddings")
        .status(progress.failure().isEmpty())
        .withData("model", progress.model())
        .withData("state", progress.active() ? "active" : "filling")
        .withData("progress", progress.toString())
        .withData("failure", progress.failure().orElse("none"))
        .build();
  }
}
