package io.candor.evaluation;

/** Gives suites the server under test as a tenant of their own; the command line makes it. */
public interface Tenants extends AutoCloseable {
  /**
   * The server as that tenant, which is made where it does not exist.
   *
   * @param name lower case letters, digits and dashes
   */
  ServerUnderTest named(String name);

  /** The server as the demo company, with its documents. */
  ServerUnderTest demo();

  /** Whether the server has lost, or never had, what an earlier part of this run put there. */
  boolean areNew();

  @Override
  void close();
}
