package io.candor.serving;

import io.candor.security.CurrentTenant;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The tenant's adapters and its voice over HTTP. */
@Path("/api/v1")
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

  /** An adapter and how strongly it is used: 1 if that is not said. */
  record Use(String name, Float scale) {}

  /** The adapters that a voice, or a merged adapter, is made of. */
  record Uses(List<Use> adapters) {
    Map<String, Float> scales() {
      if (adapters == null) {
        throw new IllegalArgumentException("'adapters' is missing");
      }
      var scales = new LinkedHashMap<String, Float>();
      for (var use : adapters) {
        if (use.name() == null) {
          throw new IllegalArgumentException("an adapter's 'name' is missing");
        }
        if (scales.put(use.name(), use.scale() == null ? 1 : use.scale()) != null) {
          throw new IllegalArgumentException("'%s' is there twice".formatted(use.name()));
        }
      }
      return scales;
    }
  }

  @GET
  @Path("adapters")
  @Operation(summary = "The adapters")
  public Adapters list() {
    return new Adapters(registry.list(tenant.id()));
  }

  @POST
  @Path("adapters/{name}/merge")
  @Operation(
      summary = "Makes one adapter of several",
      description = "It does what they do together, each with its scale; their ranks add up.")
  public StoredAdapter merge(@PathParam("name") String name, Uses parts) {
    return valid(() -> registry.merge(tenant.id(), name, required(parts).scales()));
  }

  @DELETE
  @Path("adapters/{name}")
  @Operation(summary = "Removes an adapter that the voice does not use")
  public void remove(@PathParam("name") String name) {
    valid(() -> {
      registry.remove(tenant.id(), name);
      return null;
    });
  }

  @GET
  @Path("voice")
  @Operation(summary = "The adapters that answers are said with")
  public AdapterSet voice() {
    return registry.voice(tenant.id());
  }

  @PUT
  @Path("voice")
  @Operation(
      summary = "Sets the adapters that answers are said with",
      description = "Holds from the next answer on. Without adapters, the base model speaks.")
  public AdapterSet setVoice(Uses voice) {
    return valid(() -> registry.setVoice(tenant.id(), required(voice).scales()));
  }

  private static Uses required(Uses body) {
    if (body == null) {
      throw new IllegalArgumentException("the body is missing");
    }
    return body;
  }

  private static <T> T valid(Supplier<T> work) {
    try {
      return work.get();
    } catch (IllegalArgumentException e) {
      throw new BadRequestException(e.getMessage(), e);
    }
  }
}
