package io.candor.security;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.NotAuthorizedException;
import java.util.UUID;

/**
 * The tenant of the request being served, as its credential says; set by {@link Authentication}.
 */
@RequestScoped
public class CurrentTenant {
  private Credential credential;

  void become(Credential credential) {
    this.credential = credential;
  }

  /** The tenant's id; 401 where no credential was checked. */
  public UUID id() {
    return credential().tenant();
  }

  /** Who asks: tenant, scopes, and the key or session they came with. */
  public Credential credential() {
    if (credential == null) {
      throw new NotAuthorizedException("Bearer");
    }
    return credential;
  }
}
