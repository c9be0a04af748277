// The effect of a dearer rent on the premium, and the fiscal years that pay for it.
//
//   what_if SCENARIO.toml
#include <relocost.hpp>

#include <iostream>

int main(int count, char **arguments) {
    using relocost::figure;
    if (count != 2) {
        std::cerr << "usage: what_if SCENARIO.toml\n";
        return 2;
    }
    try {
        const auto scenario = relocost::scenario::from_file(arguments[1]);
        const auto dearer = scenario.with("lines.rent.amount", "1400");
        const auto before = scenario.compare();
        const auto after = dearer.compare();
        std::cout << "premium " << before.text(figure::premium).value_or("none") << ", with a rent of 1400 "
                  << after.text(figure::premium).value_or("none") << '\n';

        const auto years = after.table(relocost::rows::by_fiscal_year);
        for (std::size_t row = 0; row < years.row_count(); ++row) {
            std::cout << years.integer(row, "fiscal_year") << "  " << years.money(row, "base").text() << "  "
                      << years.money(row, "alternative").text() << '\n';
        }
    } catch (const relocost::error &wrong) {
        for (const auto &finding : wrong.findings()) {
            std::cerr << "error " << finding.number << ": " << finding.key << ": " << finding.message << '\n';
        }
        return 1;
    }
    return 0;
}
