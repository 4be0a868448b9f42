-- Meta's time of the profile name: a delivery that comes late does not bring an old one back.
alter table contacts add column profile_name_at timestamptz;
