-- Run with overhear.c before the library, whose lines are between those printed here.
.mode list
.headers off
CREATE TABLE pathways(name TEXT);
INSERT INTO pathways VALUES ('permanent'), ('temporary'), ('permanent');
CREATE TABLE scenarios(text TEXT);
INSERT INTO scenarios VALUES ('schema = 1
catalogue = "reference"
start = "2026-03"
horizon_months = 12
household = { members = [{ age = 41 }] }');
.parameter init
INSERT INTO sqlite_parameters SELECT '?1', text FROM scenarios;

.print a parameter is read once
SELECT count(DISTINCT relocost_total(?1, name)) FROM pathways;
.print what comes from a table is read for each row
SELECT count(DISTINCT relocost_total(text, name)) FROM scenarios, pathways;
