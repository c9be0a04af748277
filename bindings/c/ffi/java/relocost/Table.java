package relocost;

import static relocost.Border.LIBRARY;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rows of typed columns. It never changes, and is freed by {@link #close}. */
public final class Table extends Handle {
    Table(Pointer pointer) {
        super(pointer, LIBRARY::relocost_table_free);
    }

    /** The number of rows. */
    public int rows() {
        return Math.toIntExact(Border.number(rows -> LIBRARY.relocost_table_rows(pointer(), rows)));
    }

    /** The head of the table, as JSON: that it is internal, currency, horizon, basis, pair. */
    public String head() {
        return Border.copy((buffer, capacity, required, error) ->
                LIBRARY.relocost_table_head(pointer(), buffer, capacity, required)).orElseThrow();
    }

    /** The columns' names, in their order. */
    public List<String> columns() {
        long count = Border.number(columns -> LIBRARY.relocost_table_columns(pointer(), columns));
        List<String> names = new ArrayList<>();
        for (long at = 0; at < count; at++) {
            Structures.Text name = new Structures.Text();
            Border.check(LIBRARY.relocost_table_column_name(pointer(), at, name));
            names.add(Border.said(name));
        }
        return names;
    }

    /** The kind of a column: {@link Relocost#INTEGER}, MONEY, DECIMAL or TEXT. */
    public int kind(String column) {
        IntByReference kind = new IntByReference();
        Border.check(LIBRARY.relocost_table_column_kind(pointer(), find(column), kind));
        return kind.getValue();
    }

    /** Any cell as text, money as a decimal; empty where there is no value. */
    public Optional<String> text(int row, String column) {
        return copy(row, find(column));
    }

    /** A whole column of money, each amount in units of the currency. */
    public List<BigDecimal> amounts(String column) {
        long at = find(column);
        int rows = rows();
        long[] minor = new long[rows];
        int status = LIBRARY.relocost_table_fill_minor(pointer(), at, minor, rows, null);
        List<BigDecimal> amounts = new ArrayList<>(rows);
        if (status == Relocost.BEYOND_INT64) {
            for (int row = 0; row < rows; row++) {
                amounts.add(new BigDecimal(copy(row, at).orElseThrow()));
            }
            return amounts;
        }
        Border.check(status);
        Structures.Money zero = new Structures.Money();
        Border.check(LIBRARY.relocost_table_currency(pointer(), zero));
        for (long one : minor) {
            amounts.add(BigDecimal.valueOf(one, zero.decimals));
        }
        return amounts;
    }

    /** A whole column of whole numbers. */
    public long[] integers(String column) {
        long[] integers = new long[rows()];
        Border.check(LIBRARY.relocost_table_fill_integers(
                pointer(), find(column), integers, integers.length, null));
        return integers;
    }

    /** A whole column of text; null where there is no value. */
    public List<String> texts(String column) {
        int rows = rows();
        int size = new Structures.Text().size();
        Memory filled = new Memory((long) size * Math.max(rows, 1));
        Border.check(LIBRARY.relocost_table_fill_texts(pointer(), find(column), filled, rows, null));
        List<String> texts = new ArrayList<>(rows);
        for (long at = 0; at < (long) rows * size; at += size) {
            texts.add(Border.said(filled.getPointer(at), filled.getLong(at + Long.BYTES)));
        }
        return texts;
    }

    /** A whole column of decimals; null where there is no value. */
    public List<BigDecimal> decimals(String column) {
        List<BigDecimal> decimals = new ArrayList<>();
        for (String text : texts(column)) {
            decimals.add(text == null ? null : new BigDecimal(text));
        }
        return decimals;
    }

    private long find(String column) {
        byte[] name = Border.utf8(column);
        return Border.number(at -> LIBRARY.relocost_table_find(pointer(), name, name.length, at));
    }

    private Optional<String> copy(int row, long column) {
        return Border.copy((buffer, capacity, required, error) ->
                LIBRARY.relocost_table_copy_text(pointer(), row, column, buffer, capacity, required));
    }
}
