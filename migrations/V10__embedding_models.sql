-- Vectors of several embedding models stand side by side, a partition for each, so that a new model is filled in while the
-- old one is searched. One model is active; every passage has a vector of it. A model is filled, becomes active, and is
-- retired by the next one; its vectors stay until the operator drops them, and make the way back short.
create table embedding_model (
  id              int generated always as identity primary key,
  name            text not null unique check (name ~ '^[a-z0-9][a-z0-9._-]{0,62}$'),
  dimension       int not null check (dimension between 1 and 2000),
  state           text not null check (state in ('filling', 'active', 'retired')),
  -- The vector of a fixed sentence: another model under the same name is found out by it.
  probe           vector,
  since           timestamptz not null default now()
);
create unique index embedding_model_active on embedding_model (state) where state = 'active';
insert into embedding_model (name, dimension, state) values ('bge-small-en-v1.5-q', 384, 'active');
grant select on embedding_model to candor_app;

-- The vectors there are become the first partition, where they lie.
alter table embedding rename to embedding_1;
alter index embedding_pkey rename to embedding_1_pkey;
create table embedding (
  tenant_id       uuid not null references tenant,
  model           text not null,
  content_hash    bytea not null,
  vector          vector not null,
  primary key (tenant_id, model, content_hash),
  foreign key (tenant_id, content_hash) references passage
) partition by list (model);
-- The vector index keeps halves: half the size and half the memory traffic. Candidates are compared by their full vectors.
drop index embedding_bge_small_en;
create index on embedding_1 using hnsw ((vector::halfvec(384)) halfvec_cosine_ops);
alter table embedding attach partition embedding_1 for values in ('bge-small-en-v1.5-q');
revoke all on embedding_1 from candor_app;

alter table embedding enable row level security;
alter table embedding force row level security;
create policy own_rows on embedding using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert on embedding to candor_app;

-- Who writes passages shares this lock until its transaction ends, and looks up the models under it; who changes the
-- models holds it alone. So nobody writes by a list of models that is no longer true.
create function lock_embedding_models(shared boolean) returns void
  language plpgsql as $$
begin
  if shared then
    perform pg_advisory_xact_lock_shared(hashtextextended('embedding models', 0));
  else
    perform pg_advisory_xact_lock(hashtextextended('embedding models', 0));
  end if;
end $$;

-- Lets a model be filled: from now on, writers write its vectors too. It runs as the owner, who alone makes tables.
create function register_embedding_model(model text, model_dimension int, model_probe vector) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  partition text;
begin
  perform lock_embedding_models(shared => false);
  update embedding_model set probe = coalesce(probe, model_probe) where name = model;
  if found then
    update embedding_model set state = 'filling', since = now() where name = model and state = 'retired';
    return;
  end if;
  insert into embedding_model (name, dimension, state, probe)
  values (model, model_dimension, 'filling', model_probe)
  returning 'embedding_' || id into partition;
  execute format('create table %I (like embedding including indexes)', partition);
  execute format('create index on %I using hnsw ((vector::halfvec(%s)) halfvec_cosine_ops)', partition, model_dimension);
  execute format('alter table %I enable row level security', partition);
  execute format('alter table %I force row level security', partition);
  execute format('alter table embedding attach partition %I for values in (%L)', partition, model);
end $$;

-- Makes a filled model the active one, unless a passage of any tenant still lacks its vector: then it returns false.
-- Searches go on meanwhile; writers wait for the look.
create function activate_embedding_model(chosen text) returns boolean
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  one tenant;
begin
  perform lock_embedding_models(shared => false);
  if (select state from embedding_model where name = chosen) is distinct from 'filling' then
    return exists (select from embedding_model where name = chosen and state = 'active');
  end if;
  for one in select * from tenant loop
    perform set_config('candor.tenant', one.id::text, true);
    if exists (select from passage p
               where p.tenant_id = one.id
                 and not exists (select from embedding e
                                 where e.tenant_id = one.id and e.model = chosen and e.content_hash = p.content_hash))
    then
      return false;
    end if;
  end loop;
  update embedding_model set state = 'retired', since = now() where state = 'active';
  update embedding_model set state = 'active', since = now() where name = chosen;
  return true;
end $$;

-- Re-embedding goes through every tenant's passages, in a transaction of the tenant each.
create function tenant_ids() returns setof uuid
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select id from tenant;
  end;

revoke all on function register_embedding_model(text, int, vector), activate_embedding_model(text), tenant_ids()
  from public;
grant execute on function register_embedding_model(text, int, vector), activate_embedding_model(text), tenant_ids()
  to candor_app;
