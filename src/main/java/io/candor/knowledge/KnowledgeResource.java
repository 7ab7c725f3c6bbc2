package io.candor.knowledge;

import io.candor.security.CurrentTenant;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;

/** Tells what is known now, or waits until a token is in force. */
@Path("/api/v1/knowledge")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class KnowledgeResource {
  private final CurrentTenant tenant;
  private final KnowledgeGate gate;

  KnowledgeResource(CurrentTenant tenant, KnowledgeGate gate) {
    this.tenant = tenant;
    this.gate = gate;
  }

  /** The last event in force, and how long ago the topic was last known to hold no more. */
  public record Known(String token, long lagMs) {}

  @GET
  public Known known(@QueryParam("after") String after) {
    return gate.read(
        tenant.id(),
        Optional.empty(),
        AsOf.token(after),
        view -> new Known(view.token().toString(), view.lagMs()));
  }
}
