-- Webhooks: what the outbox tells Kafka is told to a tenant's own addresses, too.

create table webhook_endpoint (
  id              uuid primary key default uuidv7(),
  tenant_id       uuid not null references tenant,
  url             text not null,
  types           text[] not null check (cardinality(types) > 0),
  -- Signing secrets, sealed as those of helpdesks are.
  sealed          bytea not null,
  disabled        text,
  created_at      timestamptz not null default now()
);

create table webhook_message (
  id              uuid primary key default uuidv7(),
  tenant_id       uuid not null references tenant,
  type            text not null,
  data            text not null,
  created_at      timestamptz not null default now()
);

create table webhook_delivery (
  endpoint_id     uuid not null references webhook_endpoint on delete cascade,
  message_id      uuid not null references webhook_message on delete cascade,
  tenant_id       uuid not null references tenant,
  state           text not null default 'pending' check (state in ('pending', 'delivered', 'failed')),
  attempts        int not null default 0,
  due_at          timestamptz not null default now(),
  primary key (endpoint_id, message_id)
);
create index webhook_delivery_due on webhook_delivery (due_at) where state = 'pending';

-- The log of a delivery: what came back each time.
create table webhook_attempt (
  endpoint_id     uuid not null,
  message_id      uuid not null,
  number          int not null,
  tenant_id       uuid not null references tenant,
  at              timestamptz not null default now(),
  milliseconds    int not null,
  status          int,
  reason          text,
  primary key (endpoint_id, message_id, number),
  foreign key (endpoint_id, message_id) references webhook_delivery on delete cascade
);

do $$
declare t text;
begin
  foreach t in array array['webhook_endpoint', 'webhook_message', 'webhook_delivery', 'webhook_attempt'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_rows on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
    execute format('grant select, insert, update on %I to candor_app', t);
  end loop;
end $$;
grant delete on webhook_endpoint to candor_app;
create policy sender on webhook_delivery to candor_owner using (true);

-- In the transaction that writes the outbox, and under its rights: a message exists if what it tells of does.
create function outbox_to_webhooks() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
  event text := case new.topic
    when 'candor.answers' then 'answer.created'
    when 'candor.handoffs' then 'conversation.handed_off'
    when 'candor.documents-applied' then 'document.applied'
    when 'candor.answers-affected' then 'answer.affected'
    when 'candor.feedback' then 'feedback.received'
  end;
  message uuid := uuidv7();
begin
  if exists (select from webhook_endpoint where disabled is null and event = any (types)) then
    insert into webhook_message (id, tenant_id, type, data) values (message, new.tenant_id, event, new.value);
    insert into webhook_delivery (endpoint_id, message_id, tenant_id)
    select id, message, tenant_id from webhook_endpoint where disabled is null and event = any (types);
  end if;
  return null;
end $$;
create trigger webhooks after insert on outbox for each row execute function outbox_to_webhooks();

-- The sender serves every tenant: it learns whose delivery is due, and sees no more until it has named that tenant.
create function take_webhook_delivery() returns table (tenant_id uuid, endpoint_id uuid, message_id uuid)
  language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    select d.tenant_id, d.endpoint_id, d.message_id
    from webhook_delivery d
    where d.state = 'pending' and d.due_at <= clock_timestamp()
    order by d.due_at
    limit 1
    for no key update skip locked;
  end;
revoke all on function take_webhook_delivery() from public;
grant execute on function take_webhook_delivery() to candor_app;
