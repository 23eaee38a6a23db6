create table lease (
  name text primary key,
  owner text not null,
  epoch integer not null,
  until integer not null
);
create table collection (
  id text primary key,
  generation integer not null,
  manifest text,
  published_at integer not null,
  epoch integer not null
);
create table generation (
  collection text not null,
  generation integer not null,
  manifest_hash text not null,
  pending blob,
  published_at integer not null,
  primary key (collection, generation)
);
create index generation_pending on generation (collection) where pending is not null;
create table staged (
  object text not null,
  collection text not null,
  lease text not null,
  epoch integer not null,
  staged_at integer not null,
  primary key (object, collection, lease, epoch)
);
create table object (
  hash text primary key,
  kind integer not null,
  size integer not null,
  state integer not null default 0,
  seen_at integer not null
);
create table object_ref (
  object text not null,
  collection text not null,
  added integer not null,
  released integer,
  released_at integer,
  primary key (object, collection, added)
);
create index object_ref_live on object_ref (collection, object) where released is null;
create table segment (
  collection text not null,
  hash text not null,
  documents integer not null,
  passages integer not null,
  size integer not null,
  primary key (collection, hash)
);
create table document (
  collection text not null,
  id text not null,
  segment text not null,
  changed integer not null,
  record blob not null,
  primary key (collection, id)
);
create index document_changed on document (collection, changed);
create index document_segment on document (collection, segment);
create table document_object (
  collection text not null,
  document text not null,
  object text not null,
  primary key (collection, document, object)
) without rowid;
create index document_object_object on document_object (collection, object);
create table tombstone (
  collection text not null,
  id text not null,
  generation integer not null,
  primary key (collection, id)
);
create table pin (
  id integer primary key autoincrement,
  collection text not null,
  generation integer not null,
  owner text not null,
  until integer not null
);
create table source (
  id text primary key,
  collection text not null,
  kind text not null,
  location text not null,
  permissions text not null,
  held text,
  synced_at integer
);
create table source_item (
  source text not null,
  path text not null,
  fingerprint text not null,
  content text,
  documents text not null,
  reason integer,
  reader text,
  advice text,
  attempts integer not null,
  tried_at integer not null,
  primary key (source, path)
);
create index source_item_quarantine on source_item (source, path) where reason is not null;
create table job (
  id integer primary key autoincrement,
  queue text not null,
  collection text not null,
  payload text not null,
  dedupe text,
  run_at integer not null,
  attempts integer not null default 0,
  fence integer not null default 0,
  owner text,
  until integer not null default 0,
  state integer not null default 0,
  error text
);
create index job_ready on job (queue, state, run_at);
create unique index job_dedupe on job (queue, dedupe) where dedupe is not null and state in (0, 1);
