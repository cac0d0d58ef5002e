create table members (id bigint primary key, name text not null, seen int);
insert into members select i, 'member ' || i from generate_series(1, 25) i;
-- down:
drop table members;
