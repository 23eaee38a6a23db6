-- Who belongs to a group for a while because of an emergency. Times are milliseconds since 1970.
create table emergency (
    id text primary key,
    user_id text not null,
    group_id text not null,
    started_at integer not null,
    ends_at integer not null,
    ended_by text not null,
    is_end_logged integer not null
) without rowid;

create index emergency_user on emergency (user_id, started_at);
