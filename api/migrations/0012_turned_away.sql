-- How often Meta or the network turned the message away since a person sent it: what the lane gives up by. Waiting for an opt-out
-- that is just being written is no attempt of that kind.
alter table messaging_messages add column turned_away smallint not null default 0;
