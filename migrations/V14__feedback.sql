-- What customers and colleagues think of answers, and what a reviewer made of it. Only what was approved is learnt from:
-- it goes into datasets, and is shown to the model as an example where that is switched on.
create table feedback (
  id              uuid primary key default uuidv7(),
  tenant_id       uuid not null references tenant,
  answer_id       uuid not null references answer,
  -- the API key or the widget session that said so
  author          text not null,
  rating          text not null check (rating in ('up', 'down')),
  comment         text,
  correction      text,
  state           text not null default 'open' check (state in ('open', 'approved', 'rejected')),
  -- the words to learn, each sentence with the number of the fact that it says
  approved        text check ((approved is not null) = (state = 'approved')),
  -- whether sentences were let through that the facts do not support
  forced          boolean not null default false,
  question        text,
  embedding       vector,
  embedding_model text check ((embedding is null) = (embedding_model is null)),
  reviewed_by     text,
  reviewed_at     timestamptz,
  created_at      timestamptz not null default now(),
  unique (tenant_id, answer_id, author)
);
create index feedback_by_state on feedback (tenant_id, state, id);

alter table feedback enable row level security;
alter table feedback force row level security;
create policy own_rows on feedback using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update on feedback to candor_app;
