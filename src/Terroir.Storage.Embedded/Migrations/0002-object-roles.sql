-- The same bytes may be a document's and a segment: a reference says in which role it needs them.
create table object_ref_by_role (
  object text not null,
  collection text not null,
  kind integer not null,
  added integer not null,
  released integer,
  released_at integer,
  primary key (object, collection, kind, added)
);
insert into object_ref_by_role
  select r.object, r.collection, o.kind, r.added, r.released, r.released_at
  from object_ref r join object o on o.hash = r.object;
drop table object_ref;
alter table object_ref_by_role rename to object_ref;
create index object_ref_live on object_ref (collection, kind, object) where released is null;
