package io.candor.ops;

import io.candor.serving.LanguageModel;
import io.candor.serving.ModelState;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Not ready while the language model loads. One that cannot be loaded or reached is told, but keeps
 * nobody waiting: answers are then another model's, or in the policies' own words.
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
    var state = model.state();
    var health =
        HealthCheckResponse.named("language model")
            .status(state != ModelState.LOADING)
            .withData("state", state.name().toLowerCase(Locale.ROOT));
    model
        .statistics()
        .ifPresent(engine ->
            health.withData("running", engine.running()).withData("waiting", engine.waiting()));
    return health.build();
  }
}
