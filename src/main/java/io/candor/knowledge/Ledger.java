package io.candor.knowledge;

import io.candor.knowledge.Applied.Refused;
import io.candor.knowledge.Event.Published;
import io.candor.knowledge.Event.Retired;
import io.candor.serving.EmbeddingModels;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * The one way in: applies an event from HTTP or Kafka, once, in one transaction.
 *
 * <p>Cutting the text and embedding the passages that have no vector yet come before that
 * transaction, which holds the tenant's lock. While a new embedding model is being filled, passages
 * are embedded by it too; whether it can has no say in whether the event is applied.
 */
@ApplicationScoped
class Ledger {
  private static final Logger LOG = Logger.getLogger(Ledger.class);

  /** How long an endpoint that failed is left alone by those who can do without it. */
  private static final Duration REST = Duration.ofMinutes(1);

  private final Transactions transactions;
  private final EmbeddingModels models;
  private final Clock clock;
  private volatile Instant restUntil = Instant.MIN;

  Ledger(Transactions transactions, EmbeddingModels models, Clock clock) {
    this.transactions = transactions;
    this.models = models;
    this.clock = clock;
  }

  /** Applies an event that came over HTTP. */
  Applied apply(UUID tenant, Event event) {
    return apply(tenant, event, Optional.empty());
  }

  /** Applies an event that came over Kafka, and the step over it; a refused event moves nothing. */
  Applied apply(UUID tenant, Event event, Optional<StreamPositions.Step> step) {
    try {
      while (true) {
        try {
          return write(tenant, event, step);
        } catch (PassageSet.ModelChangedException e) {
          LOG.infof("embedding %s again: %s", event.key(), e.getMessage());
        }
      }
    } catch (Refusal refusal) {
      return new Refused(refusal.getMessage());
    }
  }

  private Applied write(UUID tenant, Event event, Optional<StreamPositions.Step> step) {
    var passages =
        switch (event) {
          case Published published -> embed(tenant, passages(published.draft()));
          case Retired _ -> PassageSet.EMPTY;
        };
    return transactions.call(
        tenant,
        connection -> {
          if (step.isPresent()) {
            StreamPositions.advance(connection, step.get());
          }
          return new LedgerEntry(connection, tenant, event, passages, clock).write();
        });
  }

  /** What fails here fails again: the same text, and nothing else, decides. */
  private PassageSet passages(Draft draft) {
    List<Passage> passages;
    try {
      passages = Chunker.chunk(draft.format(), draft.text());
    } catch (RuntimeException | StackOverflowError e) {
      throw new Refusal("text cannot be read as %s: %s".formatted(draft.format(), e));
    }
    if (passages.isEmpty()) {
      throw new Refusal("text holds no words that a customer could read");
    }
    return new PassageSet(draft.title(), passages, Shingles.of(draft, passages).bands());
  }

  private PassageSet embed(UUID tenant, PassageSet passages) {
    var vectors = new ArrayList<PassageVectors>();
    var missing =
        transactions.call(tenant, connection -> passages.withoutVectors(connection, tenant));
    missing.forEach((stored, without) -> {
      if (stored.isActive()) {
        vectors.add(passages.embed(models.get(stored.name()), without));
      } else {
        embedIfPossible(stored.name(), passages, without).ifPresent(vectors::add);
      }
    });
    return passages.with(vectors);
  }

  /** A passage that is left out here is left to re-embedding. */
  private Optional<PassageVectors> embedIfPossible(
      String name, PassageSet passages, List<Passage> without) {
    if (clock.instant().isBefore(restUntil)) {
      return Optional.empty();
    }
    try {
      return models.find(name).map(model -> passages.embed(model, without));
    } catch (RuntimeException e) {
      restUntil = clock.instant().plus(REST);
      LOG.warnf("a new passage waits for its vector: %s", e.getMessage());
      return Optional.empty();
    }
  }
}
