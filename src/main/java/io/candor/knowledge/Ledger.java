package io.candor.knowledge;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import io.candor.knowledge.Applied.Refused;
import io.candor.knowledge.Event.Published;
import io.candor.knowledge.Event.Retired;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The one way in: applies an event from HTTP or Kafka, once, in one transaction.
 *
 * <p>Cutting the text and embedding the passages that have no vector yet come before that
 * transaction, which holds the tenant's lock.
 */
@ApplicationScoped
class Ledger {
  private final Transactions transactions;
  private final EmbeddingModel model;
  private final Clock clock;

  Ledger(Transactions transactions, EmbeddingModel model, Clock clock) {
    this.transactions = transactions;
    this.model = model;
    this.clock = clock;
  }

  /** Applies an event that came over HTTP. */
  Applied apply(UUID tenant, Event event) {
    return apply(tenant, event, Optional.empty());
  }

  /** Applies an event that came over Kafka, and the step over it; a refused event moves nothing. */
  Applied apply(UUID tenant, Event event, Optional<StreamPositions.Step> step) {
    try {
      var passages =
          switch (event) {
            case Published published -> embed(tenant, passages(published.draft()));
            case Retired _ -> new PassageSet("", model.modelName(), List.of());
          };
      return transactions.call(
          tenant,
          connection -> {
            if (step.isPresent()) {
              StreamPositions.advance(connection, step.get());
            }
            return new LedgerEntry(connection, tenant, event, passages, clock).write();
          });
    } catch (Refusal refusal) {
      return new Refused(refusal.getMessage());
    }
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
    return new PassageSet(draft.title(), model.modelName(), passages);
  }

  private PassageSet embed(UUID tenant, PassageSet passages) {
    var missing =
        transactions.call(tenant, connection -> passages.withoutVector(connection, tenant));
    var texts = missing.stream().map(p -> TextSegment.from(p.inContext(passages.title()))).toList();
    if (!texts.isEmpty()) {
      var embeddings = model.embedAll(texts).content();
      var vectors = new HashMap<Passage, float[]>();
      for (int i = 0; i < texts.size(); i++) {
        vectors.put(missing.get(i), embeddings.get(i).vector());
      }
      return passages.with(vectors);
    }
    return passages;
  }
}
