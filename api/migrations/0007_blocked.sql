-- We blocked the person on this number, by this product. Meta's own list is the truth for sends.
alter table messaging_conversations add column blocked boolean not null default false;
