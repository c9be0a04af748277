import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import relocost.Options;
import relocost.Relocost;
import relocost.RelocostException;
import relocost.Result;
import relocost.Scenario;
import relocost.Table;

/** Answers questions line by line as answers.c does, with an empty line after each, for same_cents.py --stays. */
public final class Answers {
    private static final PrintStream OUT = new PrintStream(System.out, false, StandardCharsets.UTF_8);

    private Answers() {}

    public static void main(String[] arguments) throws IOException {
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            List<String> asked = List.of(line.split("\t"));
            try (Scenario scenario = Scenario.load(Path.of(asked.get(0)))) {
                answer(scenario, asked.get(1), asked.subList(2, asked.size()));
            }
            OUT.print("\n");
            OUT.flush();
        }
    }

    private static void answer(Scenario scenario, String question, List<String> arguments) {
        switch (question) {
            case "compare" -> compare(scenario, arguments.get(0), arguments.get(1));
            case "delay" -> {
                try (Result result = scenario.delay(new Options().months(Integer.parseInt(arguments.get(0))))) {
                    json(result);
                    table(result, "wait", Relocost.TABLE_WAITS);
                }
            }
            case "calibrate" -> calibrate(scenario, new BigDecimal(arguments.get(0)), arguments);
            case "caseload" -> {
                try (Result result = scenario.caseload(Path.of(arguments.get(0)), new Options())) {
                    json(result);
                    figure(result, "extra", Relocost.FIGURE_EXTRA);
                    figure(result, "premium", Relocost.FIGURE_PREMIUM);
                }
            }
            default -> throw new IllegalArgumentException(question);
        }
    }

    private static void compare(Scenario scenario, String base, String alternative) {
        try (Result result = scenario.compare(new Options().between(base, alternative))) {
            json(result);
            figure(result, "extra", Relocost.FIGURE_EXTRA);
            figure(result, "premium", Relocost.FIGURE_PREMIUM);
            figure(result, "residual", Relocost.FIGURE_RESIDUAL);
            table(result, "attribution", Relocost.TABLE_ATTRIBUTION);
            table(result, "pathway", Relocost.TABLE_PATHWAYS);
            table(result, "by_category", Relocost.TABLE_PATHWAY_CATEGORIES);
            table(result, "by_fiscal_year", Relocost.TABLE_PATHWAY_FISCAL_YEARS);
            table(result, "by_fund", Relocost.TABLE_PATHWAY_FUNDS);
            table(result, "by_line", Relocost.TABLE_PATHWAY_LINES);
            table(result, "by_place", Relocost.TABLE_PATHWAY_PLACES);
        }
        try (Table pathways = scenario.table(Relocost.TABLE_PATHWAYS)) {
            for (String pathway : pathways.texts("pathway")) {
                ledger(scenario, pathway);
            }
        }
    }

    /** A pathway's ledger, summed here from its column. */
    private static void ledger(Scenario scenario, String pathway) {
        try (Result result = scenario.ledger(pathway, new Options());
                Table entries = result.table(Relocost.TABLE_ENTRIES)) {
            List<BigDecimal> amounts = entries.amounts("amount");
            BigDecimal sum = amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
            print("ledger", pathway, amounts.size(), sum.unscaledValue(), sum.scale());
        }
    }

    private static void calibrate(Scenario scenario, BigDecimal target, List<String> arguments) {
        List<String> lines = arguments.subList(1, arguments.size());
        try (Result result = scenario.calibrate(target, lines, new Options())) {
            json(result);
            figure(result, "factor", Relocost.FIGURE_FACTOR);
            figure(result, "premium", Relocost.FIGURE_PREMIUM);
        } catch (RelocostException none) {
            if (none.number() != Relocost.NO_SOLUTION) {
                throw none;
            }
            print("null");
        }
    }

    private static void json(Result result) {
        print(result.write(Relocost.JSON));
    }

    private static void figure(Result result, String name, int figure) {
        print(name, result.decimal(figure).map(BigDecimal::toPlainString).orElse("-"));
    }

    private static void table(Result result, String name, int which) {
        try (Table table = result.table(which)) {
            for (int row = 0; row < table.rows(); row++) {
                StringBuilder line = new StringBuilder(name);
                for (String column : table.columns()) {
                    line.append('\t').append(table.text(row, column).orElse("-"));
                }
                print(line);
            }
        }
    }

    private static void print(Object... parts) {
        for (int at = 0; at < parts.length; at++) {
            OUT.print(at == 0 ? "" : "\t");
            OUT.print(parts[at]);
        }
        OUT.print("\n");
    }
}
