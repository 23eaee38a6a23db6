BEGIN TRANSACTION;
CREATE TABLE collection (
  id text primary key,
  generation integer not null,
  manifest text,
  published_at integer not null,
  epoch integer not null
);
INSERT INTO "collection" VALUES('chu',2,'a95f14391123fd6921ecb42ed63a5863744885f88003e4c8669313b944887b1b',1795680000000,1);
CREATE TABLE document (
  collection text not null,
  id text not null,
  segment text not null,
  changed integer not null,
  record blob not null,
  primary key (collection, id)
);
INSERT INTO "document" VALUES('chu','df725e752919fe11f9c71d4a62b17ac2','cca1226ac42e25e59f9f09262484432226c51dcc8204aa69733bee050b9aa88e',2,X'7B226964223A226466373235653735323931396665313166396337316434613632623137616332222C22736F75726365223A2270617274616765222C2270617468223A22622E6D64222C2276657273696F6E223A2234643162636261336135323665316632626265653837393439656432393765316434613431353439366665303861646539663532303036643037366364333666222C227469746C65223A22546974726520646520622E6D64222C226D6564696154797065223A22746578742F706C61696E222C226C616E6775616765223A226672222C226D6F6469666965644174223A22323032362D30332D30315430383A33303A30302B30303A3030222C22696E6765737465644174223A22323032362D30332D30325430393A30303A30302B30303A3030222C2273697A654279746573223A32302C226C6162656C223A22696E7465726E65222C22616363657373223A7B22616C6C6F77223A5B2265766572796F6E65225D2C2264656E79223A5B5D7D2C226F726967696E616C223A7B22636F6E7461696E6572223A2238383564316362386231336664613163353633396632383338313563633631333230616665616334653537333663653830646361333736306336626362636135222C226F6666736574223A302C226C656E677468223A32302C2268617368223A2234643162636261336135323665316632626265653837393439656432393765316434613431353439366665303861646539663532303036643037366364333666227D2C2274657874223A7B22636F6E7461696E6572223A2238383564316362386231336664613163353633396632383338313563633631333230616665616334653537333663653830646361333736306336626362636135222C226F6666736574223A32302C226C656E677468223A31352C2268617368223A2263333735313665336435656533666333353364653633646261353532383664353436653764363165653864653762383938663736643266333938616132323333227D2C227061737361676573223A7B22636F6E7461696E6572223A2238383564316362386231336664613163353633396632383338313563633631333230616665616334653537333663653830646361333736306336626362636135222C226F6666736574223A33352C226C656E677468223A352C2268617368223A2263626564326533653337396366626237386632303263323164386438333736643933333836383065353432366266626363393266616130316662336531616433227D2C2270617373616765436F756E74223A332C227761726E696E6773223A5B5D7D');
CREATE TABLE document_object (
  collection text not null,
  document text not null,
  object text not null,
  primary key (collection, document, object)
) without rowid;
INSERT INTO "document_object" VALUES('chu','df725e752919fe11f9c71d4a62b17ac2','885d1cb8b13fda1c5639f283815cc61320afeac4e5736ce80dca3760c6bcbca5');
CREATE TABLE generation (
  collection text not null,
  generation integer not null,
  manifest_hash text not null,
  pending blob,
  published_at integer not null,
  primary key (collection, generation)
);
INSERT INTO "generation" VALUES('chu',1,'46b84c2eaa5680d1da50deff9c20a32f19a7deca1eacdc6b9f43c0fad2d0e68e',NULL,1795680000000);
INSERT INTO "generation" VALUES('chu',2,'a95f14391123fd6921ecb42ed63a5863744885f88003e4c8669313b944887b1b',X'6368752032',1795680000000);
CREATE TABLE job (
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
INSERT INTO "job" VALUES(1,'merge','chu','','chu',1795680000000,1,1,'w',1795680060000,1,NULL);
INSERT INTO "job" VALUES(2,'merge','mairie','x',NULL,1795680000000,5,5,'w',1795680060000,2,'TER5001 the disk is full');
CREATE TABLE job_turn (
  queue text not null,
  collection text not null,
  turn integer not null,
  primary key (queue, collection)
) without rowid;
INSERT INTO "job_turn" VALUES('merge','chu',1);
INSERT INTO "job_turn" VALUES('merge','mairie',6);
CREATE TABLE lease (
  name text primary key,
  owner text not null,
  epoch integer not null,
  until integer not null
);
INSERT INTO "lease" VALUES('collection/chu','script',1,1795680000000);
CREATE TABLE migration (name text primary key, checksum text not null) without rowid;
INSERT INTO "migration" VALUES('0001-initial','ef070e89dab40eca45099310d1064f2457b97846d0624765fd7c67233f6f904d');
INSERT INTO "migration" VALUES('0002-object-roles','36781c1782c0a3b25dc83e486493e46083fe5def463f6cf24a42d1a04b13b23c');
INSERT INTO "migration" VALUES('0003-job-turns','009955a0a033618f3b77f14c79095b406e1b3ccbd546112cab556a672f59c9d5');
INSERT INTO "migration" VALUES('0004-quarantine-names','9df3b160c760e00c73f27511aba1b7f5aaf79ea31945c068e8d5d43dddac3ddb');
INSERT INTO "migration" VALUES('0005-source-kinds','8c56ed477d813a9631fbea1d3e16be7579cbf32f20397ab9311bd618657d62c0');
CREATE TABLE object (
  hash text primary key,
  kind integer not null,
  size integer not null,
  state integer not null default 0,
  seen_at integer not null
);
INSERT INTO "object" VALUES('be955617dac3a89aee7058a1cca9ef93617148273b677c694b3bbf87367ef35d',1,1000,0,1795680000000);
INSERT INTO "object" VALUES('31bd7c356ff3dca969210bb66b140432e11a248b23187bbb3429f5fd18c47fef',2,500,0,1795680000000);
INSERT INTO "object" VALUES('885d1cb8b13fda1c5639f283815cc61320afeac4e5736ce80dca3760c6bcbca5',1,1000,0,1795680000000);
INSERT INTO "object" VALUES('cca1226ac42e25e59f9f09262484432226c51dcc8204aa69733bee050b9aa88e',2,500,0,1795680000000);
CREATE TABLE "object_ref" (
  object text not null,
  collection text not null,
  kind integer not null,
  added integer not null,
  released integer,
  released_at integer,
  primary key (object, collection, kind, added)
);
INSERT INTO "object_ref" VALUES('be955617dac3a89aee7058a1cca9ef93617148273b677c694b3bbf87367ef35d','chu',1,1,2,1795680000000);
INSERT INTO "object_ref" VALUES('31bd7c356ff3dca969210bb66b140432e11a248b23187bbb3429f5fd18c47fef','chu',2,1,2,1795680000000);
INSERT INTO "object_ref" VALUES('885d1cb8b13fda1c5639f283815cc61320afeac4e5736ce80dca3760c6bcbca5','chu',1,2,NULL,NULL);
INSERT INTO "object_ref" VALUES('cca1226ac42e25e59f9f09262484432226c51dcc8204aa69733bee050b9aa88e','chu',2,2,NULL,NULL);
CREATE TABLE pin (
  id integer primary key autoincrement,
  collection text not null,
  generation integer not null,
  owner text not null,
  until integer not null
);
INSERT INTO "pin" VALUES(1,'chu',2,'search',1795680300000);
CREATE TABLE segment (
  collection text not null,
  hash text not null,
  documents integer not null,
  passages integer not null,
  size integer not null,
  primary key (collection, hash)
);
INSERT INTO "segment" VALUES('chu','cca1226ac42e25e59f9f09262484432226c51dcc8204aa69733bee050b9aa88e',1,3,500);
CREATE TABLE source (
  id text primary key,
  collection text not null,
  kind text not null,
  location text not null,
  permissions text not null,
  held text,
  synced_at integer
, settings text, bandwidth integer, cursor text, listed_at integer, paused_at integer, failures integer not null default 0, retry_at integer, failure text);
INSERT INTO "source" VALUES('partage','chu','folder','/srv/partage','file',NULL,1795680000000,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL);
INSERT INTO "source" VALUES('seau','chu','s3','s3://soins/rh/','fixed',NULL,1795680000000,'{"bucket":"soins","endpoint":"https://s3.chu.example","readers":"group:soins"}',2097152,'jeton 7',1795670000000,1795681000000,2,1795682000000,'The server does not answer.');
CREATE TABLE "source_item" (
  source text not null,
  path text not null,
  fingerprint text not null,
  content text,
  documents text not null,
  reason text,
  reader text,
  advice text,
  attempts integer not null,
  tried_at integer not null, identity text,
  primary key (source, path)
);
INSERT INTO "source_item" VALUES('partage','b.md','20 2026-03-01','11dd481a3da4aeae885606cdbde0921c891443bd4edb5adaac199a5d0262ad6a','df725e752919fe11f9c71d4a62b17ac2',NULL,NULL,NULL,1,1772442000000,NULL);
INSERT INTO "source_item" VALUES('partage','c.pdf','20 2026-03-01','2db9cd6fd71383a8a4e7cae73b04b42258fdb3e29529f9ca65744ea831c8fc43','bc1d2cb17e7114d4989200ee47015350','Encrypted','pdf','Save it without a password.',1,1772442000000,NULL);
INSERT INTO "source_item" VALUES('seau','a.md','etag-20','11dd481a3da4aeae885606cdbde0921c891443bd4edb5adaac199a5d0262ad6a','df725e752919fe11f9c71d4a62b17ac2',NULL,NULL,NULL,1,1772442000000,'etag-20');
CREATE TABLE staged (
  object text not null,
  collection text not null,
  lease text not null,
  epoch integer not null,
  staged_at integer not null,
  primary key (object, collection, lease, epoch)
);
CREATE TABLE tombstone (
  collection text not null,
  id text not null,
  generation integer not null,
  primary key (collection, id)
);
INSERT INTO "tombstone" VALUES('chu','2f7ff4a5af698d62c73120263bd055d3',2);
CREATE INDEX generation_pending on generation (collection) where pending is not null;
CREATE INDEX document_changed on document (collection, changed);
CREATE INDEX document_segment on document (collection, segment);
CREATE INDEX document_object_object on document_object (collection, object);
CREATE INDEX job_ready on job (queue, state, run_at);
CREATE UNIQUE INDEX job_dedupe on job (queue, dedupe) where dedupe is not null and state in (0, 1);
CREATE INDEX object_ref_live on object_ref (collection, kind, object) where released is null;
CREATE INDEX source_item_quarantine on source_item (source, path) where reason is not null;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('job',2);
INSERT INTO "sqlite_sequence" VALUES('pin',1);
COMMIT;
