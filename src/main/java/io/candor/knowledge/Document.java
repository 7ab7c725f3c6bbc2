package io.candor.knowledge;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** A document of a tenant, known by its key; what it says is in its versions. */
@Entity
@Immutable
@Table(name = "document")
class Document {
  @Id UUID id;
  String key;
}
