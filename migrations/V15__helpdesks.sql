-- Helpdesks: the channels through which messages come, what came, and how far each has been answered.

-- Signing secrets and API tokens are sealed (AES-256-GCM) with a key that the database does not have.
create table helpdesk_channel (
  id              uuid primary key default uuidv7(),
  tenant_id       uuid not null references tenant,
  name            text not null check (name ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  vendor          text not null check (vendor in ('zendesk', 'chatwoot', 'intercom', 'freshdesk', 'standard')),
  mode            text not null check (mode in ('auto', 'draft', 'off')),
  settings        text not null,
  sealed          bytea not null,
  created_at      timestamptz not null default now(),
  unique (tenant_id, name)
);

-- A conversation of the helpdesk's. Whoever works on one of its messages holds a lock on this row.
create table helpdesk_conversation (
  channel_id      uuid not null references helpdesk_channel on delete cascade,
  external_id     text not null,
  tenant_id       uuid not null references tenant,
  conversation_id uuid,
  silent_since    timestamptz,
  silent_reason   text,
  primary key (channel_id, external_id)
);

-- What a helpdesk sent, once however often it sends it, and once for a message however many deliveries tell of it.
create table helpdesk_delivery (
  id              uuid primary key default uuidv7(),
  tenant_id       uuid not null references tenant,
  channel_id      uuid not null references helpdesk_channel on delete cascade,
  delivery_id     text not null,
  external_id     text not null,
  message_id      text,
  body            bytea not null,
  happened_at     timestamptz not null,
  received_at     timestamptz not null default now(),
  state           text not null check (state in ('received', 'planned', 'done', 'failed')),
  -- What is to be done about it, as JSON, and how many of its posts are known to have arrived.
  plan            text,
  posted          int not null default 0,
  attempts        int not null default 0,
  due_at          timestamptz not null,
  result          text,
  unique (channel_id, delivery_id),
  unique (channel_id, external_id, message_id)
);
create index helpdesk_delivery_due on helpdesk_delivery (due_at) where state in ('received', 'planned');
create index helpdesk_delivery_in_order on helpdesk_delivery (channel_id, external_id, happened_at, id);

do $$
declare t text;
begin
  foreach t in array array['helpdesk_channel', 'helpdesk_conversation', 'helpdesk_delivery'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_rows on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
    execute format('create policy queue on %I to candor_owner using (true)', t);
    execute format('grant select, insert, update on %I to candor_app', t);
  end loop;
end $$;
grant delete on helpdesk_channel to candor_app;

-- A delivery names its channel by the path and proves it by its signature: whose channel is it?
create function helpdesk_tenant(channel uuid) returns table (tenant_id uuid, tenant_name text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select t.id, t.name from helpdesk_channel c join tenant t on t.id = c.tenant_id where c.id = channel;
  end;

-- Locks a conversation whose first unfinished message is due. A key-share lock, as inserts take it, goes on beside it.
create function take_helpdesk_conversation()
  returns table (tenant_id uuid, tenant_name text, channel_id uuid, external_id text)
  language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    select t.id, t.name, c.channel_id, c.external_id
    from helpdesk_delivery d
    join helpdesk_conversation c on c.channel_id = d.channel_id and c.external_id = d.external_id
    join tenant t on t.id = c.tenant_id
    where d.state in ('received', 'planned')
      and d.due_at <= clock_timestamp()
      and not exists (
        select from helpdesk_delivery before
        where before.channel_id = d.channel_id
          and before.external_id = d.external_id
          and before.state in ('received', 'planned')
          and (before.happened_at, before.id) < (d.happened_at, d.id))
    order by d.due_at
    limit 1
    for no key update of c skip locked;
  end;
revoke all on function helpdesk_tenant(uuid), take_helpdesk_conversation() from public;
grant execute on function helpdesk_tenant(uuid), take_helpdesk_conversation() to candor_app;
