package io.candor.knowledge;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.candor.knowledge.Applied.Accepted;
import io.candor.knowledge.Applied.Refused;
import io.candor.security.CurrentTenant;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/** Documents over HTTP: writing, retiring, and reading them with their versions. */
@Path("/api/v1/documents")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class DocumentsResource {
  private static final int MOST_LISTED = 200;
  private static final int LISTED = 50;

  private final CurrentTenant tenant;
  private final Ledger ledger;
  private final Intake intake;
  private final Imports imports;
  private final Documents documents;
  private final KnowledgeGate gate;
  private final Clock clock;
  private final int maxTextLength;

  DocumentsResource(
      CurrentTenant tenant,
      Ledger ledger,
      Intake intake,
      Imports imports,
      Documents documents,
      KnowledgeGate gate,
      Clock clock,
      KnowledgeConfig config) {
    this.tenant = tenant;
    this.ledger = ledger;
    this.intake = intake;
    this.imports = imports;
    this.documents = documents;
    this.gate = gate;
    this.clock = clock;
    this.maxTextLength = config.maxTextLength();
  }

  /**
   * What a write answers: the version that now holds, and the token that demands it.
   *
   * @param chunks that a new version was cut into
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Written(
      String document,
      Integer version,
      String status,
      Integer chunks,
      Resemblance resembles,
      WrittenKnowledge knowledge) {}

  /** The token that a later question may demand. */
  public record WrittenKnowledge(String token) {}

  @PUT
  @Path("{key: .+}")
  @Consumes(MediaType.APPLICATION_JSON)
  public Written put(
      @PathParam("key") String key,
      @QueryParam("duplicates") String duplicates,
      @RequestBody(content = @Content(schema = @Schema(implementation = Draft.class)))
          byte[] body) {
    var onDuplicate = valid(() -> OnDuplicate.parse(duplicates, OnDuplicate.STORE));
    var draft = valid(() -> Draft.parse(JsonFields.parse(body), maxTextLength));
    var outcome = valid(() -> intake.publish(tenant.id(), key, draft, onDuplicate));
    if (outcome.status() == WriteStatus.REFUSED) {
      throw new BadRequestException(outcome.reason().orElseThrow());
    }
    return new Written(
        key,
        number(outcome.version()),
        outcome.status().toString(),
        number(outcome.chunks()),
        outcome.resembles().orElse(null),
        outcome.token().map(t -> new WrittenKnowledge(t.toString())).orElse(null));
  }

  /** Each file has its own outcome, so the answer is 200 even where some were refused. */
  @POST
  @Path("import")
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  public List<Imported> load(
      @RestForm(FileUpload.ALL) List<FileUpload> files, @QueryParam("duplicates") String duplicates)
      throws IOException {
    if (files.isEmpty()) {
      throw new BadRequestException("there is no file in this request");
    }
    var onDuplicate = valid(() -> OnDuplicate.parse(duplicates, OnDuplicate.SKIP));
    return imports.load(tenant.id(), files, onDuplicate);
  }

  @DELETE
  @Path("{key: .+}")
  public Written retire(
      @PathParam("key") String key, @QueryParam("valid_until") String validUntil) {
    require(key, documents.exists(tenant.id(), key));
    var event =
        valid(() ->
            new Event.Retired(
                Intake.origin(), key, clock.instant(), time("valid_until", validUntil)));
    return switch (ledger.apply(tenant.id(), event)) {
      case Accepted accepted -> {
        var token = new WrittenKnowledge(accepted.token().toString());
        yield new Written(key, number(accepted.version()), null, null, null, token);
      }
      case Refused(var reason) -> throw new BadRequestException(reason);
    };
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

  private static Integer number(OptionalInt number) {
    return number.isPresent() ? number.getAsInt() : null;
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
