BEGIN TRANSACTION;
CREATE TABLE account (
    id text primary key,
    origin text not null,
    name text not null,
    title text not null,
    is_active integer not null,
    external_id text not null,
    created_at integer not null,
    changed_at integer not null
) without rowid;
INSERT INTO "account" VALUES('nadia.benali','operator','Nadia Benali','Médecin',1,'7',1795766400000,1795766400000);
INSERT INTO "account" VALUES('paul','scim','Paul, dit l''Ancien','',0,'',1795766400000,1795766460000);
CREATE TABLE account_group (
    id text primary key,
    name text not null,
    external_id text not null,
    created_at integer not null,
    changed_at integer not null
) without rowid;
INSERT INTO "account_group" VALUES('soins','Soins','g-1',1795766400000,1795766400000);
INSERT INTO "account_group" VALUES('urgences','','',1795766460000,1795766460000);
CREATE TABLE api_key (
    id text primary key,
    hash text not null unique,
    user_id text not null,
    scopes text not null,
    collections text not null,
    push_sources text not null,
    note text not null,
    created_at integer not null,
    expires_at integer
) without rowid;
INSERT INTO "api_key" VALUES('k1','227ba5f2c6c9109fe5c44a0696f393379607493a377f522ee27d9a7ae3227d89','nadia.benali','ask,search','soins,rh','depot','le poste d''accueil',1795766460000,1798358400000);
INSERT INTO "api_key" VALUES('k2','08f225fe08e94a5b1da2da4079fcd1a7647d375cc95624a6c6d65a6fc84b3243','paul','','','','',1795766460000,NULL);
CREATE TABLE credential (
    user_id text not null,
    kind text not null,
    credential_id text not null,
    secret text not null,
    use_count integer not null,
    changed_at integer not null,
    primary key (user_id, kind, credential_id)
) without rowid;
INSERT INTO "credential" VALUES('nadia.benali','oidc','','79680ac60d5d46fcbf2c97e4088d3c703102b9e586e205d8eec6c7316944a7ab',0,1795766460000);
INSERT INTO "credential" VALUES('nadia.benali','password','','$argon2id$v=19$m=65536,t=3,p=1$c2VsZGV0ZXN0MDAwMQ$MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI',0,1795766460000);
CREATE TABLE emergency (
    id text primary key,
    user_id text not null,
    group_id text not null,
    started_at integer not null,
    ends_at integer not null,
    ended_by text not null,
    is_end_logged integer not null
) without rowid;
INSERT INTO "emergency" VALUES('e1','nadia.benali','urgences',1795766460000,1795770060000,'time',0);
INSERT INTO "emergency" VALUES('e2','nadia.benali','soins',1795766460000,1795766520000,'person',1);
CREATE TABLE group_member (
    group_id text not null references account_group (id) on delete cascade,
    principal text not null,
    until integer,
    primary key (group_id, principal)
) without rowid;
INSERT INTO "group_member" VALUES('urgences','group:soins',NULL);
INSERT INTO "group_member" VALUES('urgences','user:nadia.benali',1798358400000);
CREATE TABLE migration (name text primary key, checksum text not null) without rowid;
INSERT INTO "migration" VALUES('identity-0001-initial','0ba9e19c26d0b881d082e609dd8348f4f80d7c2576caa9bd496776e335d88f13');
INSERT INTO "migration" VALUES('identity-0002-emergency','714cca856a073c0ba41cccc01249734c5ebba72cd93d1ba756f9e59e17131117');
INSERT INTO "migration" VALUES('identity-0003-budget','a8e169982619f20131f73890f6e9901d4fa8e0263f3e3642a11567752576a0e9');
INSERT INTO "migration" VALUES('identity-0004-energy','855ea8b79c43880ce6cd566e29b0062d28664288220841f95f544fb331184e1e');
CREATE TABLE model_use (
    user_id text not null,
    day text not null,
    tokens integer not null,
    milliseconds integer not null, millijoules integer not null default 0,
    primary key (user_id, day)
) without rowid;
INSERT INTO "model_use" VALUES('nadia.benali','2026-11-27',1234,5678,0);
INSERT INTO "model_use" VALUES('paul','2026-11-27',100,1000,45000);
CREATE TABLE revision (
    id integer primary key check (id = 1),
    number integer not null
);
INSERT INTO "revision" VALUES(1,13);
CREATE TABLE session (
    id text primary key,
    user_id text not null,
    method text not null,
    key_hash text,
    groups text not null,
    started_at integer not null,
    expires_at integer not null
) without rowid;
INSERT INTO "session" VALUES('7dbd06d023712b32c0964dcc971212a1ad7bcb29b3e70722b428e60b1ecadad2','nadia.benali','oidc',NULL,'soins,urgences',1795766460000,1798358400000);
INSERT INTO "session" VALUES('feb869238de3a1972c6cf6d93c27157df3df3a00a202f1cd2355c9113f491ef8','nadia.benali','key','227ba5f2c6c9109fe5c44a0696f393379607493a377f522ee27d9a7ae3227d89','',1795766460000,1798358400000);
CREATE INDEX session_user on session (user_id, started_at);
CREATE INDEX emergency_user on emergency (user_id, started_at);
COMMIT;
