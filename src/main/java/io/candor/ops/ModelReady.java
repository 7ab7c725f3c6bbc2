package io.candor.ops;

import io.candor.serving.LanguageModel;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Not ready while the language model loads. A model that cannot be loaded is told, but keeps nobody
 * waiting: answers are then in the policies' own words.
 */
@Readiness
@ApplicationScoped
class ModelReady implements HealthCheck {
  private final LanguageModel model;

  ModelReady(LanguageModel model) {
    this.model = model;
  }

  @Override
  public HealthCheckResponse call() {
    var ready = model.ready();
    var state = !ready.isDone() ? "loading" : ready.isCompletedExceptionally() ? "absent" : "ready";
    return HealthCheckResponse.named("language model")
        .status(ready.isDone())
        .withData("state", state)
        .build();
  }
}
