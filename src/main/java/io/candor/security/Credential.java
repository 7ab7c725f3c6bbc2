package io.candor.security;

import java.util.Set;
import java.util.UUID;

/**
 * Who makes a request, as its API key or session proves.
 *
 * @param tenant whose data it may touch
 * @param tenantName the tenant's name, as in Kafka keys
 * @param id the key's id, or the session's
 * @param scopes what it may do: see {@link Scope}
 */
public record Credential(UUID tenant, String tenantName, String id, Set<Scope> scopes) {
  public Credential {
    scopes = Set.copyOf(scopes);
  }
}
