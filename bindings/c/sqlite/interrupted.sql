-- What a question that follows is about; overhear.c before the library interrupts it as it begins.
CREATE TABLE scenarios(text TEXT);
INSERT INTO scenarios VALUES ('schema = 1
catalogue = "reference"
start = "2026-03"
horizon_months = 12
household = { members = [{ age = 41 }] }');
CREATE TABLE programmes(text TEXT);
INSERT INTO programmes VALUES ('schema = 1
catalogue = "reference"
programme = { first_fiscal_year = 2026, fiscal_years = 1 }
cases = [{ members = [{ age = 41 }], arrives = "2026-01" }]');
