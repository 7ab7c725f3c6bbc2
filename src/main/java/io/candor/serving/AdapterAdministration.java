package io.candor.serving;

import io.candor.serving.lora.LoraFit;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/**
 * How an operator gives a tenant an adapter, over a connection of the role that owns the tables.
 */
public final class AdapterAdministration {
  private AdapterAdministration() {}

  /**
   * Stores an adapter, a GGUF file, under a name.
   *
   * @param base the base model's file, to see whether the adapter fits it
   * @throws IllegalArgumentException if there is no such tenant, the file is no adapter or does not
   *     fit, or the name stands for another file
   */
  public static StoredAdapter add(
      Connection owner, String tenant, String name, Path file, Optional<Path> base)
      throws SQLException, IOException {
    if (base.isPresent()) {
      LoraFit.check(file, base.get());
    }
    var id = confine(owner, tenant);
    var stored = new AdapterRows(owner).add(id, name, file);
    owner.commit();
    return stored;
  }

  /**
   * Writes an adapter that a tenant has to a file.
   *
   * @throws IllegalArgumentException if there is no such tenant or adapter
   */
  public static void write(Connection owner, String tenant, String name, Path out)
      throws SQLException, IOException {
    confine(owner, tenant);
    var rows = new AdapterRows(owner);
    rows.required(name);
    rows.write(name, out);
    owner.rollback();
  }

  /** Begins a transaction in which row-level security shows this tenant's rows alone. */
  private static UUID confine(Connection owner, String tenant) throws SQLException {
    owner.setAutoCommit(false);
    var id = tenant(owner, tenant);
    try (var statement = owner.prepareStatement("select set_config('candor.tenant', ?, true)")) {
      statement.setString(1, id.toString());
      statement.execute();
    }
    return id;
  }

  private static UUID tenant(Connection owner, String name) throws SQLException {
    try (var statement = owner.prepareStatement("select id from tenant where name = ?")) {
      statement.setString(1, name);
      try (var rows = statement.executeQuery()) {
        if (!rows.next()) {
          throw new IllegalArgumentException("there is no tenant '%s'".formatted(name));
        }
        return rows.getObject("id", UUID.class);
      }
    }
  }
}
