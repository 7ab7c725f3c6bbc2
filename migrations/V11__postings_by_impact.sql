-- A frequent lexeme of a large tenant has more postings than a search can read. So postings are kept by impact, how much
-- the occurrence weighs in BM25 at a usual length: a search reads the heaviest first and stops where the rest cannot matter.
-- One in 256 is indexed again as a sample, from which frequencies, and how far to read, are estimated.
--
-- A posting names its passage by the first 64 bits of its hash, which is what a search adds up by: half the size, a third
-- of the time. Two passages of a tenant that share them would share a place among the candidates, never a score.
drop trigger passage_posts_lexemes on passage;
drop table posting;

create table posting (
  tenant_id       uuid not null,
  lexeme          text not null,
  passage         bigint not null,
  frequency       smallint not null,
  length          smallint not null,
  impact          real not null generated always as (
                    frequency / (frequency + 1.2 * (0.25 + 0.75 * length / 64))) stored
);

create function passage_number(content_hash bytea) returns bigint
  language sql immutable parallel safe
  return substring(content_hash for 8)::bigint;

-- A passage's postings. It also posts the empty lexeme, from which the number of passages and their mean length are read.
create function postings_of(content_hash bytea, lexemes tsvector)
  returns table (lexeme text, passage bigint, frequency smallint, length smallint)
  language sql immutable parallel safe
  begin atomic
    select w.lexeme, passage_number(content_hash), w.frequency::smallint, least(total.length, 32767)::smallint
    from (select coalesce(sum(cardinality(positions)), 0) as length from unnest(lexemes)) total
    cross join (
      select lexeme, cardinality(positions) as frequency from unnest(lexemes)
      union all
      select '', 0) w;
  end;

create or replace function post_lexemes() returns trigger language plpgsql as $$
begin
  insert into posting (tenant_id, lexeme, passage, frequency, length)
  select i.tenant_id, w.* from inserted i cross join lateral postings_of(i.content_hash, i.lexemes) w;
  return null;
end $$;

-- The owner, too, sees only the named tenant's rows where row-level security is forced.
alter table passage no force row level security;
insert into posting (tenant_id, lexeme, passage, frequency, length)
select p.tenant_id, w.* from passage p cross join lateral postings_of(p.content_hash, p.lexemes) w;
alter table passage force row level security;

create index posting_by_impact on posting (tenant_id, lexeme, impact, passage) include (frequency, length);
create index posting_sample on posting (tenant_id, lexeme, impact) include (frequency, length)
  where passage between 0 and 72057594037927935;

create trigger passage_posts_lexemes after insert on passage
  referencing new table as inserted
  for each statement execute function post_lexemes();

alter table posting enable row level security;
alter table posting force row level security;
create policy own_rows on posting using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert on posting to candor_app;
