-- The consents that run out next.
create index consent_states_ending on consent_states (expires_at) where state = 'opted_in' and expires_at is not null;
