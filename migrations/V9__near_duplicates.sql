-- Finds documents that say nearly the same (MinHash with banding): texts that share most of their wording share a band, and
-- an equal number is what an index finds.
create table sketch (
  tenant_id       uuid not null references tenant,
  band            bigint not null,
  version_id      uuid not null references version,
  primary key (tenant_id, band, version_id)
);

alter table sketch enable row level security;
alter table sketch force row level security;
create policy own_rows on sketch using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert on sketch to candor_app;
