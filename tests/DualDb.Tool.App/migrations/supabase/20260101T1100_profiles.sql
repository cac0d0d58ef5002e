-- requires: neon/20260101T1000_members
create table profiles (id bigint primary key, name text not null);
-- down:
drop table profiles;
