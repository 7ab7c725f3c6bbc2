package io.candor.evaluation;

import io.candor.TestTenant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** New tenants of the server under test; none is the demo company. */
final class TestTenants implements Tenants {
  private final Map<String, ServerUnderTest> byName = new ConcurrentHashMap<>();

  @Override
  public ServerUnderTest named(String name) {
    return byName.computeIfAbsent(
        name, n -> new ServerUnderTest(TestTenant.server(), TestTenant.create(n).key()));
  }

  @Override
  public ServerUnderTest demo() {
    throw new UnsupportedOperationException("the demo company is not loaded in tests");
  }

  @Override
  public boolean areNew() {
    return false;
  }

  @Override
  public void close() {
    byName.values().forEach(ServerUnderTest::close);
  }
}
