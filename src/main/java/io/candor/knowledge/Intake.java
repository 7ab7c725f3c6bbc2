package io.candor.knowledge;

import io.candor.knowledge.Applied.NewVersion;
import io.candor.knowledge.Applied.Retired;
import io.candor.knowledge.Applied.Unchanged;
import io.candor.knowledge.Duplicates.Resemblance;
import io.candor.knowledge.Event.Origin;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Locale;
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

  /** What is done about a document that says the same as another one. */
  enum OnDuplicate {
    /** It is stored: its author named its key, and need not have looked for others. */
    STORE,
    /** It is stored, and the other one named. */
    REPORT,
    /** It is not stored, unless it replaces what its own key says now. */
    SKIP;

    static OnDuplicate parse(String text, OnDuplicate otherwise) {
      if (text == null) {
        return otherwise;
      }
      for (var choice : values()) {
        if (choice.name().toLowerCase(Locale.ROOT).equals(text)) {
          return choice;
        }
      }
      throw new IllegalArgumentException(
          "duplicates must be store, report or skip, not '%.40s'".formatted(text));
    }
  }

  /** What became of a document. */
  enum Status {
    CREATED,
    CHANGED,
    UNCHANGED,
    REFUSED;

    /** As JSON writes it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What became of a document.
   *
   * @param version that says it now; none of a duplicate that was skipped, and where it was refused
   * @param reason why it was refused or skipped
   */
  record Outcome(
      Status status,
      OptionalInt version,
      Optional<Token> token,
      Optional<Resemblance> resembles,
      Optional<String> reason) {
    static Outcome refused(String reason) {
      return new Outcome(
          Status.REFUSED,
          OptionalInt.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.of(reason));
    }
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
          Status.UNCHANGED, OptionalInt.empty(), Optional.empty(), resembles, Optional.of(reason));
    }
    var event = new Event.Published(origin(), key, clock.instant(), draft);
    return outcome(ledger.apply(tenant, event), resembles);
  }

  private static Outcome outcome(Applied applied, Optional<Resemblance> resembles) {
    return switch (applied) {
      case NewVersion(var token, var version, _, _) ->
          accepted(
              version.orElse(0) == 1 ? Status.CREATED : Status.CHANGED, version, token, resembles);
      case Unchanged(var token, var version) ->
          accepted(Status.UNCHANGED, version, token, resembles);
      case Retired(var token, var version, _) ->
          accepted(Status.CHANGED, version, token, resembles);
      case Applied.Refused(var reason) -> Outcome.refused(reason);
    };
  }

  private static Outcome accepted(
      Status status, OptionalInt version, Token token, Optional<Resemblance> resembles) {
    return new Outcome(status, version, Optional.of(token), resembles, Optional.empty());
  }

  static Origin origin() {
    return new Origin(SOURCE, UUID.randomUUID().toString());
  }
}
