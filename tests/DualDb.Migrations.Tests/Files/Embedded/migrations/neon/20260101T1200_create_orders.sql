create table embedded_orders (id bigint primary key);
