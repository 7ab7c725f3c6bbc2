-- Conversations, answers as they were given, and what waits to be sent to Kafka.

create table conversation (
  id              uuid primary key default uuidv7(),
  tenant_id       uuid not null references tenant,
  created_at      timestamptz not null default now()
);

create table turn (
  id              uuid primary key default uuidv7(),
  tenant_id       uuid not null references tenant,
  conversation_id uuid not null references conversation,
  answer_id       uuid not null,
  question        text not null,
  standalone      text not null,
  outcome         text not null,
  reply           text not null,
  created_at      timestamptz not null default now()
);
create index turn_of_conversation on turn (conversation_id, id);

-- One row an answer, chained: hash = SHA-256(previous hash || response || inputs). The inputs are canonical JSON: the
-- question, the instant, the versions, the prompt, the model's and the adapter's hashes, the seed and the verdicts.
create table answer (
  id              uuid primary key,
  tenant_id       uuid not null references tenant,
  sequence        bigint not null,
  conversation_id uuid not null references conversation,
  outcome         text not null check (outcome in ('answered', 'clarify', 'abstained', 'handed_off')),
  response        text not null,
  inputs          text not null,
  previous_hash   bytea not null check (length(previous_hash) = 32),
  hash            bytea not null check (length(hash) = 32),
  created_at      timestamptz not null,
  unique (tenant_id, sequence)
);

-- Which passages an answer stood on, to find the answers that a change of policy concerns.
create table citation (
  tenant_id       uuid not null references tenant,
  answer_id       uuid not null references answer,
  n               int not null,
  version_id      uuid not null references version,
  start_at        int not null,
  end_at          int not null,
  primary key (answer_id, n)
);
create index citation_of_version on citation (version_id);

create table outbox (
  id              uuid primary key default uuidv7(),
  tenant_id       uuid not null references tenant,
  topic           text not null,
  key             text not null,
  value           text not null,
  created_at      timestamptz not null default now()
);

do $$
declare t text;
begin
  foreach t in array array['conversation', 'turn', 'answer', 'citation', 'outbox'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_rows on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
    execute format('grant select, insert on %I to candor_app', t);
  end loop;
end $$;

-- The relay that empties the outbox serves every tenant; it may read and delete, and sees nothing else.
create function take_outbox(most int)
  returns table (id uuid, topic text, key text, value text)
  language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    select o.id, o.topic, o.key, o.value from outbox o order by o.id limit most for update skip locked;
  end;
create function sent_outbox(ids uuid[]) returns void
  language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    delete from outbox where id = any (ids);
  end;
create policy relay on outbox to candor_owner using (true);
revoke all on function take_outbox(int), sent_outbox(uuid[]) from public;
grant execute on function take_outbox(int), sent_outbox(uuid[]) to candor_app;
