package io.candor.knowledge;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.SQLRestriction;

/** A period in which a version is valid, as known now. */
@Entity
@Immutable
@Table(name = "validity")
@SQLRestriction("recorded_until = 'infinity'")
class Validity {
  @Id UUID id;

  @ManyToOne(fetch = FetchType.LAZY)
  DocumentVersion version;

  OffsetDateTime validFrom;
  OffsetDateTime validUntil;
}
