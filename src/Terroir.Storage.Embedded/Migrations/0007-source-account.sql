-- What the last complete listing of a source found.
create table source_account (
  source text primary key,
  at integer not null,
  found integer not null,
  ignored integer not null
) without rowid;
