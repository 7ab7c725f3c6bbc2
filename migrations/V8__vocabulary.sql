-- The words of a tenant's documents, found by a misspelling of one: two words that one edit parts (a letter missing,
-- added, replaced, or two swapped) share a key, if each is filed under itself and under what is left without any one of
-- its letters. A word that two writers add at once is there twice, which nobody waits for and nobody minds.
create table spelling (
  tenant_id       uuid not null,
  key             text not null,
  word            text not null
);
create index spelling_of_key on spelling (tenant_id, key, word);

create function spelling_keys(word text) returns setof text language sql immutable
  begin atomic
    select word
    union
    select substr(word, 1, i - 1) || substr(word, i + 1) from generate_series(1, length(word)) i;
  end;

create function file_words() returns trigger language plpgsql as $$
begin
  insert into spelling (tenant_id, key, word)
  select new_word.tenant_id, key, word
  from (select distinct tenant_id, word
        from inserted
        cross join lateral regexp_split_to_table(lower(concat_ws(' ', title, heading, text)), '[^[:alpha:]]+') word
        where length(word) between 4 and 30) new_word
  cross join lateral spelling_keys(word) key
  where not exists (select from spelling s
                    where s.tenant_id = new_word.tenant_id and s.key = new_word.word and s.word = new_word.word
                    offset 0);
  return null;
end $$;
create trigger passage_files_words after insert on passage
  referencing new table as inserted
  for each statement execute function file_words();

-- Words that mean the same to a tenant's customers. A question has an entry's meaning if it has any of its words or
-- phrases, which are stemmed as the question is; a phrase of stop words only is in no question.
create function phrases(words text[]) returns tsquery language sql immutable
  begin atomic
    select string_agg('(' || phrase::text || ')', ' | ')::tsquery
    from unnest(words) word
    cross join lateral phraseto_tsquery('english', word) phrase
    where numnode(phrase) > 0;
  end;

create table glossary (
  tenant_id       uuid not null references tenant,
  term            text not null,
  synonyms        text[] not null,
  definition      text,
  phrases         tsquery generated always as (phrases(term || synonyms)) stored,
  primary key (tenant_id, term)
);

do $$
declare t text;
begin
  foreach t in array array['spelling', 'glossary'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_rows on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
    execute format('grant select, insert on %I to candor_app', t);
  end loop;
end $$;
grant update, delete on glossary to candor_app;
