-- How an adapter was made: the training's run.json, with the base's hash, the dataset's, the settings and the curves. An
-- adapter that was trained elsewhere may have none.
alter table adapter add column run jsonb;
grant update (run) on adapter to candor_app;

-- What the gate found when it compared an adapter with what spoke then; the last row of an adapter counts.
create table adapter_verdict (
  tenant_id       uuid not null references tenant,
  number          bigint generated always as identity,
  adapter         text not null,
  passed          boolean not null,
  verdict         jsonb not null,
  judged_at       timestamptz not null default now(),
  primary key (tenant_id, number),
  foreign key (tenant_id, adapter) references adapter on delete cascade
);
create index verdict_of_adapter on adapter_verdict (tenant_id, adapter, number);

-- A part of the conversations hears the canary. A row says who set it, and which row a rollback goes to: null for the
-- base's own voice, as it was before the first row.
alter table voice
  add column canary_adapters text[] not null default '{}',
  add column canary_scales   real[] not null default '{}' check (cardinality(canary_scales) = cardinality(canary_adapters)),
  add column canary_share    real not null default 0 check (canary_share between 0 and 1),
  add column change          text not null default 'set' check (change in ('set', 'rollback')),
  add column set_by          text not null default '',
  add column previous        bigint,
  add foreign key (tenant_id, previous) references voice;
-- Forced row level security hides the rows from their owner too.
alter table voice no force row level security;
update voice
set previous = (select max(number) from voice earlier where earlier.tenant_id = voice.tenant_id and earlier.number < voice.number);
alter table voice force row level security;

-- A conversation keeps the voice that it began with.
alter table conversation
  add column adapters text[],
  add column scales   real[],
  add check (cardinality(scales) = cardinality(adapters));

alter table adapter_verdict enable row level security;
alter table adapter_verdict force row level security;
create policy own_rows on adapter_verdict using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert on adapter_verdict to candor_app;
