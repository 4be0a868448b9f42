-- What a received message quotes, as Meta names it: the quoted one may be known here only later.
alter table messaging_messages add column quoted_wamid text;
