-- People are found by the beginnings of the words of their names.
create index contacts_words on contacts
  using gin (to_tsvector('simple', coalesce(name, '') || ' ' || coalesce(profile_name, '')))
  where merged_into is null;
