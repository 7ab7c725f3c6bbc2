package io.candor.knowledge;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.candor.security.TenantTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads documents as authors see them, inside a transaction that names the tenant. */
@ApplicationScoped
class Documents {
  private final EntityManager entities;
  private final TenantTransaction transaction;

  Documents(EntityManager entities, TenantTransaction transaction) {
    this.entities = entities;
    this.transaction = transaction;
  }

  /**
   * A version without its text.
   *
   * @param contentHash of all that it says, in hexadecimal: whoever has the same need not send it
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Summary(
      String document,
      int version,
      String title,
      String kind,
      List<String> tags,
      String contentHash,
      Instant recordedAt,
      List<ValidTime> valid) {}

  /** The version [valid_from, valid_until); no end means until further notice. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ValidTime(Instant validFrom, Instant validUntil) {
    private static final int LAST_YEAR = 9999;

    static ValidTime of(Validity validity) {
      var until = validity.validUntil;
      return new ValidTime(
          validity.validFrom.toInstant(), until.getYear() > LAST_YEAR ? null : until.toInstant());
    }
  }

  /** A version with its text. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Detail(
      String document,
      int version,
      String title,
      String kind,
      String format,
      String text,
      String url,
      String locale,
      List<String> tags,
      Instant recordedAt,
      List<ValidTime> valid) {}

  /** Documents in the order of their keys; {@code cursor} asks for the next ones. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Page(List<Summary> documents, String cursor) {}

  boolean exists(UUID tenant, String key) {
    return transaction.call(
        tenant,
        () ->
            entities
                    .createQuery("select count(d) from Document d where d.key = :key", Long.class)
                    .setParameter("key", key)
                    .getSingleResult()
                > 0);
  }

  Optional<Detail> inForce(String key, Instant at) {
    return entities
        .createQuery(
            """
            from Validity p join fetch p.version v join fetch v.document d
            where d.key = :key and p.validFrom <= :at and p.validUntil > :at
            """,
            Validity.class)
        .setParameter("key", key)
        .setParameter("at", at.atOffset(ZoneOffset.UTC))
        .getResultStream()
        .findFirst()
        .map(p -> detail(p.version, List.of(ValidTime.of(p))));
  }

  Page page(Instant at, String cursor, int limit) {
    var found =
        entities
            .createQuery(
                """
                from Validity p join fetch p.version v join fetch v.document d
                where d.key > :cursor and p.validFrom <= :at and p.validUntil > :at
                order by d.key
                """,
                Validity.class)
            .setParameter("cursor", cursor)
            .setParameter("at", at.atOffset(ZoneOffset.UTC))
            .setMaxResults(limit + 1)
            .getResultList();
    var listed = found.subList(0, Math.min(limit, found.size()));
    return new Page(
        listed.stream().map(p -> summary(p.version, List.of(ValidTime.of(p)))).toList(),
        found.size() > limit ? listed.getLast().version.document.key : null);
  }

  List<Summary> versions(String key) {
    return entities
        .createQuery(
            """
            from DocumentVersion v join fetch v.document d left join fetch v.validity
            where d.key = :key
            order by v.number
            """,
            DocumentVersion.class)
        .setParameter("key", key)
        .getResultStream()
        .map(v -> summary(v, v.validity.stream().map(ValidTime::of).toList()))
        .toList();
  }

  Optional<Detail> version(String key, int number) {
    return entities
        .createQuery(
            """
            from DocumentVersion v join fetch v.document d left join fetch v.validity
            where d.key = :key and v.number = :number
            """,
            DocumentVersion.class)
        .setParameter("key", key)
        .setParameter("number", number)
        .getResultStream()
        .findFirst()
        .map(v -> detail(v, v.validity.stream().map(ValidTime::of).toList()));
  }

  private static Summary summary(DocumentVersion v, List<ValidTime> valid) {
    var hash = HexFormat.of().formatHex(v.contentHash);
    return new Summary(
        v.document.key, v.number, v.title, v.kind, List.of(v.tags), hash, v.recordedAt, valid);
  }

  private static Detail detail(DocumentVersion v, List<ValidTime> valid) {
    return new Detail(
        v.document.key,
        v.number,
        v.title,
        v.kind,
        v.format,
        v.text,
        v.url,
        v.locale,
        List.of(v.tags),
        v.recordedAt,
        valid);
  }
}
