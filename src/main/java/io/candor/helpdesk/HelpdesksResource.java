package io.candor.helpdesk;

import io.candor.helpdesk.vendor.Vendor;
import io.candor.helpdesk.wire.GuardedHttp;
import io.candor.helpdesk.wire.HelpdeskConfig;
import io.candor.helpdesk.wire.Json;
import io.candor.helpdesk.wire.Secrets;
import io.candor.helpdesk.wire.StandardWebhooks;
import io.candor.helpdesk.wire.Vault;
import io.candor.security.CurrentTenant;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A tenant's channels: set up, changed, tried. What is secret goes in and does not come out. */
@Path("/api/v1/helpdesks")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class HelpdesksResource {
  private final Channels channels;
  private final Deliveries deliveries;
  private final Inbox inbox;
  private final Vault vault;
  private final GuardedHttp http;
  private final HelpdeskConfig config;
  private final CurrentTenant current;
  private final Clock clock;

  HelpdesksResource(
      Channels channels,
      Deliveries deliveries,
      Inbox inbox,
      Vault vault,
      GuardedHttp http,
      HelpdeskConfig config,
      CurrentTenant current,
      Clock clock) {
    this.channels = channels;
    this.deliveries = deliveries;
    this.inbox = inbox;
    this.vault = vault;
    this.http = http;
    this.config = config;
    this.current = current;
    this.clock = clock;
  }

  /**
   * A channel as a client describes it; what is missing stays as it is, or is the default.
   *
   * @param token for the helpdesk's API
   * @param secret that signs deliveries, where the helpdesk chooses it
   */
  record Request(
      String helpdesk, String mode, String token, String secret, Map<String, Object> settings) {}

  /** A channel as a client is shown it. */
  record Shown(String name, String helpdesk, String mode, String path, ChannelSettings settings) {
    static Shown of(Channel channel) {
      return new Shown(
          channel.name(),
          channel.vendor().toString(),
          channel.mode().name().toLowerCase(java.util.Locale.ROOT),
          channel.path(),
          channel.settings());
    }
  }

  record All(List<Shown> helpdesks) {}

  /** The secret is shown this once. */
  record WithSecret(Shown channel, String secret) {}

  record Tested(boolean ok, String result) {}

  record Log(List<Deliveries.Shown> deliveries) {}

  @GET
  public Response list() {
    return ok(new All(channels.list(tenant()).stream().map(Shown::of).toList()));
  }

  @GET
  @Path("/{name}")
  public Response get(@PathParam("name") String name) {
    return ok(Shown.of(named(name)));
  }

  /** Sets up a channel, or changes one; the secret is in the answer where it is new. */
  @PUT
  @Path("/{name}")
  public Response put(@PathParam("name") String name, String body) {
    var request = request(body);
    var before = channels.named(tenant(), name);
    var secret = request.secret() == null ? StandardWebhooks.newSecret() : request.secret();
    var channel =
        before.map(old -> changed(old, request)).orElseGet(() -> create(name, request, secret));
    check(channel);
    if (!channels.save(channel)) {
      throw new ClientErrorException("another channel has just got this name", 409);
    }
    return before.isPresent()
        ? ok(Shown.of(channel))
        : Response.status(201)
            .entity(Json.write(new WithSecret(Shown.of(channel), secret)))
            .build();
  }

  private Channel create(String name, Request request, String secret) {
    if (!name.matches("[a-z0-9][a-z0-9-]{0,62}")) {
      throw new BadRequestException("a channel's name has lower case letters, digits and dashes");
    }
    var vendor =
        Vendor.named(String.valueOf(request.helpdesk()))
            .orElseThrow(() -> new BadRequestException("'helpdesk' is one of: " + Vendor.names()));
    return new Channel(
        UUID.randomUUID(),
        tenant(),
        name,
        vendor,
        request.mode() == null ? Mode.DRAFT : mode(request),
        settings(request.settings() == null ? Map.of() : request.settings()),
        new Credentials(request.token() == null ? "" : request.token(), Secrets.of(secret)));
  }

  private static Channel changed(Channel old, Request request) {
    if (request.secret() != null) {
      throw new BadRequestException(
          "a secret is changed by POST …/secrets, which keeps the old one a while");
    }
    return new Channel(
        old.id(),
        old.tenant(),
        old.name(),
        old.vendor(),
        request.mode() == null ? old.mode() : mode(request),
        request.settings() == null ? old.settings() : settings(request.settings()),
        request.token() == null
            ? old.credentials()
            : new Credentials(request.token(), old.credentials().secrets()));
  }

  private static Mode mode(Request request) {
    try {
      return Json.MAPPER.convertValue(request.mode(), Mode.class);
    } catch (IllegalArgumentException e) {
      throw new BadRequestException("'mode' is auto, draft or off", e);
    }
  }

  private static ChannelSettings settings(Map<String, Object> settings) {
    try {
      return Json.MAPPER.convertValue(settings, ChannelSettings.class);
    } catch (IllegalArgumentException e) {
      throw new BadRequestException("'settings': " + firstLine(e), e);
    }
  }

  /**
   * Whether the account has all settings that its helpdesk needs, and the secret's form is right.
   */
  private void check(Channel channel) {
    try {
      var secrets = channel.credentials().secrets().goodAt(clock.instant());
      channel.vendor().desk(channel.account(), secrets, http, config.timeout());
      channel.vendor().inbound().test(channel.account(), secrets.getFirst(), clock.instant());
    } catch (IllegalArgumentException e) {
      throw new BadRequestException("'settings' or 'secret': " + firstLine(e), e);
    }
  }

  /** A new secret; the old ones are good for a while yet. */
  @POST
  @Path("/{name}/secrets")
  public Response rotate(@PathParam("name") String name, String body) {
    var given = body == null || body.isBlank() ? null : request(body).secret();
    var secret = given == null ? StandardWebhooks.newSecret() : given;
    var channel = named(name);
    var now = clock.instant();
    var rotated =
        new Channel(
            channel.id(),
            channel.tenant(),
            channel.name(),
            channel.vendor(),
            channel.mode(),
            channel.settings(),
            new Credentials(
                channel.credentials().token(),
                channel.credentials().secrets().rotated(secret, now, now.plus(config.rotation()))));
    check(rotated);
    channels.save(rotated);
    return ok(new WithSecret(Shown.of(rotated), secret));
  }

  @DELETE
  @Path("/{name}")
  public void delete(@PathParam("name") String name) {
    channels.delete(named(name));
  }

  /** Sends a test event through: signed, kept, answered, and the API's credentials tried. */
  @POST
  @Path("/{name}/test")
  public Response test(@PathParam("name") String name) throws InterruptedException {
    var channel = named(name);
    return switch (inbox.test(channel)) {
      case Receipt.Stored(), Receipt.Repeated() -> {
        var result = deliveries.awaitTest(channel);
        yield ok(new Tested(result.startsWith("test: "), result));
      }
      case Receipt other -> ok(new Tested(false, "the channel refuses its own event: " + other));
    };
  }

  /** The last deliveries and what came of them. */
  @GET
  @Path("/{name}/deliveries")
  public Response log(@PathParam("name") String name) {
    return ok(new Log(deliveries.last(named(name))));
  }

  /** Tries a failed delivery again. */
  @POST
  @Path("/{name}/deliveries/{delivery}/retry")
  public void retry(@PathParam("name") String name, @PathParam("delivery") String delivery) {
    if (!deliveries.retry(named(name), delivery)) {
      throw new NotFoundException("no failed delivery '%.40s'".formatted(delivery));
    }
  }

  /** Lets the bot speak again in a conversation that a person had. */
  @POST
  @Path("/{name}/conversations/{conversation}/give-back")
  public void giveBack(
      @PathParam("name") String name, @PathParam("conversation") String conversation) {
    if (!deliveries.giveBack(named(name), conversation)) {
      throw new NotFoundException("no conversation '%.40s' here".formatted(conversation));
    }
  }

  private Channel named(String name) {
    return channels
        .named(tenant(), name)
        .orElseThrow(() -> new NotFoundException("no channel '%.63s'".formatted(name)));
  }

  private UUID tenant() {
    if (!vault.isOpen()) {
      throw new ServiceUnavailableException(
          "helpdesks need a key for their secrets: set candor.helpdesk.key to 32 random bytes in base64");
    }
    return current.id();
  }

  private static Request request(String body) {
    try {
      return Json.MAPPER.readValue(body, Request.class);
    } catch (com.fasterxml.jackson.core.JsonProcessingException | IllegalArgumentException e) {
      throw new BadRequestException("the body: " + firstLine(e), e);
    }
  }

  private static Response ok(Object entity) {
    return Response.ok(Json.write(entity)).build();
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("not understood");
  }
}
