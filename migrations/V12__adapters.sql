-- Voice adapters of a tenant: LoRA files, or names that a remote model server knows. They lie in the database so that every
-- replica finds them; a name stands for one content for ever, because answers are recorded under it.
create table adapter (
  tenant_id       uuid not null references tenant,
  name            text not null check (name ~ '^[a-z0-9][a-z0-9._-]{0,62}$'),
  sha256          text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  file            bytea not null,
  architecture    text not null,
  rank            int not null,
  weights         int not null,
  recorded_at     timestamptz not null default now(),
  primary key (tenant_id, name)
);
-- Weights do not compress.
alter table adapter alter column file set storage external;

-- The adapters that a tenant's answers are said with, and how strongly: the last row counts. Going back is one row more.
create table voice (
  tenant_id       uuid not null references tenant,
  number          bigint generated always as identity,
  adapters        text[] not null,
  scales          real[] not null check (cardinality(scales) = cardinality(adapters)),
  set_at          timestamptz not null default now(),
  primary key (tenant_id, number)
);

do $$
declare t text;
begin
  foreach t in array array['adapter', 'voice'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_rows on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
    execute format('grant select, insert on %I to candor_app', t);
  end loop;
end $$;
grant delete on adapter to candor_app;
