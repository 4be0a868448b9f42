-- The colleague who wrote last in what an entry tells of: the entry belongs to them in the CRM. Null: nobody wrote yet.
alter table crm_logs add column writer text;
