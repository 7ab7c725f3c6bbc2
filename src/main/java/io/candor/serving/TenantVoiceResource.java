package io.candor.serving;

import io.candor.security.CurrentTenant;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What the tenant's answers are said with, over HTTP: promotion, canary, rollback. */
@Path("/api/v1/voice")
@RunOnVirtualThread
public class TenantVoiceResource {
  private static final int MOST_SHOWN = 100;

  private final CurrentTenant tenant;
  private final AdapterRegistry registry;

  TenantVoiceResource(CurrentTenant tenant, AdapterRegistry registry) {
    this.tenant = tenant;
    this.registry = registry;
  }

  /** The latest first. */
  record History(List<TenantVoice> voices) {}

  @GET
  @Operation(summary = "The adapters that answers are said with, and who set them")
  public TenantVoice voice() {
    return registry.voice(tenant.id());
  }

  @PUT
  @Operation(
      summary = "Sets the adapters that answers are said with",
      description =
          "Holds from the next answer on, for conversations that begin then: a conversation keeps its voice. "
              + "Without adapters, the base model speaks. A canary's adapters are heard by its share of conversations. "
              + "409 where the gate did not let one pass that not everybody hears already, unless 'force' is true.")
  public TenantVoice setVoice(AdapterUses.Voice voice) throws Exception {
    return Refusals.told(
        () -> registry.setVoice(tenant.id(), Refusals.required(voice), tenant.credential().id()));
  }

  @GET
  @Path("history")
  @Operation(summary = "The voices that were set, the latest first")
  public History history() {
    return new History(registry.voices(tenant.id(), MOST_SHOWN));
  }

  @POST
  @Path("rollback")
  @Operation(summary = "Goes back to the voice before, and one further back each time")
  public TenantVoice rollBack() throws Exception {
    return Refusals.told(() -> registry.rollBack(tenant.id(), tenant.credential().id()));
  }
}
