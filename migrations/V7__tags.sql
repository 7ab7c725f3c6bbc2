-- What authors sort their documents by, for searches that want some of them only.
alter table version add column tags text[] not null default '{}';
