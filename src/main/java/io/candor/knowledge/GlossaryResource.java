package io.candor.knowledge;

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
import jakarta.ws.rs.core.MediaType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;

/** The tenant's glossary over HTTP: words that mean the same, for search. */
@Path("/api/v1/glossary")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class GlossaryResource {
  private final CurrentTenant tenant;
  private final Glossary glossary;

  GlossaryResource(CurrentTenant tenant, Glossary glossary) {
    this.tenant = tenant;
    this.glossary = glossary;
  }

  /** All entries, in the order of their terms. */
  record Entries(List<GlossaryEntry> entries) {
    Entries {
      var terms = new HashSet<String>();
      for (var entry : entries) {
        if (!terms.add(entry.term())) {
          throw new IllegalArgumentException("'%s' is there twice".formatted(entry.term()));
        }
      }
    }
  }

  @GET
  @Operation(summary = "The whole glossary")
  public Entries list() {
    return new Entries(glossary.entries(tenant.id()));
  }

  @GET
  @Path("{term: .+}")
  @Operation(summary = "The entry of a term")
  public GlossaryEntry get(@PathParam("term") String term) {
    var phrase = phrase(term);
    return glossary.entries(tenant.id()).stream()
        .filter(entry -> entry.term().equals(phrase))
        .findFirst()
        .orElseThrow(() -> missing(phrase));
  }

  @PUT
  @Operation(
      summary = "Replaces the whole glossary",
      description =
          "At most 1000 entries of 1 to 20 synonyms. A change holds from the next question on, for"
              + " every instant asked about; it has no knowledge token.")
  public Entries replace(
      @RequestBody(content = @Content(schema = @Schema(implementation = Entries.class)))
          byte[] body) {
    return valid(() -> {
      var fields = new JsonFields(JsonFields.parse(body), Set.of("entries"));
      if (!fields.json().path("entries").isArray()) {
        throw new IllegalArgumentException("entries must be an array");
      }
      var entries =
          new Entries(
              fields.json().get("entries").valueStream().map(GlossaryEntry::parse).toList());
      glossary.replace(tenant.id(), entries.entries());
      return entries;
    });
  }

  @PUT
  @Path("{term: .+}")
  @Operation(summary = "Adds or replaces the entry of a term")
  public GlossaryEntry put(
      @PathParam("term") String term,
      @RequestBody(content = @Content(schema = @Schema(implementation = GlossaryEntry.class)))
          byte[] body) {
    return valid(() -> {
      var fields = new JsonFields(JsonFields.parse(body), Set.of("synonyms", "definition"));
      var entry =
          new GlossaryEntry(term, fields.texts("synonyms"), fields.optionalText("definition"));
      glossary.put(tenant.id(), entry);
      return entry;
    });
  }

  @DELETE
  @Operation(summary = "Removes all entries")
  public void clear() {
    glossary.replace(tenant.id(), List.of());
  }

  @DELETE
  @Path("{term: .+}")
  @Operation(summary = "Removes the entry of a term")
  public void remove(@PathParam("term") String term) {
    var phrase = phrase(term);
    if (!glossary.remove(tenant.id(), phrase)) {
      throw missing(phrase);
    }
  }

  private static String phrase(String term) {
    return valid(() -> GlossaryEntry.phrase("term", term));
  }

  private static NotFoundException missing(String term) {
    return new NotFoundException("there is no '%s' in the glossary".formatted(term));
  }

  private static <T> T valid(Supplier<T> input) {
    try {
      return input.get();
    } catch (IllegalArgumentException e) {
      throw new BadRequestException(e.getMessage(), e);
    }
  }
}
