package io.candor.serving;

import com.fasterxml.jackson.databind.JsonNode;
import io.candor.security.CurrentTenant;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The tenant's adapters over HTTP. */
@Path("/api/v1/adapters")
@RunOnVirtualThread
public class AdaptersResource {
  private final CurrentTenant tenant;
  private final AdapterRegistry registry;

  AdaptersResource(CurrentTenant tenant, AdapterRegistry registry) {
    this.tenant = tenant;
    this.registry = registry;
  }

  /** All adapters, in the order of their names. */
  record Adapters(List<StoredAdapter> adapters) {}

  @GET
  @Operation(summary = "The adapters")
  public Adapters list() {
    return new Adapters(registry.list(tenant.id()));
  }

  @GET
  @Path("{name}")
  @Operation(summary = "An adapter, how it was trained, and what the gate found")
  public AdapterVersion version(@PathParam("name") String name) {
    return registry
        .version(tenant.id(), name)
        .orElseThrow(() -> new NotFoundException("there is no adapter '%.100s'".formatted(name)));
  }

  @PUT
  @Path("{name}")
  @Consumes(MediaType.APPLICATION_OCTET_STREAM)
  @Operation(
      summary = "Stores an adapter, a GGUF file",
      description = "The same file again changes nothing; 409 where the name stands for another.")
  public StoredAdapter put(@PathParam("name") String name, InputStream content) throws Exception {
    return Refusals.told(() -> registry.add(tenant.id(), name, Refusals.required(content)));
  }

  @PUT
  @Path("{name}/run")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Says how an adapter was trained: the trainer's run.json")
  public AdapterVersion setRun(@PathParam("name") String name, String run) throws Exception {
    return Refusals.told(() -> registry.setRun(tenant.id(), name, Refusals.required(run)));
  }

  @POST
  @Path("{name}/verdicts")
  @Operation(summary = "Keeps what the gate found: 'passed', and what else there is to know")
  public StoredAdapter judge(@PathParam("name") String name, JsonNode verdict) throws Exception {
    return Refusals.told(() -> {
      var passed = Refusals.required(verdict).path("passed");
      if (!passed.isBoolean()) {
        throw new IllegalArgumentException("'passed' is true or false");
      }
      return registry.addVerdict(tenant.id(), name, passed.asBoolean(), verdict.toString());
    });
  }

  @POST
  @Path("{name}/merge")
  @Operation(
      summary = "Makes one adapter of several",
      description = "It does what they do together, each with its scale; their ranks add up.")
  public StoredAdapter merge(@PathParam("name") String name, AdapterUses.Parts parts)
      throws Exception {
    return Refusals.told(() -> {
      var scales = AdapterUses.scales(Refusals.required(parts).adapters());
      return registry.merge(tenant.id(), name, scales);
    });
  }

  @DELETE
  @Path("{name}")
  @Operation(summary = "Removes an adapter that the voice does not use")
  public void remove(@PathParam("name") String name) throws Exception {
    Refusals.told(() -> {
      registry.remove(tenant.id(), name);
      return null;
    });
  }
}
