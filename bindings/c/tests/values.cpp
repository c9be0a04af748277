// The header for C++17: values, exceptions, and progress.
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

static const std::string family =
    "schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 60\n"
    "[household]\nmembers = [{ age = 41 }, { age = 39 }, { age = 13 }, { age = 9 }]\n";

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

int main() {
    using relocost::figure;
    using relocost::rows;

    const auto scenario = relocost::scenario::from_text(family);
    auto comparison = scenario.compare();
    CHECK(comparison.text(figure::premium) == "0.630343604033");
    CHECK(comparison.integer(figure::horizon_months) == 60);
    CHECK(comparison.money(figure::extra).text() == comparison.text(figure::extra));
    CHECK(comparison.money(figure::extra).currency == "EUR");
    CHECK(comparison.double_for_charts(figure::premium) > 0.63);
    CHECK(relocost::compare_text(family) == comparison.write(relocost::form::json));
    CHECK(comparison.write(relocost::form::text_fr).rfind("Coûts", 0) == 0);

    // Read once, for many scenarios.
    const auto prices = relocost::catalogue::from_text(
        "schema = 1\ncurrency = \"EUR\"\nprice_base_year = 2026\ncategories = [\"housing\"]\nfunds = [\"us\"]\n"
        "[solutions.permanent]\nlabel = \"x\"\nkind = \"permanent\"\nentitlements = []\n"
        "[[lines]]\nid = \"rent\"\ncategory = \"housing\"\nlabel = \"x\"\ndriver = \"household\"\n"
        "schedule = \"monthly\"\namount = 10\ncurrency = \"EUR\"\nsource = \"x\"\n");
    const auto again = prices;
    for (const auto &catalogue : {prices, again}) {
        CHECK(relocost::scenario::over(catalogue, family).ledger("permanent").money(figure::total).text() == "600.00");
    }
    CHECK(thrown([] { relocost::catalogue::from_text("schema = 2"); }).status() == RELOCOST_OUT_OF_RANGE);
    CHECK(thrown([] { relocost::catalogue::from_file("no-such.toml"); }).status() == RELOCOST_UNREADABLE);

    const auto causes = comparison.table(rows::attribution);
    const auto copy = causes;
    comparison = scenario.compare({"temporary", "permanent", relocost::basis::constant, 0, 0, nullptr});
    CHECK(comparison.text(figure::base) == "temporary");
    CHECK(copy.row_count() == 5 && copy.column_count() == 4);
    CHECK(copy.column_name(0) == "entitlement" && copy.column_kind(1) == relocost::kind::money);
    CHECK(copy.money(0, "amount").minor == copy.minor("amount")[0]);
    CHECK(copy.texts("entitlement").size() == 5);

    const auto ledger = scenario.ledger("temporary");
    const auto minor = ledger.table(rows::entries).minor("amount");
    CHECK(std::accumulate(minor.begin(), minor.end(), std::int64_t{0}) == ledger.money(figure::total).minor);
    relocost::selection chosen;
    chosen.category = "education";
    CHECK(ledger.explain(chosen).integer(figure::entries) > 0);
    CHECK(ledger.scenario().text(figure::title) == std::nullopt);

    const auto dear = scenario.with("lines.rent.amount", "2000");
    CHECK(dear.parameter("lines.rent.amount") == "2000");
    CHECK(scenario.diff(dear).table(rows::details).row_count() > 0);
    CHECK(relocost::scenario::from_text(dear.write(relocost::form::toml)).write(relocost::form::json) ==
          dear.write(relocost::form::json));
    CHECK(scenario.calibrate("0.65", {"short-let"}).scenario().compare().double_for_charts(figure::premium) > 0.64);
    CHECK(scenario.caseload_text("reference,members\nH1,34\n").integer(figure::count) == 1);
    CHECK(scenario.compare_variants().table(rows::variants).text(0, "variant") == std::nullopt);
    const auto what_ifs = scenario.what_ifs({{{"lines.rent.amount", "2000"}}, {}}).table(rows::what_ifs);
    CHECK(what_ifs.row_count() == 3 && what_ifs.text(1, "lines.rent.amount") == "2000");
    CHECK(what_ifs.money(1, "base") == dear.compare().money(figure::base_total));
    const auto grid = scenario.grid({{"lines.rent.amount", {"950", "2000"}}, {"rates.fx.USD.factor", {"0.9", "1"}}});
    CHECK(grid.table(rows::what_ifs).row_count() == 5);
    CHECK(scenario.at_means().write(relocost::form::toml) == scenario.write(relocost::form::toml));
    CHECK(scenario.run_expectations().integer(figure::failed) == 0);
    relocost::estimate_options dollars;
    dollars.currency = "USD";
    CHECK(relocost::estimate("112000", dollars).money(figure::cost).text() == "112000.00");
    const auto update = relocost::update_prices(
        "schema = 1\ncurrency = \"EUR\"\nprice_base_year = 2026\ncategories = [\"a\"]\n[[lines]]\nid = \"rent\"\n"
        "category = \"a\"\nlabel = \"R\"\ndriver = \"household\"\nschedule = \"once\"\namount = \"5\"\n"
        "currency = \"EUR\"\nsource = \"s\"\n",
        "id,amount,currency,source\nrent,6,EUR,list\n");
    CHECK(update.table(rows::prices).text(0, "new") == "6");
    CHECK(update.write(relocost::form::toml).find("amount = \"6\"") != std::string::npos);
    relocost::rate_options rents;
    rents.columns = {"rents=housing"};
    const auto published = relocost::rates("csv", "year,rents\n2025,100\n2026,104\n", rents);
    CHECK(published.table(rows::rates).text(0, "rate") == "0.04");
    CHECK(published.write(relocost::form::toml).rfind("[rates.index.housing]", 0) == 0);
    const std::string bills = "month,line,amount,currency\n2026-03,rent,918,EUR\n";
    relocost::payment_options paid_for;
    paid_for.pathway = "permanent";
    const auto paid = scenario.payments_text(bills, paid_for);
    CHECK(paid.table(rows::figures).money(0, "paid").text() == "918.00" && paid.text(figure::pathway) == "permanent");
    CHECK(paid.payments_estimate().table(rows::estimates).text(0, "weight") == "0.2");
    CHECK(paid.payments_estimate(0).write(relocost::form::toml).find("amount = \"1020\"") != std::string::npos);
    paid_for.window = 0;
    CHECK(scenario.payments_text(bills, paid_for).write(relocost::form::json).find("\"window\":0") != std::string::npos);
    paid_for.progress = [](auto, auto) -> bool { throw std::length_error("enough"); };
    try {
        scenario.payments_text(bills, paid_for);
        CHECK(false);
    } catch (const std::length_error &) {
    }
    paid_for.progress = nullptr;
    const auto moved = scenario.diff_caseload_text("reference,members\nH1,34\n", dear, "reference,members\nH1,34\n");
    CHECK(moved.table(rows::budget_changes).text(0, "key") == "lines.rent.amount");
    CHECK(thrown([&] { scenario.payments_file("none/no-such-file.csv", paid_for); }).status() == RELOCOST_UNREADABLE);
    CHECK(thrown([&] { scenario.diff_caseload_file("no-such.csv", dear, "no-such.csv"); }).status() ==
          RELOCOST_UNREADABLE);
    (void)scenario.warnings();

    CHECK((relocost::money{-5, 2, "EUR"}).text() == "-0.05");
    CHECK((relocost::money{1234, 0, "JPY"}).text() == "1234");
    CHECK((relocost::money{INT64_MIN, 3, "TND"}).text() == "-9223372036854775.808");
    CHECK((relocost::money{1, 2, "EUR"}) != (relocost::money{1, 2, "USD"}));

    const auto wrong = thrown([] { relocost::scenario::from_text("schema = 1\nstart = \"2026-13\"\n"); });
    CHECK(wrong.findings().size() > 1 && wrong.status() == wrong.findings()[0].number);
    CHECK(std::string(wrong.what()).find("scenario:2:9: start") != std::string::npos);
    CHECK(thrown([&] { scenario.ledger("nowhere"); }).status() == RELOCOST_UNKNOWN_PATHWAY);
    CHECK(thrown([&] { causes.find("none"); }).status() == RELOCOST_UNKNOWN_NAME);
    CHECK(thrown([&] { causes.integer(0, "amount"); }).status() == RELOCOST_OTHER_KIND);

    // Simulated, in whole and in parts.
    const auto uncertain = relocost::scenario::from_text(
        family + "[[uncertain]]\nparameter = \"lines.rent.amount\"\n"
                 "distribution = { uniform = { low = \"800\", high = \"1100\" } }\n");
    relocost::simulate_options drawn;
    drawn.draws = 1500;
    drawn.seed = 3;
    drawn.sampling = relocost::sampling::sobol;
    drawn.keep = relocost::keep::totals;
    const auto simulation = uncertain.simulate(drawn);
    auto fewer = drawn;
    fewer.figures = relocost::figures::totals;
    CHECK(uncertain.simulate(fewer).statistics("permanent")->mean == simulation.statistics("permanent")->mean);
    CHECK(simulation.statistics("permanent", "2026"));
    const auto left_out = thrown([&] { uncertain.simulate(fewer).statistics("permanent", "2026"); });
    CHECK(left_out.status() == RELOCOST_UNKNOWN_FIGURE);
    const auto total = simulation.statistics("permanent");
    CHECK(simulation.draws() == 1500 && simulation.seed() == 3 && total && total->draws == 1500);
    CHECK(simulation.quantile(0.8, "permanent") == total->p80 && simulation.exceedance(total->most, "permanent") == 0);
    CHECK(simulation.expected_shortfall(0.95, "permanent") == total->expected_shortfall_95);
    CHECK(simulation.kept_draws("premium").size() == 1500 && simulation.band().none == 0);
    CHECK(simulation.text(figure::alternative) == "temporary");
    CHECK(simulation.table(rows::moved).integers("moved") == std::vector<std::int64_t>{0});
    const auto late = relocost::part::from_bytes(uncertain.simulate_range(500, 1000, drawn).to_bytes());
    CHECK(late.draws() == 1000);
    CHECK(uncertain.simulation_of_part(late.merge(uncertain.simulate_range(0, 500, drawn)), drawn).write() ==
          simulation.write());
    CHECK(thrown([&] { simulation.statistics("nowhere"); }).status() == RELOCOST_UNKNOWN_FIGURE);
    CHECK(thrown([&] { simulation.kept_draws("extra", "housing"); }).status() == RELOCOST_NOT_OF_THIS_RESULT);
    CHECK(uncertain.tornado().table(rows::tornado).text(0, "parameter") == "lines.rent.amount");
    drawn.resamples = 20;
    CHECK(uncertain.sobol(drawn).table(rows::indices).texts("factor").at(0) == "lines.rent.amount");
    drawn.progress = [](std::uint64_t, std::uint64_t) { return false; };
    CHECK(thrown([&] { uncertain.simulate(drawn); }).status() == RELOCOST_INTERRUPTED);

    // Postings, and journals of them.
    const auto booked = scenario.ledger("temporary").postings();
    CHECK(booked.write(relocost::form::hledger_fr).rfind("; Interne", 0) == 0);
    CHECK(booked.table(rows::postings).text(0, "account")->rfind("Expenses:", 0) == 0);
    const auto of_many = scenario.caseload_postings_text("reference,members\nA,34 6\n", "permanent");
    CHECK(of_many.text(figure::pathway) == "permanent");
    CHECK(thrown([&] { scenario.compare().postings(); }).status() == RELOCOST_NOT_OF_THIS_RESULT);
    CHECK(thrown([&] { scenario.caseload_postings_file("none/none.csv", "permanent"); }).status() == RELOCOST_UNREADABLE);

    // What may be published, also beside what was.
    const std::string many = "reference,count,members\nA,5,34\nB,4,41 38 14\n";
    relocost::publish_options to_publish;
    to_publish.tables = {"size", "fiscal_year"};
    const auto publication = scenario.publish_text(many, to_publish);
    CHECK(publication.table(rows::published).integers("cases").at(0) == 9);
    CHECK(publication.table(rows::audit).row_count() == 0 && publication.text(figure::base) == "permanent");
    to_publish.beside = {publication.write(relocost::form::json)};
    CHECK(scenario.publish_text(many, to_publish).write(relocost::form::json).find("\"jointly\":1") != std::string::npos);
    CHECK(thrown([&] { scenario.publish_text(many + "C,1,9\n", to_publish); }).status() == RELOCOST_DISCLOSURE);
    to_publish.beside = {"{}"};
    CHECK(thrown([&] { scenario.publish_text(many, to_publish); }).status() == RELOCOST_WRONG_KIND);
    to_publish.beside.clear();
    to_publish.progress = [](std::uint64_t, std::uint64_t) -> bool { throw std::logic_error("mine"); };
    try {
        scenario.publish_text(many, to_publish);
        CHECK(false);
    } catch (const std::logic_error &mine) {
        CHECK(std::string(mine.what()) == "mine");
    }
    CHECK(thrown([&] { publication.scenario(); }).status() == RELOCOST_NOT_OF_THIS_RESULT);
    CHECK(thrown([&] { scenario.publish_file("none/none.csv"); }).status() == RELOCOST_UNREADABLE);

    // Reports and workbooks.
    relocost::simulate_options few;
    few.draws = 100;
    const auto page = uncertain.report(relocost::form::html_fr, few);
    CHECK(page.bytes().rfind("<!DOCTYPE html>\n<html lang=\"fr\">", 0) == 0);
    CHECK(uncertain.report(relocost::form::html_fr, few).bytes() == page.bytes());
    CHECK(scenario.workbook().bytes().substr(0, 2) == "PK" && scenario.workbook().bytes().size() > 10000);
    const auto of_rows = scenario.caseload_text("reference,members\nA,34 6\n").report();
    CHECK(of_rows.bytes().find("<html lang=\"en\">") != std::string_view::npos);
    CHECK(scenario.caseload_text("reference,members\nA,34 6\n").workbook().bytes().substr(0, 2) == "PK");
    CHECK(thrown([&] { scenario.workbook(relocost::form::html_en); }).status() == RELOCOST_UNKNOWN_CHOICE);
    CHECK(thrown([&] { scenario.compare().report(); }).status() == RELOCOST_NOT_OF_THIS_RESULT);
    few.alternative = "nowhere";
    CHECK(thrown([&] { uncertain.report(relocost::form::html_en, few); }).status() == RELOCOST_UNKNOWN_PATHWAY);

    // Followed, cancelled, and ended by an exception of the function.
    relocost::options how;
    std::uint64_t times = 0;
    how.progress = [&](std::uint64_t, std::uint64_t) {
        ++times;
        return true;
    };
    scenario.delay(how);
    CHECK(times > 1);
    how.progress = [](std::uint64_t, std::uint64_t) { return false; };
    CHECK(thrown([&] { scenario.delay(how); }).status() == RELOCOST_INTERRUPTED);
    how.progress = [](std::uint64_t, std::uint64_t) -> bool { throw std::logic_error("mine"); };
    try {
        scenario.delay(how);
        CHECK(false);
    } catch (const std::logic_error &mine) {
        CHECK(std::string(mine.what()) == "mine");
    }
    return 0;
}
