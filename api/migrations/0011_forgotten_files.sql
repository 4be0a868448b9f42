-- Files of messages that were taken back: their bytes are removed by a worker, which finds them here.
create index media_files_forgotten on media_files (workspace_id, id) where state = 'gone' and store_key is not null;
