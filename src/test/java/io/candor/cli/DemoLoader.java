package io.candor.cli;

import io.candor.TestTenant;
import io.candor.security.Administration;
import io.candor.security.Scope;
import java.io.IOException;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Set;
import org.eclipse.microprofile.config.ConfigProvider;

/** Loads the demo company into the server under test, the way {@code ./candor demo} does. */
public final class DemoLoader {
  private static boolean loaded;

  private DemoLoader() {}

  /** Once for all tests; returns when every document is in force. */
  public static synchronized void load() throws SQLException, IOException, InterruptedException {
    if (loaded) {
      return;
    }
    var url = TestTenant.server().toString();
    String key;
    try (var owner = TestTenant.ownerConnection()) {
      Administration.createTenant(owner, DemoApplication.TENANT);
      Administration.allowOrigins(
          owner, DemoApplication.TENANT, Set.of(url, url.replace("localhost", "127.0.0.1")));
      key = Administration.createKey(owner, DemoApplication.TENANT, EnumSet.allOf(Scope.class));
    }
    var kafka = ConfigProvider.getConfig().getValue("candor.kafka.bootstrap-servers", String.class);
    var noDatabase = new ClientSettings.Database("", "", "");
    DemoDocuments.load(
        new ClientSettings(url, key, DemoApplication.TENANT, kafka, noDatabase), System.out);
    loaded = true;
  }
}
