-- What models cost a user on a day (UTC, as 2026-11-27), what is reserved counted as used.
create table model_use (
    user_id text not null,
    day text not null,
    tokens integer not null,
    milliseconds integer not null,
    primary key (user_id, day)
) without rowid;
