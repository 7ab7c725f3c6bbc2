-- Tenants and their credentials. Every tenant-owned table of this and later migrations carries tenant_id and forces
-- row-level security: the application's role (candor_app) owns nothing and sees only the tenant that its transaction
-- has named with set_config('candor.tenant', …, is_local => true).

create function current_tenant() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('candor.tenant', true), '')::uuid;

create table tenant (
  id              uuid primary key default uuidv7(),
  name            text not null unique check (name ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  -- Signs the short-lived sessions of the website widget, which opens only on the origins listed (deny by default).
  session_secret  bytea not null check (length(session_secret) >= 32),
  widget_origins  text[] not null default '{}',
  created_at      timestamptz not null default now()
);

-- A key is kept as the SHA-256 of its 256 random bits: nothing to guess, so nothing to slow down.
create table api_key (
  id              uuid primary key default uuidv7(),
  tenant_id       uuid not null references tenant,
  hash            bytea not null unique check (length(hash) = 32),
  hint            text not null,
  scopes          text[] not null,
  created_at      timestamptz not null default now(),
  revoked_at      timestamptz
);

-- The one question that is asked before a tenant is known: whose key is this? It runs as the owner, and only it can.
create function credential(key_hash bytea)
  returns table (tenant_id uuid, tenant_name text, key_id uuid, scopes text[])
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select t.id, t.name, k.id, k.scopes
    from api_key k join tenant t on t.id = k.tenant_id
    where k.hash = key_hash and k.revoked_at is null;
  end;
revoke all on function credential(bytea) from public;

-- The Kafka consumer knows a tenant by the name in the record's key.
create function tenant_named(tenant_name text) returns uuid
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select id from tenant where name = tenant_name;
  end;
revoke all on function tenant_named(text) from public;

alter table tenant enable row level security;
alter table tenant force row level security;
create policy own_tenant on tenant using (id = current_tenant());
create policy administration on tenant to candor_owner using (true) with check (true);

alter table api_key enable row level security;
alter table api_key force row level security;
create policy own_keys on api_key using (tenant_id = current_tenant());
create policy administration on api_key to candor_owner using (true) with check (true);

grant select on tenant, api_key to candor_app;
grant execute on function credential(bytea), tenant_named(text) to candor_app;
