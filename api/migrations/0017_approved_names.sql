-- When the name that stands was approved: a later no to another name takes it away no more than an earlier yes told late.
alter table channels add column name_approved_at timestamptz;
