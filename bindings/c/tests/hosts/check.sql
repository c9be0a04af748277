\pset format unaligned
\pset tuples_only on
create function figure(text, text, text, int) returns numeric as :'module', 'relocost_figure' language c strict parallel safe;
create function total(text, text) returns numeric as :'module', 'relocost_total' language c strict parallel safe;
create function reserve(text, text, float8, bigint, int) returns float8 as :'module', 'relocost_reserve' language c strict;
create table expected(file text, base text, alternative text, what text, key text, value text);
\copy expected from pstdin
create table asked as select value, coalesce((case what when 'ledger' then total(file, key) else
    figure(file, base, alternative, case what when 'extra' then 3 when 'residual' then 4 else 20 end) end)::text, '-') as found
    from expected;
select case when count(*) > 100 and bool_and(found = value) then 'the same cents' else 'figures differ' end from asked;
\set VERBOSITY default
select figure(:'wrong', 'permanent', 'temporary', 3);
select 'P80 ' || round(reserve(:'family', 'permanent', 0.8, 10000, 0)::numeric) || ', told';
-- Three processes at once.
set max_parallel_workers_per_gather = 2;
set parallel_setup_cost = 0;
set parallel_tuple_cost = 0;
set min_parallel_table_scan_size = 0;
alter table expected set (parallel_workers = 2);
select case when sum(total(file, key)) = sum(value::numeric) then 'in parallel' else 'figures differ' end
    from expected where what = 'ledger';
-- A question without an end in sight is cancelled, and the server goes on.
set statement_timeout = '300ms';
select reserve(:'family', 'permanent', 0.8, 2000000000, 4);
set statement_timeout = 0;
select 'goes on: ' || round(reserve(:'family', 'permanent', 0.8, 10000, 4)::numeric);
