package io.candor.knowledge;

import jakarta.persistence.Basic;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** What a document said once; {@link Validity} tells when that holds. */
@Entity
@Immutable
@Table(name = "version")
class DocumentVersion {
  @Id UUID id;

  @ManyToOne(fetch = FetchType.LAZY)
  Document document;

  int number;
  String kind;
  String format;
  String title;
  String locale;
  String url;
  String[] tags;

  @Basic(fetch = FetchType.LAZY)
  String text;

  byte[] contentHash;
  Instant recordedAt;

  @OneToMany(mappedBy = "version")
  @OrderBy("validFrom")
  List<Validity> validity;
}
