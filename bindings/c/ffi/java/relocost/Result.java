package relocost;

import static relocost.Border.LIBRARY;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** A comparison, ledger, delay or other answer. It never changes, and is freed by {@link #close}; its tables stay. */
public final class Result extends Handle {
    Result(Pointer pointer) {
        super(pointer, LIBRARY::relocost_result_free);
    }

    /** The cost that the Court's reported average implies for a known permanent cost, without any scenario. */
    public static Result estimate(BigDecimal cost, String currency) {
        byte[] decimal = Border.utf8(cost.toPlainString());
        Structures.EstimateOptions options = new Structures.EstimateOptions();
        options.size = options.size();
        Border.set(options.currency, currency);
        return new Result(Border.give((result, error) ->
                LIBRARY.relocost_estimate(decimal, decimal.length, options, result, error)));
    }

    /**
     * A catalogue's prices brought up to date from a list, both as texts: {@link Relocost#TABLE_PRICES}, and as
     * {@link Relocost#TOML} the catalogue with the new prices.
     */
    public static Result updatePrices(String catalogue, String list) {
        byte[] prices = Border.utf8(catalogue);
        byte[] rows = Border.utf8(list);
        return new Result(Border.give((result, error) ->
                LIBRARY.relocost_update_prices_text(prices, prices.length, rows, rows.length, result, error)));
    }

    /**
     * The prices that payments imply, of a result of payments: {@link Relocost#TABLE_ESTIMATES}, and as
     * {@link Relocost#TOML} a catalogue to lie over the one that was paid for. The catalogue's amount counts for so many
     * payments, 4 as a rule.
     */
    public Result paymentsEstimate(int credibility) {
        int count = Options.notNegative(credibility, "credibility");
        return new Result(Border.give((result, error) ->
                LIBRARY.relocost_payments_estimate(pointer(), count, result, error)));
    }

    /** A figure of any kind as text, such as {@link Relocost#FIGURE_BAND}; empty where there is no value. */
    public Optional<String> text(int figure) {
        return Border.copy((buffer, capacity, required, error) ->
                LIBRARY.relocost_result_text(pointer(), figure, buffer, capacity, required));
    }

    /** The warnings about rows of a caseload: odd but harmless. */
    public List<Finding> warnings() {
        PointerByReference warnings = new PointerByReference();
        Border.check(LIBRARY.relocost_result_warnings(pointer(), warnings));
        try {
            return Border.findings(warnings.getValue());
        } finally {
            LIBRARY.relocost_error_free(warnings.getValue());
        }
    }

    /** Money or a ratio, exactly; empty where there is no value, as of the premium on a base of 0. */
    public Optional<BigDecimal> decimal(int figure) {
        return text(figure).map(BigDecimal::new);
    }

    /** An amount in units of the currency, with its decimals: {@link Relocost#FIGURE_EXTRA} and the like. */
    public BigDecimal amount(int figure) {
        return decimal(figure).orElseThrow();
    }

    /** A whole number. */
    public long integer(int figure) {
        return Border.number(value -> LIBRARY.relocost_result_integer(pointer(), figure, value));
    }

    /** One of the result's tables, such as {@link Relocost#TABLE_BY_CATEGORY}. */
    public Table table(int which) {
        return new Table(Border.give((table, error) -> LIBRARY.relocost_result_table(pointer(), which, table)));
    }

    /** The result in a form, such as {@link Relocost#JSON}. */
    public String write(int form) {
        return Border.copy((buffer, capacity, required, error) ->
                LIBRARY.relocost_result_write(pointer(), form, buffer, capacity, required, error)).orElseThrow();
    }

    /**
     * The postings of a ledger or of payments: {@link Relocost#TABLE_POSTINGS}, and as {@link Relocost#HLEDGER_EN} and the
     * like a journal.
     */
    public Result postings() {
        return new Result(Border.give((result, error) -> LIBRARY.relocost_result_postings(pointer(), result, error)));
    }

    /** The report of a caseload or of payments: {@link Relocost#HTML_EN} or HTML_FR, or as a Word document DOCX_EN or DOCX_FR. */
    public Document report(int form) {
        return new Document(Border.give((document, error) ->
                LIBRARY.relocost_result_report(pointer(), form, document, error)));
    }

    /** A workbook of a caseload or of payments, with live formulas: {@link Relocost#XLSX_EN} or XLSX_FR. */
    public Document workbook(int form, Options options) {
        return new Document(Border.give((document, error) ->
                options.ask(it -> LIBRARY.relocost_result_workbook(pointer(), form, it, document, error))));
    }

    /** The scenario of the result; of a calibration with its lines' amounts scaled. */
    public Scenario scenario() {
        return new Scenario(Border.give((scenario, error) ->
                LIBRARY.relocost_result_scenario(pointer(), scenario, error)));
    }

    /** The entries that a figure of a ledger sums. Each name narrows it, and is null where it does not. */
    public Result explain(String category, String line, String month, String fund) {
        Structures.Selection selection = new Structures.Selection();
        selection.size = selection.size();
        Border.set(selection.category, category);
        Border.set(selection.line, line);
        Border.set(selection.month, month);
        Border.set(selection.fund, fund);
        return new Result(Border.give((result, error) ->
                LIBRARY.relocost_explain(pointer(), selection, result, error)));
    }
}
