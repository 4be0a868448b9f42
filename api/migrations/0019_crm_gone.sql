-- Entries that were deleted in the CRM are counted for the health of their connection and found for a repair.
create index crm_logs_gone on crm_logs (workspace_id, connection_id) where state = 'gone';
