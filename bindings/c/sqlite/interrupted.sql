-- What a question that follows is about; overhear.c before the library interrupts it as it begins.
CREATE TABLE scenarios(text TEXT);
INSERT INTO scenarios VALUES ('schema = 1
catalogue = "reference"
start = "2026-03"
horizon_months = 12
household = { members = [{ age = 41 }] }');
