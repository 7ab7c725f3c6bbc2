package io.candor.embedded;

import io.github.bucket4j.Bucket;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The first page: the demo company's help page where the demo runs, else a word of welcome. */
@Path("/")
@Singleton
@RunOnVirtualThread
public class DemoResource {
  /** Nothing inline and nothing from elsewhere, which the widget must do with too. */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
          + "img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final DemoConfig config;
  private final DemoPublisher publisher;
  private final DemoCompany company = DemoCompany.load();
  private final DemoChange change = DemoCompany.loadChange();
  private final Bucket changes;

  DemoResource(DemoConfig config, DemoPublisher publisher) {
    this.config = config;
    this.publisher = publisher;
    var most = config.changesPerMinute();
    this.changes =
        Bucket.builder()
            .addLimit(limit -> limit.capacity(most).refillGreedy(most, Duration.ofMinutes(1)))
            .build();
  }

  /** The company, and its change if the document is loaded and has the sentence. */
  public record Company(String name, List<String> questions, Change change) {}

  /** The sentence is {@code prefix + value + suffix}; the suggestion is another value. */
  public record Change(
      String title,
      String question,
      String prefix,
      String value,
      String suffix,
      String suggestion) {}

  /** The new value of the sentence. */
  public record NewValue(String value) {}

  @GET
  @Produces(MediaType.TEXT_HTML)
  @Operation(hidden = true)
  public Response page() {
    return page(config.enabled() ? "help.html" : "welcome.html");
  }

  /** Plain against tuned answers, side by side. */
  @GET
  @Path("voice")
  @Produces(MediaType.TEXT_HTML)
  @Operation(hidden = true)
  public Response voice() {
    requireDemo();
    return page("voice.html");
  }

  private Response page(String name) {
    var page =
        template(name)
            .replace("{name}", escaped(company.name()))
            .replace("{tagline}", escaped(company.tagline()))
            .replace("{contact}", escaped("mailto:" + company.contact().email()))
            .replace("{tenant}", escaped(config.tenant()));
    return Response.ok(page)
        .header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer")
        .build();
  }

  @GET
  @Path("demo/company")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(hidden = true)
  public Company company() {
    requireDemo();
    var offered =
        publisher
            .inForce(change.document())
            .flatMap(document ->
                change.valueIn(document.text()).map(value -> offer(document.title(), value)));
    return new Company(company.name(), company.sampleQuestions(), offered.orElse(null));
  }

  @POST
  @Path("demo/change")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(hidden = true)
  public DemoPublisher.Published change(
      @HeaderParam("Origin") String origin, @Context UriInfo uri, NewValue request) {
    requireDemo();
    if (!uri.getBaseUri().toString().equals(origin + "/")) {
      throw new ForbiddenException("only the help page itself may publish the change");
    }
    if (request == null || !DemoChange.allows(request.value())) {
      throw new BadRequestException("a value is 1 to 40 letters, digits and simple punctuation");
    }
    if (!changes.tryConsume(1)) {
      throw new ClientErrorException(
          "too many changes; try again in a minute",
          Response.status(Response.Status.TOO_MANY_REQUESTS).header("Retry-After", 60).build());
    }
    return publisher.publish(change, request.value());
  }

  private Change offer(String title, String value) {
    var suggestion = value.equals(change.newValue()) ? change.oldValue() : change.newValue();
    return new Change(
        title, change.question(), change.prefix(), value, change.suffix(), suggestion);
  }

  private void requireDemo() {
    if (!config.enabled()) {
      throw new NotFoundException("the demo is not switched on");
    }
  }

  private static String template(String name) {
    try (var stream = DemoResource.class.getResourceAsStream("/pages/" + name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
