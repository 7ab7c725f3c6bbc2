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
