// The budget of a programme, year by year: what it costs as planned, the part that could be avoided, and what suffices in four
// futures out of five. Then what each agreement is worth.
//
//   budget PROGRAMME.toml [DRAWS]
#include <relocost.hpp>

#include <cmath>
#include <cstdlib>
#include <iostream>

int main(int count, char **arguments) {
    using relocost::rows;
    if (count < 2 || count > 3) {
        std::cerr << "usage: budget PROGRAMME.toml [DRAWS]\n";
        return 2;
    }
    try {
        const auto programme = relocost::programme::from_file(arguments[1]);
        relocost::programme_parts parts;
        parts.values = true; // a run for each subset of agreements, which takes longer
        const auto run = programme.run(parts);
        relocost::simulate_options chance;
        chance.draws = count == 3 ? std::strtoull(arguments[2], nullptr, 10) : 0; // 0: as many as are usual
        chance.seed = 7;
        const auto futures = programme.simulate(chance);

        const auto years = run.table(rows::budget_years);
        for (std::size_t row = 0; row < years.row_count(); ++row) {
            const auto year = std::to_string(years.integer(row, "fiscal_year"));
            std::cout << year << "  as planned " << years.money(row, "as_planned").text() << ", avoidable "
                      << years.money(row, "extra").text() << ", P80 "
                      << std::llround(futures.quantile(0.8, "as_planned", year)) << '\n';
        }
        const auto values = run.table(rows::values);
        for (std::size_t row = 0; row < values.row_count(); ++row) {
            const auto agreement = values.text(row, "agreement");
            if (agreement && values.text(row, "window") == "within" && !values.text(row, "fund")) {
                std::cout << *agreement << "  worth " << values.text(row, "value").value_or("none") << '\n';
            }
        }
    } catch (const relocost::error &wrong) {
        for (const auto &finding : wrong.findings()) {
            std::cerr << "error " << finding.number << ": " << finding.key << ": " << finding.message << '\n';
        }
        return 1;
    }
    return 0;
}
