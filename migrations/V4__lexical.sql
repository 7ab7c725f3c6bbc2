-- The keyword half of the search ranks by BM25, which needs what a tsvector index does not keep: how often a lexeme
-- occurs in each passage, and how long the passage is. A posting holds both, so that a query reads this one index only.
create table posting (
  tenant_id       uuid not null,
  lexeme          text not null,
  content_hash    bytea not null,
  frequency       int not null,
  length          int not null,
  primary key (tenant_id, lexeme, content_hash) include (frequency, length)
);

-- Postings are written with their passage, once, by whoever writes it: concurrent writers share no counter to wait for.
-- Document frequencies are counted when a question is asked. Every passage also posts the empty lexeme, from which the
-- number of passages and their mean length are read.
create function post_lexemes() returns trigger language plpgsql as $$
begin
  insert into posting (tenant_id, lexeme, content_hash, frequency, length)
  select p.tenant_id, w.lexeme, p.content_hash, w.frequency, coalesce(sum(w.frequency) over passage, 0)
  from inserted p
  cross join lateral (
    select lexeme, cardinality(positions) as frequency from unnest(p.lexemes)
    union all
    select '', 0) w
  window passage as (partition by p.tenant_id, p.content_hash);
  return null;
end $$;
create trigger passage_posts_lexemes after insert on passage
  referencing new table as inserted
  for each statement execute function post_lexemes();

alter table posting enable row level security;
alter table posting force row level security;
create policy own_rows on posting using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert on posting to candor_app;

-- Ranked by postings, nobody asks this index any more.
drop index passage_lexemes;
