package io.candor.knowledge;

import io.candor.knowledge.Applied.NewVersion;
import io.candor.knowledge.Applied.Retired;
import io.candor.knowledge.Applied.Unchanged;
import io.candor.knowledge.Event.Origin;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** Takes the documents that authors send over HTTP, and says what became of each. */
@ApplicationScoped
class Intake {
  private static final String SOURCE = "/api/v1/documents";

  private final Ledger ledger;
  private final Documents documents;
  private final Duplicates duplicates;
  private final Clock clock;

  Intake(Ledger ledger, Documents documents, Duplicates duplicates, Clock clock) {
    this.ledger = ledger;
    this.documents = documents;
    this.duplicates = duplicates;
    this.clock = clock;
  }

  Outcome publish(UUID tenant, String key, Draft draft, OnDuplicate onDuplicate) {
    var resembles =
        onDuplicate == OnDuplicate.STORE
            ? Optional.<Resemblance>empty()
            : duplicates.find(tenant, Check.key(key), draft);
    var isCopy = resembles.filter(Resemblance::isExact).isPresent();
    if (isCopy && onDuplicate == OnDuplicate.SKIP && !documents.exists(tenant, key)) {
      var reason = "it says the same as '%s'".formatted(resembles.get().document());
      return new Outcome(
          WriteStatus.UNCHANGED,
          OptionalInt.empty(),
          OptionalInt.empty(),
          Optional.empty(),
          resembles,
          Optional.of(reason));
    }
    var event = new Event.Published(origin(), key, clock.instant(), draft);
    return outcome(ledger.apply(tenant, event), resembles);
  }

  private static Outcome outcome(Applied applied, Optional<Resemblance> resembles) {
    return switch (applied) {
      case NewVersion(var token, var version, var chunks, _, _) -> {
        var status = version.orElse(0) == 1 ? WriteStatus.CREATED : WriteStatus.CHANGED;
        yield accepted(status, version, OptionalInt.of(chunks), token, resembles);
      }
      case Unchanged(var token, var version) ->
          accepted(WriteStatus.UNCHANGED, version, OptionalInt.empty(), token, resembles);
      case Retired(var token, var version, _) ->
          accepted(WriteStatus.CHANGED, version, OptionalInt.empty(), token, resembles);
      case Applied.Refused(var reason) -> Outcome.refused(reason);
    };
  }

  private static Outcome accepted(
      WriteStatus status,
      OptionalInt version,
      OptionalInt chunks,
      Token token,
      Optional<Resemblance> resembles) {
    return new Outcome(status, version, chunks, Optional.of(token), resembles, Optional.empty());
  }

  static Origin origin() {
    return new Origin(SOURCE, UUID.randomUUID().toString());
  }
}
