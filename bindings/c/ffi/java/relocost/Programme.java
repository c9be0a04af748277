package relocost;

import static relocost.Border.LIBRARY;

import com.sun.jna.Pointer;
import java.nio.file.Path;

/** A checked programme: the budget of many cases over several fiscal years. It never changes; results of it stay. */
public final class Programme extends Handle {
    private Programme(Pointer pointer) {
        super(pointer, LIBRARY::relocost_programme_free);
    }

    /** Reads a file of TOML or JSON, with its catalogue and the files of households that it names. */
    public static Programme load(Path file) {
        byte[] path = Border.utf8(file.toString());
        return new Programme(Border.give((programme, error) ->
                LIBRARY.relocost_programme_from_file(path, path.length, null, programme, error)));
    }

    /** Reads TOML or JSON in memory; it reaches no file, and can name the catalogue "reference" only. */
    public static Programme parse(String text) {
        byte[] bytes = Border.utf8(text);
        return new Programme(Border.give((programme, error) ->
                LIBRARY.relocost_programme_from_text(bytes, bytes.length, null, programme, error)));
    }

    /**
     * Runs the programme: {@link Relocost#TABLE_BUDGET} and the tables after it. {@code parts} is a sum of
     * {@link Relocost#PROGRAMME_VALUES} and {@link Relocost#PROGRAMME_CASES}, or 0.
     */
    public Result run(int parts, Options options) {
        return new Result(Border.give((result, error) ->
                options.ask(it -> LIBRARY.relocost_programme_run(pointer(), parts, it, result, error))));
    }

    /** What changed from this programme to another: {@link Relocost#TABLE_BUDGET_CAUSES} and the tables after it. */
    public Result diff(Programme changed, Options options) {
        return new Result(Border.give((result, error) ->
                options.ask(it -> LIBRARY.relocost_programme_diff(pointer(), changed.pointer(), it, result, error))));
    }

    /**
     * Simulates futures of the programme, 10,000 if the options give no number: {@link Relocost#TABLE_FUTURES} and the tables
     * after it. Of the options the draws, the seed, the sampling, the threads and the progress count.
     */
    public Simulation simulate(SimulateOptions options) {
        return new Simulation(Border.give((simulation, error) ->
                options.ask(it -> LIBRARY.relocost_programme_simulate(pointer(), it, simulation, error))));
    }

    /**
     * A report for a committee: a page, {@link Relocost#HTML_EN} or HTML_FR, or a Word document, DOCX_EN or DOCX_FR. Of the
     * options the draws (10,000 unless set), the seed, the threads and the progress count.
     */
    public Document report(int form, SimulateOptions options) {
        return new Document(Border.give((document, error) ->
                options.ask(it -> LIBRARY.relocost_programme_report(pointer(), form, it, document, error))));
    }

    /** A workbook with live formulas from prices to the budget: {@link Relocost#XLSX_EN} or XLSX_FR. */
    public Document workbook(int form, Options options) {
        return new Document(Border.give((document, error) ->
                options.ask(it -> LIBRARY.relocost_programme_workbook(pointer(), form, it, document, error))));
    }

    /** Payments of a file beside what the programme costs as planned. */
    public Result payments(Path file, PaymentOptions options) {
        byte[] path = Border.utf8(file.toString());
        return new Result(Border.give((result, error) -> options.ask(it ->
                LIBRARY.relocost_programme_payments_file(pointer(), path, path.length, it, result, error))));
    }

    /**
     * The postings of the programme as planned: {@link Relocost#TABLE_POSTINGS}, and as {@link Relocost#HLEDGER_EN} and the
     * like a journal.
     */
    public Result postings(Options options) {
        return new Result(Border.give((result, error) ->
                options.ask(it -> LIBRARY.relocost_programme_postings(pointer(), it, result, error))));
    }

    /** What may be published of the cases as planned: {@link Relocost#TABLE_PUBLISHED} and TABLE_AUDIT. None of it is internal. */
    public Result publish(PublishOptions options) {
        return new Result(Border.give((result, error) ->
                options.ask(it -> LIBRARY.relocost_programme_publish(pointer(), it, result, error))));
    }

    /** Runs the expectations that the programme carries. */
    public Result runExpectations(Options options) {
        return new Result(Border.give((result, error) ->
                options.ask(it -> LIBRARY.relocost_programme_run_expectations(pointer(), it, result, error))));
    }
}
