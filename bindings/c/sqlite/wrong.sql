-- What is wrong is said, and nothing is read but the text.
SELECT relocost_premium('schema = 1');
SELECT relocost_premium('schema = 1
catalogue = "/etc/hostname"
start = "2026-03"
horizon_months = 12
household = { members = [] }');
SELECT relocost_total('schema = 1
catalogue = "reference"
start = "2026-03"
horizon_months = 12
household = { members = [] }', 'nowhere');
SELECT relocost_estimate(1.5);
SELECT relocost_estimate('much');
SELECT * FROM relocost_ledger('schema = 1', 'permanent');
SELECT * FROM relocost_ledger('schema = 1');
SELECT * FROM relocost_comparison;
SELECT relocost_premium(x'ff');
SELECT relocost_premium();
SELECT * FROM relocost_simulation('schema = 1', 10, 1);
SELECT * FROM relocost_simulation('schema = 1', 10);
SELECT count(*) FROM relocost_simulation('schema = 1
catalogue = "reference"
start = "2026-03"
horizon_months = 12
household = { members = [{ age = 34 }] }', -1, 1);
SELECT * FROM relocost_futures('schema = 1', 10, 1);
SELECT * FROM relocost_futures('schema = 1', 10);
