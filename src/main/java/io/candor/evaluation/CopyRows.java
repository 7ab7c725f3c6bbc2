package io.candor.evaluation;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/** Rows on their way into a table in PostgreSQL's binary COPY format, field by field. */
final class CopyRows implements AutoCloseable {
  private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', -1, '\r', '\n', 0};
  private static final int BUFFER = 1 << 16;

  private final DataOutputStream out;
  private final int columns;

  /**
   * @param connection used by nothing else until these rows are closed
   * @param columns of the table, in the order in which fields will be written
   */
  CopyRows(Connection connection, String table, String... columns)
      throws SQLException, IOException {
    var sql =
        "copy %s (%s) from stdin (format binary)".formatted(table, String.join(", ", columns));
    var copy = new PGCopyOutputStream(connection.unwrap(PGConnection.class), sql, BUFFER);
    this.out = new DataOutputStream(new BufferedOutputStream(copy, BUFFER));
    this.columns = columns.length;
    out.write(SIGNATURE);
    out.writeInt(0);
    out.writeInt(0);
  }

  CopyRows row() throws IOException {
    out.writeShort(columns);
    return this;
  }

  CopyRows uuid(UUID value) throws IOException {
    out.writeInt(Long.BYTES * 2);
    out.writeLong(value.getMostSignificantBits());
    out.writeLong(value.getLeastSignificantBits());
    return this;
  }

  CopyRows text(String value) throws IOException {
    return bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  CopyRows bytes(byte[] value) throws IOException {
    out.writeInt(value.length);
    out.write(value);
    return this;
  }

  CopyRows integer(int value) throws IOException {
    out.writeInt(Integer.BYTES);
    out.writeInt(value);
    return this;
  }

  /** A timestamptz, in microseconds since the year 2000. */
  CopyRows instant(long micros) throws IOException {
    out.writeInt(Long.BYTES);
    out.writeLong(micros);
    return this;
  }

  /** pgvector's vector. */
  CopyRows vector(float[] value) throws IOException {
    out.writeInt(2 * Short.BYTES + Float.BYTES * value.length);
    out.writeShort(value.length);
    out.writeShort(0);
    for (float x : value) {
      out.writeFloat(x);
    }
    return this;
  }

  @Override
  public void close() throws IOException {
    out.writeShort(-1);
    out.close();
  }
}
