package io.candor.knowledge;

import jakarta.ws.rs.BadRequestException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** The instants and tokens that requests ask for, read in one way by every resource. */
public final class AsOf {
  private AsOf() {}

  /** The instant of {@code as_of}; 400 unless it is RFC 3339 within the years 1970 to 9998. */
  public static Optional<Instant> instant(String text) {
    try {
      return Optional.ofNullable(text)
          .map(time -> Check.instant("as_of", OffsetDateTime.parse(time).toInstant()));
    } catch (DateTimeException e) {
      throw new BadRequestException(
          "as_of must be a time like 2026-05-01T00:00:00Z, not '%.40s'".formatted(text), e);
    } catch (IllegalArgumentException e) {
      throw new BadRequestException(e.getMessage(), e);
    }
  }

  /** The token of {@code after}; 400 unless it has a token's form. */
  public static Optional<Token> token(String text) {
    try {
      return Optional.ofNullable(text).map(Token::parse);
    } catch (IllegalArgumentException e) {
      throw new BadRequestException("after: " + e.getMessage(), e);
    }
  }
}
