import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import relocost.Finding;
import relocost.Options;
import relocost.Relocost;
import relocost.RelocostException;
import relocost.Result;
import relocost.Scenario;
import relocost.Table;

/**
 * Compares a scenario's two solutions, and again with one parameter changed: a program to start from.
 *
 * <p>Usage: WhatIf SCENARIO.toml PARAMETER VALUE, such as: WhatIf family-of-five.toml lines.rent.amount 1400
 */
public final class WhatIf {
    private WhatIf() {}

    public static void main(String[] arguments) {
        if (arguments.length != 3) {
            System.err.println("usage: WhatIf SCENARIO.toml PARAMETER VALUE");
            System.exit(2);
        }
        try (Scenario scenario = Scenario.load(Path.of(arguments[0]));
                Scenario changed = scenario.with(arguments[1], new BigDecimal(arguments[2]))) {
            show("as it stands", scenario);
            show("changed", changed);

            try (Result ledger = scenario.ledger("temporary", new Options().inConstantPrices());
                    Table entries = ledger.table(Relocost.TABLE_ENTRIES)) {
                BigDecimal total = entries.amounts("amount").stream().reduce(BigDecimal.ZERO, BigDecimal::add);
                List<String> months = entries.texts("month");
                System.out.println(months.size() + " entries from " + months.get(0) + ": " + total + " "
                        + ledger.text(Relocost.FIGURE_CURRENCY).orElseThrow() + " in constant prices");
            }
        } catch (RelocostException wrong) {
            for (Finding it : wrong.findings()) {
                String place = it.line() == 0 ? "" : it.file() + ":" + it.line() + ":" + it.column() + ": ";
                System.err.println("error " + it.number() + " (" + it.name() + "): " + place + it.key() + ": "
                        + it.message());
            }
            System.exit(1);
        }
    }

    private static void show(String name, Scenario scenario) {
        try (Result comparison = scenario.compare()) {
            System.out.println(name + ": extra " + comparison.amount(Relocost.FIGURE_EXTRA) + ", premium "
                    + comparison.decimal(Relocost.FIGURE_PREMIUM).map(BigDecimal::toPlainString).orElse("none"));
        }
    }
}
