package io.candor.ops;

import io.candor.serving.EngineStatistics;
import io.candor.serving.LanguageModel;
import io.candor.serving.ModelState;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The language model's state, and what the local one has done; all 0 where there is none. */
@ApplicationScoped
class ModelMetrics {
  private final LanguageModel model;
  private final MeterRegistry registry;

  ModelMetrics(LanguageModel model, MeterRegistry registry) {
    this.model = model;
    this.registry = registry;
  }

  void register(@Observes StartupEvent event) {
    for (var state : ModelState.values()) {
      Gauge.builder("candor.model.state", () -> model.state() == state ? 1 : 0)
          .description("1 for the state that the language model is in")
          .tag("state", state.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
    Gauge.builder("candor.model.queue", () -> read(EngineStatistics::waiting))
        .description("Requests that wait for the local model")
        .register(registry);
    count("requests", "result", "finished", EngineStatistics::finished);
    count("requests", "result", "cancelled", EngineStatistics::cancelled);
    count("requests", "result", "failed", EngineStatistics::failed);
    count("requests", "result", "rejected", EngineStatistics::rejected);
    count("tokens", "kind", "prompt", EngineStatistics::promptTokens);
    count("tokens", "kind", "reused", EngineStatistics::reusedTokens);
    count("tokens", "kind", "output", EngineStatistics::outputTokens);
    count("tokens", "kind", "drafted", EngineStatistics::draftedTokens);
    count("tokens", "kind", "accepted", EngineStatistics::acceptedTokens);
  }

  private void count(
      String name, String label, String value, ToDoubleFunction<EngineStatistics> figure) {
    FunctionCounter.builder("candor.model." + name, model, _ -> read(figure))
        .tag(label, value)
        .register(registry);
  }

  private double read(ToDoubleFunction<EngineStatistics> figure) {
    return model.statistics().map(figure::applyAsDouble).orElse(0.0);
  }
}
