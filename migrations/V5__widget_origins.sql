-- A browser asks whether a page may talk to us before it sends a credential, so before a tenant is known.
create function widget_origin(origin text) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select exists (select from tenant where origin = any (widget_origins));
  end;
revoke all on function widget_origin(text) from public;
grant execute on function widget_origin(text) to candor_app;
