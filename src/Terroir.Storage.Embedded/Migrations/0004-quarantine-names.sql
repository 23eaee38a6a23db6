-- Why a file is in quarantine is stored as a name: the numbers of the program may move, the names do not.
create table source_item_by_name (
  source text not null,
  path text not null,
  fingerprint text not null,
  content text,
  documents text not null,
  reason text,
  reader text,
  advice text,
  attempts integer not null,
  tried_at integer not null,
  primary key (source, path)
);
insert into source_item_by_name
  select source, path, fingerprint, content, documents,
    case reason
      when 0 then 'UnknownFormat'
      when 1 then 'Broken'
      when 2 then 'Encrypted'
      when 3 then 'TooLarge'
      when 4 then 'TooSlow'
      when 5 then 'NeedsRecognition'
      when 6 then 'Empty'
      when 7 then 'AccessDenied'
      when 8 then 'Unstable'
    end,
    reader, advice, attempts, tried_at
  from source_item;
drop table source_item;
alter table source_item_by_name rename to source_item;
create index source_item_quarantine on source_item (source, path) where reason is not null;
