package relocost;

import static relocost.Border.LIBRARY;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.lang.ref.Reference;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A checked scenario. It never changes, and is freed by {@link #close}; results and tables of it stay. */
public final class Scenario extends Handle {
    Scenario(Pointer pointer) {
        super(pointer, LIBRARY::relocost_scenario_free);
    }

    /** Reads a file of TOML or JSON, with the catalogue that it names. */
    public static Scenario load(Path file) {
        byte[] path = Border.utf8(file.toString());
        return new Scenario(Border.give((scenario, error) ->
                LIBRARY.relocost_scenario_from_file(path, path.length, null, scenario, error)));
    }

    /** Reads TOML or JSON in memory; it reaches no file, and can name the catalogue "reference" only. */
    public static Scenario parse(String text) {
        byte[] bytes = Border.utf8(text);
        return new Scenario(Border.give((scenario, error) ->
                LIBRARY.relocost_scenario_from_text(bytes, bytes.length, null, scenario, error)));
    }

    /** Reads TOML or JSON in memory over a catalogue, whichever it names. */
    public static Scenario over(Catalogue catalogue, String text) {
        byte[] bytes = Border.utf8(text);
        return new Scenario(Border.give((scenario, error) -> LIBRARY.relocost_scenario_over(
                catalogue.pointer(), bytes, bytes.length, null, scenario, error)));
    }

    /** A scenario that differs in one parameter, such as "lines.rent.amount"; this one stays as it is. */
    public Scenario with(String parameter, BigDecimal value) {
        byte[] path = Border.utf8(parameter);
        byte[] decimal = Border.utf8(value.toPlainString());
        return new Scenario(Border.give((changed, error) -> LIBRARY.relocost_scenario_with(
                pointer(), path, path.length, decimal, decimal.length, changed, error)));
    }

    /** The value of a parameter. */
    public BigDecimal parameter(String parameter) {
        byte[] path = Border.utf8(parameter);
        return new BigDecimal(Border.copy((buffer, capacity, required, error) -> LIBRARY.relocost_scenario_parameter(
                pointer(), path, path.length, buffer, capacity, required, error)).orElseThrow());
    }

    /** The scenario in a variant that it declares. */
    public Scenario variant(String name) {
        byte[] bytes = Border.utf8(name);
        return new Scenario(Border.give((variant, error) ->
                LIBRARY.relocost_scenario_variant(pointer(), bytes, bytes.length, variant, error)));
    }

    /** The warnings: odd but harmless. */
    public List<Finding> warnings() {
        PointerByReference warnings = new PointerByReference();
        Border.check(LIBRARY.relocost_scenario_warnings(pointer(), warnings));
        try {
            return Border.findings(warnings.getValue());
        } finally {
            LIBRARY.relocost_error_free(warnings.getValue());
        }
    }

    /** The scenario as a file that stands by itself: {@link Relocost#TOML} or {@link Relocost#JSON}. */
    public String write(int form) {
        return Border.copy((buffer, capacity, required, error) ->
                LIBRARY.relocost_scenario_write(pointer(), form, buffer, capacity, required, error)).orElseThrow();
    }

    /** A figure of the scenario, such as {@link Relocost#FIGURE_TITLE}. */
    public Optional<String> text(int figure) {
        return Border.copy((buffer, capacity, required, error) ->
                LIBRARY.relocost_scenario_text(pointer(), figure, buffer, capacity, required));
    }

    /** A table of what the scenario has, such as {@link Relocost#TABLE_PATHWAYS}. */
    public Table table(int which) {
        return new Table(Border.give((table, error) -> LIBRARY.relocost_scenario_table(pointer(), which, table)));
    }

    /** Compares the temporary with the permanent solution. */
    public Result compare() {
        return compare(new Options());
    }

    /** Compares two pathways: totals, extra cost, premium, and what causes it. */
    public Result compare(Options options) {
        return ask(options, (it, result, error) -> LIBRARY.relocost_compare(pointer(), it, result, error));
    }

    /** Every charge of a pathway. */
    public Result ledger(String pathway, Options options) {
        byte[] name = Border.utf8(pathway);
        return ask(options, (it, result, error) ->
                LIBRARY.relocost_ledger(pointer(), name, name.length, it, result, error));
    }

    /** The cost of each month of waiting for a permanent solution. */
    public Result delay(Options options) {
        return ask(options, (it, result, error) -> LIBRARY.relocost_delay(pointer(), it, result, error));
    }

    /** The factor on the amounts of lines at which the premium is the target. */
    public Result calibrate(BigDecimal target, List<String> lines, Options options) {
        byte[] decimal = Border.utf8(target.toPlainString());
        Structures.Text[] texts = Border.texts(lines);
        return ask(options, (it, result, error) -> LIBRARY.relocost_calibrate(pointer(), decimal, decimal.length,
                texts[0].getPointer(), lines.size(), it, result, error));
    }

    /** Many households in the setting of this scenario, from a file of CSV. */
    public Result caseload(Path csv, Options options) {
        byte[] path = Border.utf8(csv.toString());
        return ask(options, (it, result, error) ->
                LIBRARY.relocost_caseload_file(pointer(), path, path.length, it, result, error));
    }

    /**
     * The postings of many households on a pathway, from a file of CSV: {@link Relocost#TABLE_POSTINGS}, and as
     * {@link Relocost#HLEDGER_EN} and the like a journal.
     */
    public Result caseloadPostings(Path csv, String pathway, Options options) {
        byte[] path = Border.utf8(csv.toString());
        byte[] name = Border.utf8(pathway);
        return ask(options, (it, result, error) -> LIBRARY.relocost_caseload_postings_file(pointer(), path, path.length,
                name, name.length, it, result, error));
    }

    /**
     * What may be published of many households, from a file of CSV: {@link Relocost#TABLE_PUBLISHED} and TABLE_AUDIT. None of
     * it is internal.
     */
    public Result publish(Path csv, PublishOptions options) {
        byte[] path = Border.utf8(csv.toString());
        return new Result(Border.give((result, error) ->
                options.ask(it -> LIBRARY.relocost_publish_file(pointer(), path, path.length, it, result, error))));
    }

    /** The scenario as it stands and in each of its variants. */
    public Result compareVariants(Options options) {
        return ask(options, (it, result, error) -> LIBRARY.relocost_compare_variants(pointer(), it, result, error));
    }

    /** The scenario with each of several sets of changes, of paths to decimals: {@link Relocost#TABLE_WHAT_IFS}. */
    public Result whatIfs(List<Map<String, BigDecimal>> sets, Options options) {
        int count = sets.stream().mapToInt(Map::size).sum();
        Structures.Change[] changes = (Structures.Change[]) new Structures.Change().toArray(Math.max(count, 1));
        int at = 0;
        for (int set = 0; set < sets.size(); set++) {
            for (Map.Entry<String, BigDecimal> change : sets.get(set).entrySet()) {
                changes[at].set = set;
                Border.set(changes[at].path, change.getKey());
                Border.set(changes[at].value, change.getValue().toPlainString());
                changes[at++].write();
            }
        }
        return ask(options, (it, result, error) -> LIBRARY.relocost_what_ifs(pointer(), changes[0].getPointer(), count,
                sets.size(), it, result, error));
    }

    /** The scenario with every combination of values, in the order of the map; those of the last vary fastest. */
    public Result grid(Map<String, List<BigDecimal>> axes, Options options) {
        Structures.Axis[] given = (Structures.Axis[]) new Structures.Axis().toArray(Math.max(axes.size(), 1));
        List<Structures.Text[]> held = new ArrayList<>();
        int at = 0;
        for (Map.Entry<String, List<BigDecimal>> axis : axes.entrySet()) {
            Structures.Text[] values = Border.texts(axis.getValue().stream().map(BigDecimal::toPlainString).toList());
            held.add(values);
            Border.set(given[at].path, axis.getKey());
            given[at].values = values[0].getPointer();
            given[at].value_count = axis.getValue().size();
            given[at++].write();
        }
        try {
            return ask(options, (it, result, error) ->
                    LIBRARY.relocost_grid(pointer(), given[0].getPointer(), axes.size(), it, result, error));
        } finally {
            Reference.reachabilityFence(held);
        }
    }

    /** With every uncertain parameter at the mean of its distribution. */
    public Scenario atMeans() {
        return new Scenario(Border.give((scenario, error) ->
                LIBRARY.relocost_scenario_at_means(pointer(), scenario, error)));
    }

    /** The changes from this scenario to another, and the effect of each on each total. */
    public Result diff(Scenario changed, Options options) {
        return ask(options, (it, result, error) ->
                LIBRARY.relocost_diff(pointer(), changed.pointer(), it, result, error));
    }

    /**
     * What changed from households in the setting of this scenario to others in that of another one, both from files of
     * CSV: {@link Relocost#TABLE_BUDGET_CAUSES} and the tables after it.
     */
    public Result diffCaseload(Path csv, Scenario changed, Path changedCsv, Options options) {
        byte[] path = Border.utf8(csv.toString());
        byte[] changedPath = Border.utf8(changedCsv.toString());
        return ask(options, (it, result, error) -> LIBRARY.relocost_diff_caseload_file(pointer(), path, path.length,
                changed.pointer(), changedPath, changedPath.length, it, result, error));
    }

    /** Payments of a file beside the ledger of a pathway, which the options name. */
    public Result payments(Path file, PaymentOptions options) {
        byte[] path = Border.utf8(file.toString());
        return new Result(Border.give((result, error) -> options.ask(it ->
                LIBRARY.relocost_payments_file(pointer(), path, path.length, it, result, error))));
    }

    /** The effect of each uncertain parameter on the figures: {@link Relocost#TABLE_TORNADO}. */
    public Result tornado(Options options) {
        return ask(options, (it, result, error) -> LIBRARY.relocost_tornado(pointer(), it, result, error));
    }

    /** The share of the variance that each parameter explains: {@link Relocost#TABLE_INDICES}, TABLE_RANKS. */
    public Result sobol(SimulateOptions options) {
        return new Result(Border.give((result, error) ->
                options.ask(it -> LIBRARY.relocost_sobol(pointer(), it, result, error))));
    }

    /** Every pathway on many draws of the uncertain parameters. */
    public Simulation simulate(SimulateOptions options) {
        return new Simulation(Border.give((simulation, error) ->
                options.ask(it -> LIBRARY.relocost_simulate(pointer(), it, simulation, error))));
    }

    /**
     * A report for a committee: a page, {@link Relocost#HTML_EN} or HTML_FR, or a Word document, DOCX_EN or DOCX_FR. Of the
     * options the pathways, the basis, the draws (10,000 unless set), the seed, the threads and the progress count.
     */
    public Document report(int form, SimulateOptions options) {
        return new Document(Border.give((document, error) ->
                options.ask(it -> LIBRARY.relocost_report(pointer(), form, it, document, error))));
    }

    /** A workbook with live formulas from inputs to totals: {@link Relocost#XLSX_EN} or XLSX_FR. */
    public Document workbook(int form, Options options) {
        return new Document(Border.give((document, error) ->
                options.ask(it -> LIBRARY.relocost_workbook(pointer(), form, it, document, error))));
    }

    /** Runs the expectations that the scenario carries. */
    public Result runExpectations(Options options) {
        return ask(options, (it, result, error) -> LIBRARY.relocost_run_expectations(pointer(), it, result, error));
    }

    private interface Question {
        int ask(Structures.Options options, PointerByReference result, PointerByReference error);
    }

    private static Result ask(Options options, Question question) {
        return new Result(Border.give((result, error) -> options.ask(it -> question.ask(it, result, error))));
    }
}
