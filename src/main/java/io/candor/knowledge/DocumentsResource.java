package io.candor.knowledge;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.candor.knowledge.Applied.Accepted;
import io.candor.knowledge.Applied.Refused;
import io.candor.knowledge.Event.Origin;
import io.candor.security.CurrentTenant;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;

/** Documents over HTTP: writing, retiring, and reading them with their versions. */
@Path("/api/v1/documents")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class DocumentsResource {
  private static final String SOURCE = "/api/v1/documents";
  private static final int MOST_LISTED = 200;
  private static final int LISTED = 50;

  private final CurrentTenant tenant;
  private final Ledger ledger;
  private final Documents documents;
  private final KnowledgeGate gate;
  private final Clock clock;
  private final int maxTextLength;

  DocumentsResource(
      CurrentTenant tenant,
      Ledger ledger,
      Documents documents,
      KnowledgeGate gate,
      Clock clock,
      KnowledgeConfig config) {
    this.tenant = tenant;
    this.ledger = ledger;
    this.documents = documents;
    this.gate = gate;
    this.clock = clock;
    this.maxTextLength = config.maxTextLength();
  }

  /** What a write answers: the version that now holds, and the token that demands it. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Written(String document, Integer version, WrittenKnowledge knowledge) {}

  /** The token that a later question may demand. */
  public record WrittenKnowledge(String token) {}

  @PUT
  @Path("{key: .+}")
  @Consumes(MediaType.APPLICATION_JSON)
  public Written put(
      @PathParam("key") String key,
      @RequestBody(content = @Content(schema = @Schema(implementation = Draft.class)))
          byte[] body) {
    return write(
        key,
        () -> {
          var draft = Draft.parse(JsonFields.parse(body), maxTextLength);
          return new Event.Published(origin(), key, clock.instant(), draft);
        });
  }

  @DELETE
  @Path("{key: .+}")
  public Written retire(
      @PathParam("key") String key, @QueryParam("valid_until") String validUntil) {
    require(key, documents.exists(tenant.id(), key));
    return write(
        key,
        () -> new Event.Retired(origin(), key, clock.instant(), time("valid_until", validUntil)));
  }

  @GET
  @Path("{key: .+}")
  public Documents.Detail get(
      @PathParam("key") String key,
      @QueryParam("as_of") String asOf,
      @QueryParam("after") String after) {
    return found(
        key,
        gate.read(
            tenant.id(),
            AsOf.instant(asOf),
            AsOf.token(after),
            view -> documents.inForce(key, view.asOf())));
  }

  @GET
  public Documents.Page list(
      @QueryParam("limit") String limit,
      @QueryParam("cursor") String cursor,
      @QueryParam("as_of") String asOf) {
    int most = limit == null ? LISTED : valid(() -> limit(limit));
    return gate.read(
        tenant.id(),
        AsOf.instant(asOf),
        Optional.empty(),
        view -> documents.page(view.asOf(), cursor == null ? "" : cursor, most));
  }

  @GET
  @Path("{key: .+}/versions")
  public List<Documents.Summary> versions(@PathParam("key") String key) {
    var versions =
        gate.read(tenant.id(), Optional.empty(), Optional.empty(), view -> documents.versions(key));
    require(key, !versions.isEmpty());
    return versions;
  }

  @GET
  @Path("{key: .+}/versions/{number: \\d{1,9}}")
  public Documents.Detail version(@PathParam("key") String key, @PathParam("number") int number) {
    return found(
        key,
        gate.read(
            tenant.id(),
            Optional.empty(),
            Optional.empty(),
            view -> documents.version(key, number)));
  }

  private Written write(String key, Supplier<Event> event) {
    return switch (ledger.apply(tenant.id(), valid(event))) {
      case Accepted accepted -> {
        var version = accepted.version().isPresent() ? accepted.version().getAsInt() : null;
        yield new Written(key, version, new WrittenKnowledge(accepted.token().toString()));
      }
      case Refused(var reason) -> throw new BadRequestException(reason);
    };
  }

  private static Origin origin() {
    return new Origin(SOURCE, UUID.randomUUID().toString());
  }

  static Optional<Instant> time(String name, String text) {
    return Optional.ofNullable(text).map(t -> JsonFields.instant(name, t));
  }

  private static int limit(String text) {
    if (!text.matches("\\d{1,4}")
        || Integer.parseInt(text) < 1
        || Integer.parseInt(text) > MOST_LISTED) {
      throw new IllegalArgumentException("limit must be a number from 1 to " + MOST_LISTED);
    }
    return Integer.parseInt(text);
  }

  private static <T> T valid(Supplier<T> input) {
    try {
      return input.get();
    } catch (IllegalArgumentException e) {
      throw new BadRequestException(e.getMessage(), e);
    }
  }

  private static <T> T found(String key, Optional<T> document) {
    require(key, document.isPresent());
    return document.get();
  }

  private static void require(String key, boolean found) {
    if (!found) {
      throw new NotFoundException("there is no document '%.100s' here".formatted(key));
    }
  }
}
