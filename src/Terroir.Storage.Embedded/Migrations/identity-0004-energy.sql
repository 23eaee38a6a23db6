-- What models took at the most; 0 where that was not known, as in all rows before.
alter table model_use add column millijoules integer not null default 0;
