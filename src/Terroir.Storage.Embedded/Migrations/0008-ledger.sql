-- The events of the ledger, and how many of them the tiles of the object store hold.
create table ledger_row (
  place integer primary key,
  kind text not null,
  time integer not null,
  entry blob not null,
  actor text,
  subject text,
  detail text
);
create index ledger_row_time on ledger_row (time);
create index ledger_row_actor on ledger_row (actor) where actor is not null;
create index ledger_row_subject on ledger_row (subject) where subject is not null;
create table ledger_state (
  id integer primary key check (id = 0),
  size integer not null,
  checkpoint blob
);
insert into ledger_state values (0, 0, null);
