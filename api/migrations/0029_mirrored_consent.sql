-- What the last copy into the CRM's fields said of consent: { state, at, source }. Null until there was one.
alter table crm_records add column mirrored_consent jsonb;
