create table embedded_profiles (id bigint primary key);
