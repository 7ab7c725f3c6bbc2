package io.candor.security;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.UUID;

/**
 * What an operator does to tenants and keys, over a connection of the role that owns the tables.
 */
public final class Administration {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Administration() {}

  /** Creates a tenant, or finds the one of that name. */
  public static UUID createTenant(Connection owner, String name) throws SQLException {
    var secret = new byte[32];
    RANDOM.nextBytes(secret);
    var sql =
        """
        insert into tenant (name, session_secret) values (?, ?)
        on conflict (name) do update set name = excluded.name
        returning id
        """;
    try (var statement = owner.prepareStatement(sql)) {
      statement.setString(1, name);
      statement.setBytes(2, secret);
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getObject("id", UUID.class);
      }
    }
  }

  /** Creates a key and returns it: the only time that it can be read. */
  public static String createKey(Connection owner, String tenant, Set<Scope> scopes)
      throws SQLException {
    var key = ApiKey.random();
    addKey(owner, tenant, key, scopes);
    return key.text();
  }

  /** Makes a key of the operator's choosing valid, for demonstrations and tests. */
  public static void setKey(Connection owner, String tenant, String key, Set<Scope> scopes)
      throws SQLException {
    if (key.isBlank() || key.chars().anyMatch(Character::isWhitespace)) {
      throw new IllegalArgumentException("an API key is one word");
    }
    addKey(owner, tenant, new ApiKey(key), scopes);
  }

  /** Lets the website widget open sessions on these origins, and on no others. */
  public static void allowOrigins(Connection owner, String tenant, Set<String> origins)
      throws SQLException {
    try (var statement =
        owner.prepareStatement("update tenant set widget_origins = ? where name = ?")) {
      statement.setArray(1, owner.createArrayOf("text", origins.toArray()));
      statement.setString(2, tenant);
      requireTenant(statement.executeUpdate(), tenant);
    }
  }

  private static void addKey(Connection owner, String tenant, ApiKey key, Set<Scope> scopes)
      throws SQLException {
    var sql =
        """
        insert into api_key (tenant_id, hash, hint, scopes)
        select id, ?, ?, ? from tenant where name = ?
        on conflict (hash) do update set scopes = excluded.scopes, revoked_at = null
        where api_key.tenant_id = excluded.tenant_id
        """;
    try (var statement = owner.prepareStatement(sql)) {
      statement.setBytes(1, key.hash());
      statement.setString(2, key.hint());
      statement.setArray(
          3, owner.createArrayOf("text", scopes.stream().map(Scope::toString).toArray()));
      statement.setString(4, tenant);
      requireTenant(statement.executeUpdate(), tenant);
    }
  }

  private static void requireTenant(int rows, String tenant) {
    if (rows == 0) {
      throw new IllegalArgumentException(
          "no tenant '%s', or another tenant's key; create it with: candor tenants create %s"
              .formatted(tenant, tenant));
    }
  }
}
