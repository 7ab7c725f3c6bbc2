-- What the company has said, when it holds, and when we learnt it. Nothing here is overwritten: a version's text stays,
-- and a change of its validity closes one validity row (recorded_until) and opens another.

create table document (
  id              uuid primary key default uuidv7(),
  tenant_id       uuid not null references tenant,
  key             text not null check (length(key) between 1 and 512),
  created_at      timestamptz not null default now(),
  unique (tenant_id, key)
);

create table version (
  id              uuid primary key default uuidv7(),
  tenant_id       uuid not null references tenant,
  document_id     uuid not null references document,
  number          int not null check (number > 0),
  kind            text not null check (kind in ('policy', 'product', 'faq')),
  format          text not null check (format in ('markdown', 'html', 'text')),
  title           text not null,
  locale          text,
  url             text,
  text            text not null,
  content_hash    bytea not null,
  event_source    text not null,
  event_id        text not null,
  recorded_at     timestamptz not null,
  unique (document_id, number)
);

-- The periods in which a version is valid, as known in a period of record time. Rows with recorded_until = infinity are
-- what is known now.
create table validity (
  id              uuid primary key default uuidv7(),
  tenant_id       uuid not null references tenant,
  document_id     uuid not null references document,
  version_id      uuid not null references version,
  valid_from      timestamptz not null,
  valid_until     timestamptz not null default 'infinity',
  recorded_from   timestamptz not null,
  recorded_until  timestamptz not null default 'infinity',
  check (valid_from < valid_until),
  check (recorded_from <= recorded_until)
);
create index validity_known_now on validity (tenant_id, valid_from, valid_until) include (version_id)
  where recorded_until = 'infinity';
create index validity_of_document on validity (document_id) where recorded_until = 'infinity';
create index validity_of_version on validity (version_id);

-- A passage is the text of chunks, once for a tenant however many versions repeat it: an edit of one paragraph costs one
-- embedding. Its hash covers title, heading path and text, which is what is embedded and indexed.
create table passage (
  tenant_id       uuid not null references tenant,
  content_hash    bytea not null check (length(content_hash) = 32),
  title           text not null,
  heading         text not null,
  text            text not null,
  lexemes         tsvector not null generated always as (
                    setweight(to_tsvector('english', title), 'A')
                    || setweight(to_tsvector('english', heading), 'B')
                    || setweight(to_tsvector('english', text), 'D')) stored,
  primary key (tenant_id, content_hash)
);
create index passage_lexemes on passage using gin (lexemes);

-- A chunk is a passage's place in one version: the character range [start_at, end_at) of the stored text, in UTF-16 units
-- as Java and JavaScript count them.
create table chunk (
  id              uuid primary key default uuidv7(),
  tenant_id       uuid not null references tenant,
  version_id      uuid not null references version,
  ordinal         int not null,
  start_at        int not null check (start_at >= 0),
  end_at          int not null,
  content_hash    bytea not null,
  unique (version_id, ordinal),
  foreign key (tenant_id, content_hash) references passage,
  check (start_at < end_at)
);
create index chunk_of_passage on chunk (tenant_id, content_hash) include (version_id);

-- Vectors carry their model's name, so that a new model's can be filled in beside the old one's.
create table embedding (
  tenant_id       uuid not null references tenant,
  model           text not null,
  content_hash    bytea not null,
  vector          vector not null,
  primary key (tenant_id, model, content_hash),
  foreign key (tenant_id, content_hash) references passage
);
create index embedding_bge_small_en on embedding using hnsw ((vector::vector(384)) vector_cosine_ops)
  where model = 'bge-small-en-v1.5-q';

-- Events applied: (source, id) is the idempotency key, sequence the tenant's knowledge token.
create table applied_event (
  tenant_id       uuid not null references tenant,
  source          text not null,
  id              text not null,
  type            text not null,
  document_key    text not null,
  sequence        bigint not null,
  version_number  int,
  -- When it happened: its maker's time, not after ours, and not before the document's event before it.
  happened_at     timestamptz not null,
  applied_at      timestamptz not null,
  primary key (tenant_id, source, id),
  unique (tenant_id, sequence)
);
create index applied_event_of_document on applied_event (tenant_id, document_key, happened_at);

-- Where the consumer stands in the topic, written in the transaction that applies the event before it.
create table stream_position (
  topic           text not null,
  partition       int not null,
  next_offset     bigint not null,
  caught_up_at    timestamptz,
  primary key (topic, partition)
);

do $$
declare t text;
begin
  foreach t in array array['document', 'version', 'validity', 'passage', 'chunk', 'embedding', 'applied_event'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_rows on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
    execute format('grant select, insert on %I to candor_app', t);
  end loop;
end $$;
-- The only column that an application may change is the end of a record period; a document's history stays.
grant update (recorded_until) on validity to candor_app;
grant select, insert, update on stream_position to candor_app;
