// Programmes in C++: read, run, valued, compared, paid for, and simulated in whole and in parts.
#include <relocost.hpp>

#include <cstdlib>
#include <iostream>
#include <numeric>

#define CHECK(condition)                                                                       \
    do {                                                                                       \
        if (!(condition)) {                                                                    \
            std::cerr << __FILE__ << ':' << __LINE__ << ": not so: " << #condition << '\n';     \
            std::exit(1);                                                                      \
        }                                                                                      \
    } while (0)

static const std::string text =
    "schema = 1\ncatalogue = \"reference\"\n"
    "programme = { first_fiscal_year = 2026, fiscal_years = 2, ceiling = { regular_budget = { default = 90000 } } }\n"
    "cases = [{ id = \"first\", members = [{ age = 34 }], reference = \"HH-1\", arrives = \"2025-06\" },\n"
    "  { members = [{ age = 41 }, { age = 9 }], arrives = \"2026-02\" }]\n"
    "arrivals = [{ members = [{ age = 34 }], per_year = 3 }]\n"
    "agreements = [{ id = \"north\", label = \"North\", from = \"2026-03\", places_per_year = 1 },\n"
    "  { id = \"south\", label = \"South\", signed = true, grants = [{ month = \"2026-05\", places = 1 }] }]\n"
    "expect = [{ figure = \"waiting.queued\", equals = 2 }]\n";

template <class Call>
static relocost::error thrown(Call call) {
    try {
        call();
    } catch (const relocost::error &wrong) {
        return wrong;
    }
    std::cerr << "nothing was thrown\n";
    std::exit(1);
}

static std::int64_t sum(const relocost::table &table, std::string_view column) {
    const auto minor = table.minor(column);
    return std::accumulate(minor.begin(), minor.end(), std::int64_t{0});
}

static void results() {
    using relocost::figure;
    using relocost::rows;
    const auto programme = relocost::programme::from_text(text);
    relocost::programme_parts parts;
    parts.values = true;
    parts.cases = true;
    const auto run = programme.run(parts);
    const auto total = run.money(figure::total), extra = run.money(figure::extra);
    CHECK(total.currency == "EUR" && total.minor > 0 && run.text(figure::start) == "2026-01");
    for (const auto which : {rows::budget, rows::budget_years, rows::budget_funds}) {
        CHECK(sum(run.table(which), "as_planned") == total.minor && sum(run.table(which), "extra") == extra.minor);
    }
    CHECK(sum(run.table(rows::cases), "total") == total.minor && sum(run.table(rows::months), "total") == total.minor);
    CHECK(run.table(rows::agreements).texts("agreement") == (std::vector<std::string>{"north", "south"}));
    CHECK(run.warnings().empty() && run.write(relocost::form::text_en).rfind("The programme of 2026 to 2027", 0) == 0);
    CHECK(run.write(relocost::form::csv_fr) != run.write(relocost::form::csv));
    // What all agreements save together stands without an agreement, and is the sum of their values.
    const auto values = programme.values();
    std::int64_t joint = 0, single = 0;
    for (std::size_t row = 0; row < values.row_count(); ++row) {
        if (values.text(row, "window") == "within" && !values.text(row, "fund")) {
            (values.text(row, "agreement") ? single : joint) += values.money(row, "value").minor;
        }
    }
    CHECK(joint == single && joint != 0 && run.table(rows::steps).row_count() > 4);
    CHECK(programme.run().table(rows::values).row_count() == 0);
    CHECK(programme.run_expectations().integer(figure::passed) == 1);

    const auto copy = programme;
    CHECK(copy.run().write(relocost::form::json) == programme.run().write(relocost::form::json));
    const auto wrong = thrown([] { relocost::programme::from_text("schema = 1\nprogramme = { fiscal_years = 0 }\n"); });
    CHECK(wrong.findings().size() > 1 && std::string(wrong.what()).find("programme:2:") != std::string::npos);
    CHECK(thrown([] { relocost::programme::from_file("none/none.toml"); }).status() == RELOCOST_UNREADABLE);

    relocost::options how;
    how.progress = [](std::uint64_t, std::uint64_t) { return false; };
    CHECK(thrown([&] { programme.run({}, how); }).status() == RELOCOST_INTERRUPTED);
    how.progress = [](std::uint64_t, std::uint64_t) -> bool { throw std::logic_error("mine"); };
    try {
        programme.run({}, how);
        CHECK(false);
    } catch (const std::logic_error &mine) {
        CHECK(std::string(mine.what()) == "mine");
    }
}

static void differences_and_payments() {
    using relocost::rows;
    const auto programme = relocost::programme::from_text(text);
    std::string later = text;
    later.replace(later.find("2026-02"), 7, "2026-06");
    const auto changed = relocost::programme::from_text(later);
    const auto diff = programme.diff(changed);
    const auto causes = diff.table(rows::budget_causes);
    std::int64_t old = 0, timing = 0, now = 0;
    for (std::size_t row = 0; row < causes.row_count(); ++row) {
        if (causes.text(row, "line") == "as_planned") {
            const auto cause = causes.text(row, "cause");
            const auto minor = causes.money(row, "amount").minor;
            old += cause == "old" ? minor : 0;
            timing += cause == "timing" ? minor : 0;
            now += cause == "new" ? minor : 0;
        }
    }
    CHECK(old == programme.run().money(relocost::figure::total).minor && old + timing == now && timing != 0);
    CHECK(now == changed.run().money(relocost::figure::total).minor);
    CHECK(diff.table(rows::budget_cases).integers("count") == (std::vector<std::int64_t>{0, 0, 0, 1, 0}));

    const auto paid = programme.payments_text("month,line,amount,currency\n2026-03,short-let,918,EUR\n");
    CHECK(paid.table(rows::figures).money(0, "paid").text() == "918.00" && !paid.text(relocost::figure::pathway));
    CHECK(thrown([&] { programme.payments_file("none/none.csv"); }).status() == RELOCOST_UNREADABLE);
    CHECK(paid.postings().table(rows::postings).row_count() > 0);
    relocost::publish_options few;
    few.threshold = 1000;
    CHECK(thrown([&] { programme.publish(few); }).status() == RELOCOST_DISCLOSURE);
    few.threshold = 2;
    CHECK(thrown([&] { programme.publish(few); }).status() == RELOCOST_OUT_OF_RANGE);
    CHECK(programme.postings().write(relocost::form::beancount_en).rfind(";; Internal", 0) == 0);
}

static void futures() {
    using relocost::rows;
    const auto programme = relocost::programme::from_text(text);
    relocost::simulate_options drawn;
    drawn.draws = 300;
    drawn.seed = 3;
    const auto simulation = programme.simulate(drawn);
    const auto year = simulation.statistics("as_planned", "2027");
    CHECK(simulation.draws() == 300 && simulation.seed() == 3 && year && year->draws == 300 && year->sd > 0);
    CHECK(simulation.quantile(0.8, "as_planned", "2027") == year->p80 && year->p80 > year->p50);
    CHECK(simulation.exceedance(year->most, "as_planned", "2027") == 0);
    CHECK(simulation.expected_shortfall(0.95, "as_planned", "2027") == year->expected_shortfall_95);
    CHECK(simulation.ledger("as_planned") == programme.run().text(relocost::figure::total));
    CHECK(simulation.ledger("as_planned", "total", true) == std::nullopt);
    CHECK(simulation.text(relocost::figure::currency) == "EUR");
    CHECK(simulation.statistics("waiting", "given_within.36") == std::nullopt);
    CHECK(simulation.table(rows::future_ceilings).integers("fiscal_year") == (std::vector<std::int64_t>{2026, 2027}));
    CHECK(simulation.table(rows::futures).texts("figure").front() == "as_signed");
    CHECK(simulation.table(rows::future_waiting).row_count() > 6 && simulation.table(rows::moved).row_count() == 0);
    CHECK(thrown([&] { simulation.band(); }).status() == RELOCOST_NOT_OF_THIS_RESULT);
    CHECK(thrown([&] { simulation.statistics("last.west"); }).status() == RELOCOST_UNKNOWN_FIGURE);
    const auto late = relocost::part::from_bytes(programme.simulate_range(100, 200, drawn).to_bytes());
    const auto whole = late.merge(programme.simulate_range(0, 100, drawn));
    CHECK(programme.simulation_of_part(whole, drawn).write() == simulation.write());
    CHECK(thrown([&] { programme.simulation_of_part(late, drawn); }).status() == RELOCOST_OUT_OF_RANGE);
    CHECK(programme.workbook(relocost::form::xlsx_fr).bytes().substr(0, 2) == "PK");
    const auto page = programme.report(relocost::form::html_en, drawn);
    CHECK(page.bytes().rfind("<!DOCTYPE html>\n<html lang=\"en\">", 0) == 0);
    CHECK(thrown([&] { programme.report(relocost::form::xlsx_en, drawn); }).status() == RELOCOST_UNKNOWN_CHOICE);
    drawn.progress = [](std::uint64_t, std::uint64_t) { return false; };
    CHECK(thrown([&] { programme.simulate(drawn); }).status() == RELOCOST_INTERRUPTED);
    CHECK(thrown([&] { programme.report(relocost::form::html_en, drawn); }).status() == RELOCOST_INTERRUPTED);
}

int main() {
    results();
    differences_and_payments();
    futures();
    return 0;
}
