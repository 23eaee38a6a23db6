-- Accounts, groups, credentials, API keys and sessions. Times are milliseconds since 1970.
create table revision (
    id integer primary key check (id = 1),
    number integer not null
);

insert into revision values (1, 1);

create table account (
    id text primary key,
    origin text not null,
    name text not null,
    title text not null,
    is_active integer not null,
    external_id text not null,
    created_at integer not null,
    changed_at integer not null
) without rowid;

create table account_group (
    id text primary key,
    name text not null,
    external_id text not null,
    created_at integer not null,
    changed_at integer not null
) without rowid;

create table group_member (
    group_id text not null references account_group (id) on delete cascade,
    principal text not null,
    until integer,
    primary key (group_id, principal)
) without rowid;

-- A password has an empty credential_id. A passkey has that of its authenticator, and counts its uses.
create table credential (
    user_id text not null,
    kind text not null,
    credential_id text not null,
    secret text not null,
    use_count integer not null,
    changed_at integer not null,
    primary key (user_id, kind, credential_id)
) without rowid;

create table api_key (
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

create table session (
    id text primary key,
    user_id text not null,
    method text not null,
    key_hash text,
    groups text not null,
    started_at integer not null,
    expires_at integer not null
) without rowid;

create index session_user on session (user_id, started_at);
