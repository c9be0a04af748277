package relocost;

import com.sun.jna.Callback;
import com.sun.jna.Library;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.DoubleByReference;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;

/**
 * The functions of relocost.h, which documents them, under its names and in its order; tests/declarations.py holds them
 * against it. A size_t is a long: systems with 64 bits only. Pointers to handles and to numbers are as the header says.
 */
interface CLibrary extends Library {
    /** relocost_progress: an answer that is not 0 breaks the question off. */
    interface ProgressFunction extends Callback {
        int invoke(Pointer user, long done, long total);
    }

    int relocost_abi_version();

    int relocost_version_number();
    Pointer relocost_version();
    Pointer relocost_status_name(int status);
    int relocost_error_count(Pointer error, LongByReference count);
    int relocost_error_more(Pointer error, LongByReference more);
    int relocost_error_finding(Pointer error, long index, Structures.Finding finding);
    int relocost_error_text(Pointer error, byte[] buffer, long capacity, LongByReference required);

    int relocost_error_write(Pointer error, int form, byte[] buffer, long capacity, LongByReference required);
    void relocost_error_free(Pointer error);
    int relocost_scenario_from_text(byte[] text, long length, Structures.LoadOptions options,
            PointerByReference scenario, PointerByReference error);
    int relocost_scenario_from_file(byte[] path, long length, Structures.LoadOptions options,
            PointerByReference scenario, PointerByReference error);
    int relocost_scenario_write(Pointer scenario, int form, byte[] buffer, long capacity, LongByReference required,
            PointerByReference error);
    int relocost_scenario_with(Pointer scenario, byte[] path, long path_length, byte[] value, long value_length,
            PointerByReference changed, PointerByReference error);
    int relocost_scenario_parameter(Pointer scenario, byte[] path, long path_length, byte[] buffer, long capacity,
            LongByReference required, PointerByReference error);
    int relocost_scenario_variant(Pointer scenario, byte[] name, long length, PointerByReference variant,
            PointerByReference error);
    int relocost_scenario_at_means(Pointer scenario, PointerByReference at_means, PointerByReference error);
    int relocost_scenario_warnings(Pointer scenario, PointerByReference warnings);
    int relocost_scenario_text(Pointer scenario, int figure, byte[] buffer, long capacity, LongByReference required);
    int relocost_scenario_integer(Pointer scenario, int figure, LongByReference integer);
    int relocost_scenario_table(Pointer scenario, int which, PointerByReference table);
    void relocost_scenario_free(Pointer scenario);
    int relocost_compare_text(byte[] text, long length, int form, byte[] buffer, long capacity,
            LongByReference required, PointerByReference error);
    int relocost_compare(Pointer scenario, Structures.Options options, PointerByReference result,
            PointerByReference error);
    int relocost_ledger(Pointer scenario, byte[] pathway, long pathway_length, Structures.Options options,
            PointerByReference result, PointerByReference error);
    int relocost_explain(Pointer ledger, Structures.Selection selection, PointerByReference result,
            PointerByReference error);
    int relocost_delay(Pointer scenario, Structures.Options options, PointerByReference result,
            PointerByReference error);
    int relocost_calibrate(Pointer scenario, byte[] target, long target_length, Pointer lines, long line_count,
            Structures.Options options, PointerByReference result, PointerByReference error);
    int relocost_estimate(byte[] cost, long cost_length, Structures.EstimateOptions options, PointerByReference result,
            PointerByReference error);
    int relocost_caseload_text(Pointer scenario, byte[] csv, long length, Structures.Options options,
            PointerByReference result, PointerByReference error);
    int relocost_caseload_file(Pointer scenario, byte[] path, long length, Structures.Options options,
            PointerByReference result, PointerByReference error);
    int relocost_compare_variants(Pointer scenario, Structures.Options options, PointerByReference result,
            PointerByReference error);
    int relocost_what_ifs(Pointer scenario, Pointer changes, long change_count, long set_count,
            Structures.Options options, PointerByReference result, PointerByReference error);
    int relocost_grid(Pointer scenario, Pointer axes, long axis_count, Structures.Options options,
            PointerByReference result, PointerByReference error);
    int relocost_diff(Pointer old, Pointer changed, Structures.Options options, PointerByReference result,
            PointerByReference error);
    int relocost_tornado(Pointer scenario, Structures.Options options, PointerByReference result,
            PointerByReference error);
    int relocost_run_expectations(Pointer scenario, Structures.Options options, PointerByReference result,
            PointerByReference error);
    int relocost_result_write(Pointer result, int form, byte[] buffer, long capacity, LongByReference required,
            PointerByReference error);
    int relocost_result_money(Pointer result, int figure, Structures.Money value);
    int relocost_result_text(Pointer result, int figure, byte[] buffer, long capacity, LongByReference required);
    int relocost_result_warnings(Pointer result, PointerByReference warnings);
    int relocost_result_integer(Pointer result, int figure, LongByReference value);
    int relocost_result_double_for_charts(Pointer result, int figure, DoubleByReference value);
    int relocost_result_table(Pointer result, int which, PointerByReference table);
    int relocost_result_scenario(Pointer result, PointerByReference scenario, PointerByReference error);
    void relocost_result_free(Pointer result);
    int relocost_table_rows(Pointer table, LongByReference rows);
    int relocost_table_columns(Pointer table, LongByReference columns);
    int relocost_table_find(Pointer table, byte[] name, long length, LongByReference column);
    int relocost_table_column_name(Pointer table, long column, Structures.Text name);
    int relocost_table_column_kind(Pointer table, long column, IntByReference kind);
    int relocost_table_currency(Pointer table, Structures.Money zero);
    int relocost_table_head(Pointer table, byte[] buffer, long capacity, LongByReference required);
    int relocost_table_money(Pointer table, long row, long column, Structures.Money value);
    int relocost_table_integer(Pointer table, long row, long column, LongByReference value);
    int relocost_table_text(Pointer table, long row, long column, Structures.Text value);
    int relocost_table_copy_text(Pointer table, long row, long column, byte[] buffer, long capacity,
            LongByReference required);
    int relocost_table_double_for_charts(Pointer table, long row, long column, DoubleByReference value);
    int relocost_table_fill_minor(Pointer table, long column, long[] buffer, long capacity, LongByReference required);
    int relocost_table_fill_integers(Pointer table, long column, long[] buffer, long capacity,
            LongByReference required);
    int relocost_table_fill_texts(Pointer table, long column, Pointer buffer, long capacity, LongByReference required);
    int relocost_table_fill_doubles_for_charts(Pointer table, long column, double[] buffer, long capacity,
            LongByReference required);
    void relocost_table_free(Pointer table);
    int relocost_simulate(Pointer scenario, Structures.SimulateOptions options, PointerByReference simulation,
            PointerByReference error);
    int relocost_sobol(Pointer scenario, Structures.SimulateOptions options, PointerByReference result,
            PointerByReference error);
    int relocost_simulation_draws(Pointer simulation, LongByReference draws);
    int relocost_simulation_seed(Pointer simulation, LongByReference seed);
    int relocost_simulation_text(Pointer simulation, int figure, byte[] buffer, long capacity,
            LongByReference required);
    int relocost_simulation_write(Pointer simulation, int form, byte[] buffer, long capacity, LongByReference required,
            PointerByReference error);
    int relocost_simulation_table(Pointer simulation, int which, PointerByReference table);
    int relocost_simulation_statistics(Pointer simulation, byte[] figure, long figure_length, byte[] key,
            long key_length, Structures.Statistics statistics);
    int relocost_simulation_ledger(Pointer simulation, byte[] figure, long figure_length, byte[] key, long key_length,
            int at_means, byte[] buffer, long capacity, LongByReference required);
    int relocost_simulation_quantile(Pointer simulation, byte[] figure, long figure_length, byte[] key,
            long key_length, double share, DoubleByReference value);
    int relocost_simulation_exceedance(Pointer simulation, byte[] figure, long figure_length, byte[] key,
            long key_length, double value, DoubleByReference share);
    int relocost_simulation_expected_shortfall(Pointer simulation, byte[] figure, long figure_length, byte[] key,
            long key_length, double share, DoubleByReference value);
    int relocost_simulation_band(Pointer simulation, Structures.BandShares shares);
    int relocost_simulation_kept_draws(Pointer simulation, byte[] figure, long figure_length, byte[] key, long key_length,
            double[] buffer, long capacity, LongByReference required);
    void relocost_simulation_free(Pointer simulation);
    int relocost_simulate_range(Pointer scenario, long first, long count, Structures.SimulateOptions options,
            PointerByReference part, PointerByReference error);
    int relocost_part_merge(Pointer part, Pointer other, PointerByReference merged, PointerByReference error);
    int relocost_part_draws(Pointer part, LongByReference draws);
    int relocost_part_to_bytes(Pointer part, byte[] buffer, long capacity, LongByReference required);
    int relocost_part_from_bytes(byte[] bytes, long length, PointerByReference part, PointerByReference error);
    int relocost_simulation_of_part(Pointer scenario, Structures.SimulateOptions options, Pointer part,
            PointerByReference simulation, PointerByReference error);
    void relocost_part_free(Pointer part);
    int relocost_programme_from_text(byte[] text, long length, Structures.LoadOptions options,
            PointerByReference programme, PointerByReference error);
    int relocost_programme_from_file(byte[] path, long length, Structures.LoadOptions options,
            PointerByReference programme, PointerByReference error);
    int relocost_programme_run(Pointer programme, int parts, Structures.Options options, PointerByReference result,
            PointerByReference error);
    int relocost_programme_diff(Pointer old, Pointer changed, Structures.Options options, PointerByReference result,
            PointerByReference error);
    int relocost_programme_run_expectations(Pointer programme, Structures.Options options, PointerByReference result,
            PointerByReference error);
    int relocost_programme_simulate(Pointer programme, Structures.SimulateOptions options,
            PointerByReference simulation, PointerByReference error);
    int relocost_programme_simulate_range(Pointer programme, long first, long count,
            Structures.SimulateOptions options, PointerByReference part, PointerByReference error);
    int relocost_programme_simulation_of_part(Pointer programme, Structures.SimulateOptions options, Pointer part,
            PointerByReference simulation, PointerByReference error);
    void relocost_programme_free(Pointer programme);
    int relocost_catalogue_from_text(byte[] text, long length, PointerByReference catalogue, PointerByReference error);
    int relocost_catalogue_from_file(byte[] path, long length, PointerByReference catalogue, PointerByReference error);
    int relocost_scenario_over(Pointer catalogue, byte[] text, long length, Structures.LoadOptions options,
            PointerByReference scenario, PointerByReference error);
    void relocost_catalogue_free(Pointer catalogue);
    int relocost_update_prices_text(byte[] catalogue, long catalogue_length, byte[] list, long list_length,
            PointerByReference result, PointerByReference error);
    int relocost_update_prices_file(byte[] catalogue, long catalogue_length, byte[] list, long list_length,
            PointerByReference result, PointerByReference error);
    int relocost_rates_text(byte[] format, long format_length, byte[] text, long length,
            Structures.RateOptions options, PointerByReference result, PointerByReference error);
    int relocost_rates_files(byte[] format, long format_length, Pointer paths, long path_count,
            Structures.RateOptions options, PointerByReference result, PointerByReference error);
    int relocost_diff_caseload_text(Pointer old, byte[] csv, long length, Pointer changed, byte[] changed_csv,
            long changed_length, Structures.Options options, PointerByReference result, PointerByReference error);
    int relocost_diff_caseload_file(Pointer old, byte[] path, long length, Pointer changed, byte[] changed_path,
            long changed_length, Structures.Options options, PointerByReference result, PointerByReference error);
    int relocost_payments_text(Pointer scenario, byte[] text, long length, Structures.PaymentOptions options,
            PointerByReference result, PointerByReference error);
    int relocost_payments_file(Pointer scenario, byte[] path, long length, Structures.PaymentOptions options,
            PointerByReference result, PointerByReference error);
    int relocost_programme_payments_text(Pointer programme, byte[] text, long length,
            Structures.PaymentOptions options, PointerByReference result, PointerByReference error);
    int relocost_programme_payments_file(Pointer programme, byte[] path, long length,
            Structures.PaymentOptions options, PointerByReference result, PointerByReference error);
    int relocost_payments_estimate(Pointer payments, int credibility, PointerByReference result,
            PointerByReference error);
    int relocost_report(Pointer scenario, int form, Structures.SimulateOptions options, PointerByReference document,
            PointerByReference error);
    int relocost_programme_report(Pointer programme, int form, Structures.SimulateOptions options,
            PointerByReference document, PointerByReference error);
    int relocost_result_report(Pointer result, int form, PointerByReference document, PointerByReference error);
    int relocost_workbook(Pointer scenario, int form, Structures.Options options, PointerByReference document,
            PointerByReference error);
    int relocost_programme_workbook(Pointer programme, int form, Structures.Options options, PointerByReference document,
            PointerByReference error);
    int relocost_result_workbook(Pointer result, int form, Structures.Options options, PointerByReference document,
            PointerByReference error);
    int relocost_document_bytes(Pointer document, Structures.Text bytes);
    void relocost_document_free(Pointer document);
    int relocost_result_postings(Pointer result, PointerByReference postings, PointerByReference error);
    int relocost_programme_postings(Pointer programme, Structures.Options options, PointerByReference postings,
            PointerByReference error);
    int relocost_caseload_postings_text(Pointer scenario, byte[] csv, long length, byte[] pathway, long pathway_length,
            Structures.Options options, PointerByReference postings, PointerByReference error);
    int relocost_caseload_postings_file(Pointer scenario, byte[] path, long length, byte[] pathway, long pathway_length,
            Structures.Options options, PointerByReference postings, PointerByReference error);
    int relocost_programme_publish(Pointer programme, Structures.PublishOptions options,
            PointerByReference publication, PointerByReference error);
    int relocost_publish_text(Pointer scenario, byte[] csv, long length, Structures.PublishOptions options,
            PointerByReference publication, PointerByReference error);
    int relocost_publish_file(Pointer scenario, byte[] path, long length, Structures.PublishOptions options,
            PointerByReference publication, PointerByReference error);
}
