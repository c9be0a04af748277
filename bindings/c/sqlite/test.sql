-- The finance department's own tables: scenarios as text, and what was paid.
.mode list
.headers off
CREATE TABLE scenarios(id INTEGER PRIMARY KEY, text TEXT);
INSERT INTO scenarios VALUES (7, 'schema = 1
catalogue = "reference"
start = "2026-03"
horizon_months = 60
[household]
members = [{ age = 41 }, { age = 39 }, { age = 13 }, { age = 9 }]
');
INSERT INTO scenarios VALUES (8, NULL);

SELECT 'premium', id, relocost_premium(text) FROM scenarios;
SELECT 'totals', relocost_total(text, 'permanent'), relocost_total_minor(text, 'temporary') FROM scenarios WHERE id = 7;
SELECT 'estimate', json_extract(relocost_estimate(112000, 'USD'), '$.currency', '$.points[0].temporary');
SELECT 'estimate', json_extract(relocost_estimate('0.50'), '$.cost');

-- The ledger's entries add up to the total, to the cent.
SELECT 'ledger', count(*) > 100, sum(amount_minor) = relocost_total_minor(text, 'temporary')
FROM scenarios, relocost_ledger(text, 'temporary') WHERE id = 7;
SELECT 'nobody', count(*) FROM scenarios, relocost_ledger(text, 'temporary') WHERE id = 8;
-- The scenario comes from the other table however the two are written.
SELECT 'joined', count(*) > 100 FROM relocost_ledger AS l JOIN scenarios AS s ON l.scenario = s.text
WHERE s.id = 7 AND l.pathway = 'temporary';

-- What was paid beside what the model says, by month and line.
CREATE TABLE paid(month TEXT, line TEXT, amount_minor INTEGER);
INSERT INTO paid SELECT month, line, sum(amount_minor) FROM scenarios, relocost_ledger(text, 'temporary')
    WHERE id = 7 AND month <= '2026-05' GROUP BY month, line;
UPDATE paid SET amount_minor = amount_minor + 12345 WHERE month = '2026-04' AND line = 'short-let';
DELETE FROM paid WHERE month = '2026-05' AND line = 'subsistence-full';
SELECT 'variance', model.month, model.line, model.minor, paid.amount_minor, coalesce(paid.amount_minor, 0) - model.minor
FROM (SELECT month, line, sum(amount_minor) AS minor FROM relocost_ledger((SELECT text FROM scenarios WHERE id = 7), 'temporary')
      GROUP BY month, line) AS model
LEFT JOIN paid USING (month, line)
WHERE model.month <= '2026-05' AND coalesce(paid.amount_minor, 0) <> model.minor ORDER BY 2, 3;

-- A comparison's rows: what each entitlement costs, and the parts of the extra that add up.
SELECT 'cause', key, extra FROM scenarios, relocost_comparison(text) WHERE id = 7 AND part = 'entitlement';
SELECT 'parts', part, sum(extra_minor), max(currency) FROM scenarios, relocost_comparison(text)
WHERE id = 7 AND part IN ('category', 'fiscal_year', 'fund') GROUP BY part;
SELECT 'whole', base, alternative, extra, premium FROM scenarios, relocost_comparison(text)
WHERE id = 7 AND part = 'months' AND key = '60';

-- What reserve suffices in four cases out of five, beside the ledger's own figure; the same seed gives the same bits.
INSERT INTO scenarios SELECT 9, text || '[[uncertain]]
parameter = "lines.rent.amount"
distribution = { uniform = { low = "800", high = "1100" } }
' FROM scenarios WHERE id = 7;
SELECT 'reserve', figure, draws, ledger, round(p80), mean < p80 AND p80 < expected_shortfall_95, currency
FROM scenarios, relocost_simulation(text, 2000, 7) WHERE id = 9 AND key = 'total' AND figure <> 'premium';
SELECT 'same', count(*) FROM (SELECT figure, key, p80 FROM scenarios, relocost_simulation(text, 2000, 7) WHERE id = 9
    EXCEPT SELECT figure, key, p80 FROM scenarios, relocost_simulation(text, 2000, 7) WHERE id = 9);
SELECT 'no premium', count(*) > 0, max(draws), min(p80) FROM scenarios, relocost_simulation(text, 100, 7)
WHERE id = 9 AND figure = 'premium' AND mean IS NULL;

-- The futures of a programme: what suffices in a budget year in four cases out of five, above the figure without chance.
CREATE TABLE programmes(text TEXT);
INSERT INTO programmes VALUES ('schema = 1
catalogue = "reference"
programme = { first_fiscal_year = 2026, fiscal_years = 2 }
cases = [{ members = [{ age = 34 }], arrives = "2026-01" }]
arrivals = [{ members = [{ age = 34 }], per_year = 3 }]
agreements = [{ id = "north", label = "North", from = "2026-03", places_per_year = 1 }]
');
SELECT 'futures', fiscal_year, draws, deterministic IS NOT NULL, deterministic < p80 AND p50 <= p80 AND p80 <= p95, currency, internal
FROM programmes, relocost_futures(text, 200, 7) WHERE figure = 'as_planned' AND fiscal_year IS NOT NULL AND fund IS NULL;
SELECT 'worth', agreement, deterministic, mean IS NOT NULL FROM programmes, relocost_futures(text, 200, 7)
WHERE figure = 'last' AND fiscal_year IS NULL AND fund IS NULL;
SELECT 'waits', figure, agreement, mean IS NULL, fund FROM programmes, relocost_futures(text, 200, 7)
WHERE part = 'waiting' AND (figure = 'given_within.36' OR figure = 'still_waiting');
SELECT 'same', count(*) FROM (SELECT figure, fiscal_year, fund, p80 FROM programmes, relocost_futures(text, 200, 7)
    EXCEPT SELECT figure, fiscal_year, fund, p80 FROM programmes, relocost_futures(text, 200, 7));

-- Nothing of a table is for publication, and every row says so.
SELECT 'internal', min(internal), max(internal) FROM scenarios, relocost_ledger(text, 'temporary') WHERE id = 7;
SELECT 'internal', min(internal), max(internal) FROM scenarios, relocost_comparison(text) WHERE id = 7;
SELECT 'internal', min(internal), max(internal) FROM scenarios, relocost_simulation(text, 100, 7) WHERE id = 9;
SELECT 'internal', min(internal), max(internal) FROM programmes, relocost_futures(text, 100, 7);
SELECT 'internal', json_extract(relocost_estimate(112000), '$.internal');
