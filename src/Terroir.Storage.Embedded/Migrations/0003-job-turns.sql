-- When a collection was served last in a queue, so that claims of one job go round the collections too.
create table job_turn (
  queue text not null,
  collection text not null,
  turn integer not null,
  primary key (queue, collection)
) without rowid;
