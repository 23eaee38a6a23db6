-- How good a held file was found, what people let through, and the figures of each day.
alter table source_item add column quality text;
create table quality_release (
  source text not null,
  content text not null,
  path text not null,
  released_at integer not null,
  primary key (source, content)
) without rowid;
create table quality_day (
  collection text not null,
  day integer not null,
  at integer not null,
  counts text not null,
  points text not null,
  held integer not null,
  unread integer not null,
  primary key (collection, day)
) without rowid;
