-- Answers that a change of policy concerns, and what has been kept long enough.

-- The newest citations of a version are found first, however many there are.
alter table citation add column created_at timestamptz not null default now();
create index citation_newest on citation (version_id, created_at);
drop index citation_of_version;

-- A delivery's words may go, its ids stay: they tell repeats.
alter table helpdesk_delivery alter column body drop not null;
create index helpdesk_delivery_kept on helpdesk_delivery (received_at)
  where state in ('done', 'failed') and body is not null;
create index webhook_message_kept on webhook_message (created_at);
create index webhook_delivery_of_message on webhook_delivery (message_id);
create policy purge on webhook_message to candor_owner using (true);

-- Forgets some of what came in, or is told, before that time; how much it was, and 0 while another replica does it.
create function purge_helpdesk(before timestamptz, most int) returns int
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  deliveries int;
  messages int;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('purge_helpdesk', 0)) then
    return 0;
  end if;
  update helpdesk_delivery set body = null, plan = null
  where id in (
    select id from helpdesk_delivery
    where state in ('done', 'failed') and body is not null and received_at < before
    limit most);
  get diagnostics deliveries = row_count;
  delete from webhook_message
  where id in (
    select id from webhook_message m
    where created_at < before
      and not exists (select from webhook_delivery d where d.message_id = m.id and d.state = 'pending')
    limit most);
  get diagnostics messages = row_count;
  return deliveries + messages;
end $$;
revoke all on function purge_helpdesk(timestamptz, int) from public;
grant execute on function purge_helpdesk(timestamptz, int) to candor_app;

-- Keeps a delivery once, under the caller's rights; false where it is there already. The helpdesk waits for this, so it is
-- one statement: one round trip with its transaction.
create function keep_helpdesk_delivery(
    tenant uuid, channel uuid, delivery text, conversation text, message text, body bytea, happened timestamptz,
    state text, due timestamptz, result text) returns boolean
  language plpgsql volatile set search_path = public, pg_temp as $$
begin
  perform set_config('candor.tenant', tenant::text, true);
  insert into helpdesk_conversation (channel_id, external_id, tenant_id)
  values (channel, conversation, tenant)
  on conflict do nothing;
  insert into helpdesk_delivery (tenant_id, channel_id, delivery_id, external_id, message_id, body, happened_at, state,
                                 due_at, result)
  values (tenant, channel, delivery, conversation, message, body, happened, state, due, result)
  on conflict do nothing;
  return found;
end $$;
revoke all on function
  keep_helpdesk_delivery(uuid, uuid, text, text, text, bytea, timestamptz, text, timestamptz, text) from public;
grant execute on function
  keep_helpdesk_delivery(uuid, uuid, text, text, text, bytea, timestamptz, text, timestamptz, text) to candor_app;
