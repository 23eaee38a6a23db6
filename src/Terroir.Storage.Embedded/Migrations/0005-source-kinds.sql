-- Sources of other kinds than folders have settings, a cursor, a bandwidth; any source may be paused or fail.
alter table source add column settings text;
alter table source add column bandwidth integer;
alter table source add column cursor text;
alter table source add column listed_at integer;
alter table source add column paused_at integer;
alter table source add column failures integer not null default 0;
alter table source add column retry_at integer;
alter table source add column failure text;
-- What a moved item keeps.
alter table source_item add column identity text;
