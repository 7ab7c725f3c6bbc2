package io.candor.security;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

/**
 * Tells whose a bearer token is: an API key, found by its hash, or a session of the website widget,
 * a JWT (HS256, RFC 7519) signed with its tenant's secret and naming the tenant as its issuer.
 */
@ApplicationScoped
public class Credentials {
  /** How long a session of the widget lasts. */
  public static final Duration SESSION = Duration.ofMinutes(15);

  private final DataSource database;
  private final TenantTransaction transaction;

  Credentials(DataSource database, TenantTransaction transaction) {
    this.database = database;
    this.transaction = transaction;
  }

  /** The credential that this token proves, if it proves one. */
  public Optional<Credential> check(String token) {
    return token.chars().filter(c -> c == '.').count() == 2 ? ofSession(token) : ofKey(token);
  }

  /** A tenant's id by its name, as records on Kafka and widget tags name it. */
  public Optional<UUID> tenant(String name) {
    try (var connection = database.getConnection();
        var statement = connection.prepareStatement("select tenant_named(?)")) {
      statement.setString(1, name);
      try (var rows = statement.executeQuery()) {
        rows.next();
        return Optional.ofNullable(rows.getObject(1, UUID.class));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot look up the tenant", e);
    }
  }

  /** Whether some tenant lets its widget run on pages of this origin. */
  public boolean isWidgetOrigin(String origin) {
    try (var connection = database.getConnection();
        var statement = connection.prepareStatement("select widget_origin(?)")) {
      statement.setString(1, origin);
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getBoolean(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot look up the origin", e);
    }
  }

  /** A session of {@link #SESSION} that may chat, for a page on one of the tenant's own origins. */
  public Optional<String> openSession(String tenantName, String origin) {
    return tenant(tenantName)
        .map(this::widgetSettings)
        .filter(settings -> settings.origins().contains(origin))
        .map(settings -> sign(settings, tenantName));
  }

  private Optional<Credential> ofKey(String key) {
    try (var connection = database.getConnection();
        var statement = connection.prepareStatement("select * from credential(?)")) {
      statement.setBytes(1, new ApiKey(key).hash());
      try (var rows = statement.executeQuery()) {
        if (!rows.next()) {
          return Optional.empty();
        }
        var scopes = (String[]) rows.getArray("scopes").getArray();
        return Optional.of(
            new Credential(
                rows.getObject("tenant_id", UUID.class),
                rows.getString("tenant_name"),
                rows.getObject("key_id", UUID.class).toString(),
                Arrays.stream(scopes).map(Scope::of).collect(Collectors.toUnmodifiableSet())));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot check the API key", e);
    }
  }

  private Optional<Credential> ofSession(String jwt) {
    try {
      var unverified =
          new JwtConsumerBuilder().setSkipAllValidators().setSkipSignatureVerification().build();
      var issuer = unverified.processToClaims(jwt).getIssuer();
      var tenant = issuer == null ? Optional.<UUID>empty() : tenant(issuer);
      if (tenant.isEmpty()) {
        return Optional.empty();
      }
      var claims =
          new JwtConsumerBuilder()
              .setVerificationKey(new HmacKey(widgetSettings(tenant.get()).secret()))
              .setJwsAlgorithmConstraints(
                  org.jose4j.jwa.AlgorithmConstraints.ConstraintType.PERMIT,
                  AlgorithmIdentifiers.HMAC_SHA256)
              .setRequireExpirationTime()
              .setRequireJwtId()
              .build()
              .processToClaims(jwt);
      return Optional.of(
          new Credential(tenant.get(), issuer, claims.getJwtId(), EnumSet.of(Scope.CHAT)));
    } catch (InvalidJwtException | MalformedClaimException e) {
      return Optional.empty();
    }
  }

  private static String sign(WidgetSettings settings, String tenantName) {
    var claims = new JwtClaims();
    claims.setIssuer(tenantName);
    claims.setGeneratedJwtId();
    claims.setExpirationTime(NumericDate.fromSeconds(Instant.now().plus(SESSION).getEpochSecond()));
    var signature = new JsonWebSignature();
    signature.setPayload(claims.toJson());
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
    signature.setKey(new HmacKey(settings.secret()));
    try {
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException("cannot sign a session", e);
    }
  }

  private WidgetSettings widgetSettings(UUID tenant) {
    return transaction.call(
        tenant,
        () -> {
          try (var connection = database.getConnection();
              var statement =
                  connection.prepareStatement("select session_secret, widget_origins from tenant");
              var rows = statement.executeQuery()) {
            rows.next();
            var origins = (String[]) rows.getArray("widget_origins").getArray();
            return new WidgetSettings(rows.getBytes("session_secret"), Set.of(origins));
          }
        });
  }

  private record WidgetSettings(byte[] secret, Set<String> origins) {}
}
