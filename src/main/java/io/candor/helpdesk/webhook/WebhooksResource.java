package io.candor.helpdesk.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.candor.helpdesk.wire.HelpdeskConfig;
import io.candor.helpdesk.wire.Json;
import io.candor.helpdesk.wire.Secrets;
import io.candor.helpdesk.wire.StandardWebhooks;
import io.candor.helpdesk.wire.Vault;
import io.candor.security.CurrentTenant;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A tenant's webhooks: where its events are sent, and what became of them. */
@Path("/api/v1/webhooks")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class WebhooksResource {
  private final Endpoints endpoints;
  private final WebhookLog log;
  private final Vault vault;
  private final HelpdeskConfig config;
  private final CurrentTenant current;
  private final Clock clock;

  WebhooksResource(
      Endpoints endpoints,
      WebhookLog log,
      Vault vault,
      HelpdeskConfig config,
      CurrentTenant current,
      Clock clock) {
    this.endpoints = endpoints;
    this.log = log;
    this.vault = vault;
    this.config = config;
    this.current = current;
    this.clock = clock;
  }

  record Request(String url, List<String> types) {}

  /** An endpoint as a client is shown it; the secret only where it is new. */
  record Shown(String id, String url, List<String> types, String disabled, String secret) {
    static Shown of(Endpoint endpoint, String secret) {
      return new Shown(
          endpoint.id().toString(),
          endpoint.url().toString(),
          endpoint.types(),
          endpoint.disabled().orElse(null),
          secret);
    }
  }

  record All(List<Shown> webhooks) {}

  record Log(List<WebhookLog.Entry> deliveries) {}

  @GET
  public String list() {
    return Json.write(
        new All(endpoints.list(tenant()).stream().map(e -> Shown.of(e, null)).toList()));
  }

  @POST
  public Response create(String body) {
    var request = request(body);
    var secret = StandardWebhooks.newSecret();
    try {
      var endpoint =
          new Endpoint(
              UUID.randomUUID(),
              tenant(),
              address(request.url()),
              request.types() == null ? Endpoint.TYPES : request.types(),
              Secrets.of(secret),
              Optional.empty());
      endpoints.save(endpoint);
      return Response.status(201).entity(Json.write(Shown.of(endpoint, secret))).build();
    } catch (IllegalArgumentException e) {
      throw new BadRequestException(e.getMessage(), e);
    }
  }

  /**
   * Encrypted, but for hosts that the operator has allowed; its address is checked when sending.
   */
  private URI address(String url) {
    var address = URI.create(String.valueOf(url));
    var host = String.valueOf(address.getHost());
    boolean own = config.privateHosts().orElse(Set.of()).contains(host);
    if (address.getHost() == null || !("https".equals(address.getScheme()) || own)) {
      throw new IllegalArgumentException("'url' is an https address");
    }
    return address;
  }

  /** A new secret; until the old one ends, each message is signed with both. */
  @POST
  @Path("/{id}/secrets")
  public String rotate(@PathParam("id") String id) {
    var secret = StandardWebhooks.newSecret();
    var endpoint = endpoint(id);
    var now = clock.instant();
    var secrets = endpoint.secrets().rotated(secret, now, now.plus(config.rotation()));
    return Json.write(Shown.of(save(endpoint, secrets, endpoint.disabled()), secret));
  }

  /** Sends again to an endpoint that was disabled. */
  @POST
  @Path("/{id}/enable")
  public String enable(@PathParam("id") String id) {
    var endpoint = endpoint(id);
    return Json.write(Shown.of(save(endpoint, endpoint.secrets(), Optional.empty()), null));
  }

  private Endpoint save(Endpoint old, Secrets secrets, Optional<String> disabled) {
    var changed = new Endpoint(old.id(), old.tenant(), old.url(), old.types(), secrets, disabled);
    endpoints.save(changed);
    return changed;
  }

  @DELETE
  @Path("/{id}")
  public void delete(@PathParam("id") String id) {
    endpoints.delete(endpoint(id));
  }

  @GET
  @Path("/{id}/deliveries")
  public String log(@PathParam("id") String id) {
    return Json.write(new Log(log.last(endpoint(id))));
  }

  @POST
  @Path("/{id}/deliveries/{message}/replay")
  public void replay(@PathParam("id") String id, @PathParam("message") String message) {
    try {
      if (endpoints.replay(endpoint(id), UUID.fromString(message))) {
        return;
      }
    } catch (IllegalArgumentException e) {
      throw new NotFoundException("a message's id is a UUID", e);
    }
    throw new NotFoundException("no message %s for this webhook".formatted(message));
  }

  private Endpoint endpoint(String id) {
    return endpoints
        .find(tenant(), id)
        .orElseThrow(() -> new NotFoundException("no webhook '%.40s'".formatted(id)));
  }

  private UUID tenant() {
    if (!vault.isOpen()) {
      throw new ServiceUnavailableException(
          "webhooks need a key for their secrets: set candor.helpdesk.key");
    }
    return current.id();
  }

  private static Request request(String body) {
    try {
      return Json.MAPPER.readValue(String.valueOf(body), Request.class);
    } catch (JsonProcessingException e) {
      throw new BadRequestException("the body is like {\"url\": …, \"types\": […]}", e);
    }
  }
}
