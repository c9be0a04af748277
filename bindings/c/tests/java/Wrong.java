import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import relocost.Catalogue;
import relocost.Document;
import relocost.Finding;
import relocost.Options;
import relocost.PaymentOptions;
import relocost.Programme;
import relocost.PublishOptions;
import relocost.Relocost;
import relocost.RelocostException;
import relocost.Result;
import relocost.Scenario;
import relocost.SimulateOptions;
import relocost.Simulation;
import relocost.Table;

/** Wrong input is thrown with all that was found; and questions that answers.c does not ask. */
public final class Wrong {
    private static final String FAMILY = """
            schema = 1
            title = "Élise — 家族 \uD83C\uDFE0"
            catalogue = "reference"
            start = "2026-03"
            horizon_months = 60
            [household]
            members = [{ age = 41 }, { age = 39 }, { age = 13 }, { age = 9 }]
            """;

    private static final String HUGE_AMOUNTS = """
            schema = 1
            start = "2026-01"
            horizon_months = 2
            currency = "EUR"
            price_base_year = 2026
            categories = ["housing"]
            funds = ["regular_budget"]
            entitlements = ["work"]
            household = { members = [{ age = 34 }] }
            rates.fx.USD = { 2026 = "1000" }
            [solutions]
            permanent = { label = "Permanent", kind = "permanent", entitlements = ["work"] }
            temporary = { label = "Temporary", kind = "temporary", entitlements = [] }
            [[lines]]
            id = "castle"
            category = "housing"
            label = "Castle"
            driver = "household"
            schedule = "monthly"
            amount = "999999999999999"
            currency = "EUR"
            source = "none"
            [[lines]]
            id = "moat"
            category = "housing"
            label = "Moat"
            driver = "household"
            schedule = "monthly"
            amount = "999999999999999"
            currency = "USD"
            source = "none"
            """;

    private Wrong() {}

    private interface Call {
        Object call();
    }

    private static void same(Object found, Object expected) {
        if (!Objects.equals(found, expected)) {
            throw new AssertionError("found " + found + "; expected " + expected);
        }
    }

    private static <T extends RuntimeException> T thrown(Class<T> kind, Call call) {
        try {
            call.call();
        } catch (RuntimeException wrong) {
            return kind.cast(wrong);
        }
        throw new AssertionError("nothing was thrown; expected " + kind.getSimpleName());
    }

    private static RelocostException wrong(int number, Call call) {
        RelocostException found = thrown(RelocostException.class, call);
        same(found.number(), number);
        return found;
    }

    public static void main(String[] arguments) {
        files();
        try (Scenario scenario = Scenario.parse(FAMILY)) {
            questions(scenario);
            values(scenario);
            progress(scenario);
            documents(scenario);
        }
        programmes();
        simulations();
        handles();
        System.out.println("wrong inputs from Java: each is said");
    }

    private static void programmes() {
        String head = "schema = 1\ncatalogue = \"reference\"\n"
                + "programme = { first_fiscal_year = 2026, fiscal_years = 2, run_off_months = 6 }\n";
        String cases = "cases = [{ members = [{ age = 34 }], arrives = \"2025-06\", count = 2 }]\n";
        String expect = "expect = [{ figure = \"waiting.queued\", equals = 2 }]\n";
        try (Programme programme = Programme.parse(head + cases + expect);
                Result run = programme.run(Relocost.PROGRAMME_VALUES | Relocost.PROGRAMME_CASES, new Options());
                Table rows = run.table(Relocost.TABLE_CASES);
                Result outcomes = programme.runExpectations(new Options())) {
            same(rows.rows(), 2);
            same(outcomes.integer(Relocost.FIGURE_FAILED), 0L);
            wrong(Relocost.UNKNOWN_CHOICE, () -> programme.run(64, new Options()));
        }
        wrong(Relocost.MISSING_KEY, () -> Programme.parse("schema = 1\nprogramme = {}\n"));
        try (Programme programme = Programme.parse(head + cases);
                Programme twice = Programme.parse(head + cases.replace("count = 2", "count = 3"))) {
            wrong(Relocost.UNREADABLE, () -> programme.payments(Path.of("none.csv"), new PaymentOptions()));
            try (Result changes = programme.diff(twice, new Options());
                    Table counts = changes.table(Relocost.TABLE_BUDGET_CASES)) {
                same(counts.integers("count")[1], 1L);
            }
        }
        wrong(Relocost.UNREADABLE, () -> Programme.load(Path.of("nowhere", "none.toml")));
        String arrivals = "arrivals = [{ members = [{ age = 34 }], per_year = 3 }]\n";
        SimulateOptions options = new SimulateOptions().draws(100).seed(7);
        try (Programme programme = Programme.parse(head + cases + arrivals);
                Simulation futures = programme.simulate(options);
                Simulation again = programme.simulate(options.threads(1));
                Result run = programme.run(0, new Options());
                Table rows = futures.table(Relocost.TABLE_FUTURES)) {
            same(futures.write(Relocost.JSON), again.write(Relocost.JSON));
            Simulation.Statistics year = futures.statistics("as_planned", "2027").orElseThrow();
            same(futures.quantile("as_planned", "2027", 0.8), year.p80().value());
            same(futures.ledger("as_planned", "total", false).orElseThrow(), run.amount(Relocost.FIGURE_TOTAL));
            same(rows.texts("figure").get(0), "as_signed");
            same(futures.statistics("waiting", "given_within.36").isEmpty(), true);
            wrong(Relocost.NOT_OF_THIS_RESULT, futures::band);
            wrong(Relocost.UNKNOWN_FIGURE, () -> futures.quantile("permanent", "total", 0.8));
            wrong(Relocost.INTERRUPTED, () -> programme.simulate(options.progress((done, all) -> false)));
        }
    }

    private static void files() {
        String text = "schema = 1\nstart = \"2026-13\"\n";
        RelocostException found = wrong(Relocost.MISSING_KEY, () -> Scenario.parse(text));
        same(found.name(), "missing_key");
        same(found.findings().get(0).number(), Relocost.MISSING_KEY);
        Finding start = found.findings().stream().filter(it -> it.key().equals("start")).findFirst().orElseThrow();
        same(List.of(start.number(), start.name(), start.file(), start.line(), start.column()),
                List.of(Relocost.WRONG_KIND, "wrong_kind", "scenario", 2, 9));
        same(start.message().contains("2026-13"), true);
        same(found.getMessage().contains(start.message()), true);
        found = wrong(Relocost.UNREADABLE, () -> Scenario.load(Path.of("nowhere", "of-a-witness", "none.toml")));
        same(found.getMessage().contains("witness"), false);
        same(wrong(Relocost.SYNTAX, () -> Scenario.parse("= \u0000")).findings().isEmpty(), false);
        wrong(Relocost.OUT_OF_RANGE, () -> Catalogue.parse("schema = 2"));
        wrong(Relocost.UNREADABLE, () -> Catalogue.load(Path.of("no-such.toml")));
        try (Catalogue empty = Catalogue.parse("schema = 1")) {
            wrong(Relocost.MISSING_KEY, () -> Scenario.over(empty, FAMILY));
        }
        // Half of a surrogate pair is no text, and does not become another one.
        thrown(IllegalArgumentException.class, () -> Scenario.parse("title = \"\uD83C\""));
    }

    private static void questions(Scenario scenario) {
        RelocostException found = wrong(Relocost.UNKNOWN_PATHWAY, () -> scenario.ledger("fermé", new Options()));
        same(found.findings().size(), 1);
        wrong(Relocost.UNKNOWN_PATHWAY, () -> scenario.compare(new Options().between("permanent", "nulle part")));
        wrong(Relocost.UNKNOWN_NAME, () -> scenario.with("lines.none.amount", BigDecimal.ONE));
        wrong(Relocost.UNKNOWN_NAME, () -> scenario.parameter("lines.none.amount"));
        wrong(Relocost.UNKNOWN_NAME, () -> scenario.variant("none"));
        wrong(Relocost.UNKNOWN_NAME, () -> scenario.calibrate(BigDecimal.ONE, List.of("none"), new Options()));
        wrong(Relocost.OUT_OF_RANGE, () -> Result.estimate(new BigDecimal("-1"), "EUR"));
        wrong(Relocost.WRONG_KIND, () -> Result.estimate(BigDecimal.ONE, "euro"));
        wrong(Relocost.UNKNOWN_CHOICE, () -> scenario.write(99));
        thrown(IllegalArgumentException.class, () -> new Options().months(-1));
        try (Result comparison = scenario.compare()) {
            wrong(Relocost.OTHER_KIND, () -> comparison.integer(Relocost.FIGURE_EXTRA));
            wrong(Relocost.NOT_OF_THIS_RESULT, () -> comparison.table(Relocost.TABLE_WAITS));
            wrong(Relocost.NOT_OF_THIS_RESULT, () -> comparison.explain(null, null, null, null));
            try (Table causes = comparison.table(Relocost.TABLE_ATTRIBUTION)) {
                wrong(Relocost.UNKNOWN_NAME, () -> causes.texts("causes"));
                wrong(Relocost.OTHER_KIND, () -> causes.texts("amount"));
                wrong(Relocost.OTHER_KIND, () -> causes.amounts("entitlement"));
                wrong(Relocost.NO_SUCH_PLACE, () -> causes.text(causes.rows(), "amount"));
                wrong(Relocost.NO_SUCH_PLACE, () -> causes.text(-1, "amount"));
            }
        }
    }

    /** Payments, what they imply, and what changed between two caseloads, all from files. */
    private static void paidAndChanged(Scenario scenario, Scenario dearer) {
        PaymentOptions options = new PaymentOptions().pathway("permanent").window(0);
        Path none = Path.of("nowhere", "none.csv");
        wrong(Relocost.UNREADABLE, () -> scenario.payments(none, options));
        wrong(Relocost.UNREADABLE, () -> scenario.diffCaseload(none, dearer, none, new Options()));
        try {
            Path bills = Files.createTempFile("bills", ".csv");
            Path homes = Files.createTempFile("homes", ".csv");
            try {
                Files.writeString(bills, "month,line,amount,currency\n2026-03,rent,918,EUR\n");
                Files.writeString(homes, "reference,members\nA,34 6\n");
                postings(scenario, homes);
                publications(scenario, homes);
                try (Result paid = scenario.payments(bills, options.until(YearMonth.of(2026, 4)));
                        Table figures = paid.table(Relocost.TABLE_FIGURES);
                        Result implied = paid.paymentsEstimate(0);
                        Table prices = implied.table(Relocost.TABLE_ESTIMATES)) {
                    same(figures.amounts("paid").get(0), new BigDecimal("918.00"));
                    same(paid.write(Relocost.JSON).contains("\"until\":\"2026-04\",\"window\":0"), true);
                    same(prices.texts("line"), List.of("rent"));
                    same(implied.write(Relocost.TOML).contains("inherit = true"), true);
                }
                wrong(Relocost.INTERRUPTED, () -> scenario.payments(bills, options.progress((done, total) -> false)));
                try (Result changes = scenario.diffCaseload(homes, dearer, homes, new Options());
                        Table values = changes.table(Relocost.TABLE_BUDGET_CHANGES)) {
                    same(values.texts("key"), List.of("lines.rent.amount"));
                }
            } finally {
                Files.delete(bills);
                Files.delete(homes);
            }
        } catch (IOException wrong) {
            throw new UncheckedIOException(wrong);
        }
    }

    private static void values(Scenario scenario) {
        same(scenario.text(Relocost.FIGURE_TITLE).orElseThrow(), "Élise — 家族 \uD83C\uDFE0");
        // The family has no pathway on which these lines of the catalogue are charged.
        same(scenario.warnings().stream().map(Finding::key).toList(),
                List.of("lines.deposit-returned", "lines.joining-travel", "lines.move-to-permanent",
                        "lines.witness-support", "lines.programme-support"));
        same(scenario.warnings().get(0).number(), Relocost.NEVER_USED);
        try (Scenario dearer = scenario.with("lines.rent.amount", new BigDecimal("1.4E+3"));
                Scenario again = Scenario.parse(scenario.write(Relocost.TOML))) {
            same(dearer.parameter("lines.rent.amount").compareTo(new BigDecimal(1400)), 0);
            same(again.write(Relocost.JSON), scenario.write(Relocost.JSON));
            paidAndChanged(scenario, dearer);
            try (Result changes = scenario.diff(dearer, new Options());
                    Table details = changes.table(Relocost.TABLE_DETAILS)) {
                same(details.texts("key"), List.of("lines.rent"));
            }
        }
        try (Result ledger = scenario.ledger("temporary", new Options());
                Result rents = ledger.explain("housing", null, null, null);
                Table entries = rents.table(Relocost.TABLE_ENTRIES)) {
            same(entries.texts("category").stream().distinct().toList(), List.of("housing"));
            same(entries.amounts("part").stream().reduce(BigDecimal.ZERO, BigDecimal::add),
                    rents.amount(Relocost.FIGURE_TOTAL));
            same((long) entries.integers("month_index").length, rents.integer(Relocost.FIGURE_ENTRIES));
            same(entries.kind("index_factor"), Relocost.DECIMAL);
            same(entries.decimals("index_factor").size(), entries.rows());
            try (Scenario of = rents.scenario()) {
                same(of.text(Relocost.FIGURE_START), scenario.text(Relocost.FIGURE_START));
            }
        }
        // A value that there is not, and amounts of more minor units than a long holds.
        try (Result variants = scenario.compareVariants(new Options()); Table rows = variants.table(Relocost.TABLE_VARIANTS)) {
            same(rows.texts("variant"), Arrays.asList((String) null));
            same(rows.text(0, "variant").isEmpty(), true);
        }
        try (Result grid = scenario.grid(new TreeMap<>(Map.of("lines.rent.amount",
                    List.of(new BigDecimal("950"), new BigDecimal("2000")), "rates.fx.USD.factor", List.of(BigDecimal.ONE))),
                    new Options());
                Result sets = scenario.whatIfs(List.of(Map.of("lines.rent.amount", new BigDecimal("2000")), Map.of()),
                        new Options());
                Table rows = grid.table(Relocost.TABLE_WHAT_IFS);
                Table others = sets.table(Relocost.TABLE_WHAT_IFS);
                Scenario dear = scenario.with("lines.rent.amount", new BigDecimal("2000"));
                Result compared = dear.compare()) {
            same(rows.rows(), 3);
            same(others.amounts("base").get(1), compared.amount(Relocost.FIGURE_BASE_TOTAL));
            same(others.amounts("change_of_base").get(2), new BigDecimal("0.00"));
        }
        try (Scenario huge = Scenario.parse(HUGE_AMOUNTS);
                Result ledger = huge.ledger("permanent", new Options());
                Table entries = ledger.table(Relocost.TABLE_ENTRIES)) {
            BigDecimal castle = new BigDecimal("999999999999999.00");
            BigDecimal moat = new BigDecimal("999999999999999000.00");
            same(entries.amounts("amount"), List.of(castle, moat, castle, moat));
            same(ledger.amount(Relocost.FIGURE_TOTAL), new BigDecimal("2001999999999997998.00"));
        }
        try (Result none = scenario.runExpectations(new Options())) {
            same(none.integer(Relocost.FIGURE_FAILED), 0L);
        }
        same(Relocost.version().matches("\\d+\\.\\d+\\.\\d+.*"), true);
    }

    private static void simulations() {
        String uncertain = """
                [[uncertain]]
                parameter = "lines.rent.amount"
                distribution = { uniform = { low = "800", high = "1100" } }
                """;
        SimulateOptions options = new SimulateOptions().draws(1000).seed(-1).keep(Relocost.KEEP_TOTALS);
        try (Scenario scenario = Scenario.parse(FAMILY + uncertain);
                Simulation simulation = scenario.simulate(options);
                Simulation again = scenario.simulate(options.threads(1));
                Table moved = simulation.table(Relocost.TABLE_MOVED);
                Result tornado = scenario.tornado(new Options());
                Result indices = scenario.sobol(new SimulateOptions().draws(100).resamples(10));
                Table factors = indices.table(Relocost.TABLE_INDICES)) {
            same(List.of(simulation.draws(), simulation.seed()), List.of(1000L, -1L));
            same(simulation.write(Relocost.JSON), again.write(Relocost.JSON));
            Simulation.Statistics total = simulation.statistics("permanent", "total").orElseThrow();
            same(simulation.quantile("permanent", "total", 0.8), total.p80().value());
            same(simulation.expectedShortfall("permanent", "total", 0.95), total.expected_shortfall_95());
            same(simulation.exceedance("permanent", "total", total.most()), 0.0);
            double[] draws = simulation.keptDraws("permanent", "total");
            same(Arrays.stream(draws).max().orElseThrow(), total.most());
            same(simulation.band().none(), 0.0);
            same(moved.texts("parameter"), List.of("lines.rent.amount"));
            same(tornado.text(Relocost.FIGURE_BASE).orElseThrow(), "permanent");
            same(factors.texts("factor").get(0), "lines.rent.amount");
            wrong(Relocost.UNKNOWN_FIGURE, () -> simulation.statistics("nowhere", "total"));
            wrong(Relocost.UNKNOWN_FIGURE, () -> simulation.quantile("extra", "1999", 0.5));
            wrong(Relocost.OUT_OF_RANGE, () -> simulation.quantile("extra", "total", 1.5));
            wrong(Relocost.NOT_OF_THIS_RESULT, () -> simulation.keptDraws("extra", "housing"));
            wrong(Relocost.UNKNOWN_CHOICE, () -> scenario.simulate(new SimulateOptions().sampling(9)));
            wrong(Relocost.OUT_OF_RANGE, () -> scenario.simulate(new SimulateOptions().draws(-1)));
            wrong(Relocost.UNKNOWN_PATHWAY, () -> scenario.simulate(new SimulateOptions().between("permanent", "a")));
            wrong(Relocost.INTERRUPTED, () -> scenario.simulate(options.progress((done, all) -> false)));
            thrown(IllegalArgumentException.class, () -> new SimulateOptions().threads(-1));
        }
    }

    private static void documents(Scenario scenario) {
        SimulateOptions few = new SimulateOptions().draws(100);
        try (Document page = scenario.report(Relocost.HTML_FR, few);
                Document again = scenario.report(Relocost.HTML_FR, few);
                Document book = scenario.workbook(Relocost.XLSX_EN, new Options());
                Result comparison = scenario.compare()) {
            same(new String(page.bytes(), StandardCharsets.UTF_8).startsWith("<!DOCTYPE html>\n<html lang=\"fr\">"), true);
            same(Arrays.equals(page.bytes(), again.bytes()), true);
            same(new String(book.bytes(), 0, 2, StandardCharsets.US_ASCII), "PK");
            wrong(Relocost.UNKNOWN_CHOICE, () -> scenario.workbook(Relocost.HTML_EN, new Options()));
            wrong(Relocost.UNKNOWN_PATHWAY, () -> scenario.workbook(Relocost.XLSX_EN,
                    new Options().between("permanent", "nowhere")));
            wrong(Relocost.NOT_OF_THIS_RESULT, () -> comparison.report(Relocost.HTML_EN));
            wrong(Relocost.NOT_OF_THIS_RESULT, () -> comparison.workbook(Relocost.XLSX_EN, new Options()));
        }
    }

    private static void postings(Scenario scenario, Path rows) {
        try (Result ledger = scenario.ledger("temporary", new Options());
                Result postings = ledger.postings();
                Table table = postings.table(Relocost.TABLE_POSTINGS)) {
            same(postings.write(Relocost.HLEDGER_FR).startsWith("; Interne"), true);
            same(table.texts("account").get(0).startsWith("Expenses:"), true);
            wrong(Relocost.NOT_OF_THIS_RESULT, postings::postings);
            wrong(Relocost.UNKNOWN_CHOICE, () -> ledger.write(Relocost.HLEDGER_EN));
            try (Result many = scenario.caseloadPostings(rows, "permanent", new Options())) {
                same(many.text(Relocost.FIGURE_PATHWAY).orElseThrow(), "permanent");
            }
        }
    }

    private static void publications(Scenario scenario, Path few) throws IOException {
        Path many = Files.createTempFile("many", ".csv");
        try {
            Files.writeString(many, "reference,count,members\nA,5,34\nB,4,41 38 14\n");
            PublishOptions options = new PublishOptions().tables(List.of("size", "fiscal_year"));
            try (Result publication = scenario.publish(many, options);
                    Table published = publication.table(Relocost.TABLE_PUBLISHED);
                    Result again = scenario.publish(many, options.beside(List.of(publication.write(Relocost.JSON))))) {
                same(published.integers("cases")[0], 9L);
                same(again.write(Relocost.JSON).contains("\"jointly\":1"), true);
                wrong(Relocost.NOT_OF_THIS_RESULT, publication::scenario);
            }
            wrong(Relocost.WRONG_KIND, () -> scenario.publish(many, options.beside(List.of("{}"))));
            wrong(Relocost.DISCLOSURE, () -> scenario.publish(few, new PublishOptions()));
            wrong(Relocost.OUT_OF_RANGE, () -> scenario.publish(many, new PublishOptions().threshold(2)));
            wrong(Relocost.OUT_OF_RANGE, () -> scenario.publish(many, new PublishOptions().tables(List.of("place"))));
        } finally {
            Files.delete(many);
        }
    }

    private static void progress(Scenario scenario) {
        List<Long> seen = new ArrayList<>();
        wrong(Relocost.INTERRUPTED, () -> scenario.compare(new Options().progress((done, total) -> {
            seen.add(done);
            return seen.size() < 3;
        })));
        same(seen.size(), 3);
        RuntimeException own = new UnsupportedOperationException("of the program");
        Options failing = new Options().progress((done, total) -> {
            throw own;
        });
        same(thrown(UnsupportedOperationException.class, () -> scenario.compare(failing)), own);
    }

    /** A closed object is not touched again; what came from it stays. */
    private static void handles() {
        Scenario scenario = Scenario.parse(FAMILY);
        Result comparison = scenario.compare();
        Table causes = comparison.table(Relocost.TABLE_ATTRIBUTION);
        scenario.close();
        scenario.close();
        comparison.close();
        same(causes.rows() > 0, true);
        causes.close();
        for (Call call : List.<Call>of(scenario::compare, () -> comparison.write(Relocost.JSON), causes::rows)) {
            thrown(IllegalStateException.class, call);
        }
    }
}
