/* Tables: cells and whole columns say the same. */
#ifndef RELOCOST_FUZZ_TABLES_H
#define RELOCOST_FUZZ_TABLES_H

#include "hold.h"

/* The number of rows of a table that are read cell by cell. */
#define MOST_ROWS 24

struct cell {
    const relocost_table *table;
    size_t row, column;
};

static relocost_status copy_cell(const void *of, char *buffer, size_t capacity, size_t *required, relocost_error **error) {
    const struct cell *cell = of;
    (void)error;
    return relocost_table_copy_text(cell->table, cell->row, cell->column, buffer, capacity, required);
}

/* A cell asked for as every kind: as its own it agrees with its text, and of every other it leaves the output alone. */
static void cell_holds(struct cell cell, uint32_t kind) {
    relocost_status status, copied_status;
    relocost_text text = copied(copy_cell, &cell, 0, &copied_status), view;
    relocost_money money;
    int64_t integer;
    double value;
    memset(&money, UNTOUCHED, sizeof money);
    memset(&integer, UNTOUCHED, sizeof integer);
    memset(&view, UNTOUCHED, sizeof view);
    memset(&value, UNTOUCHED, sizeof value);
    HOLDS(copied_status == RELOCOST_OK || copied_status == RELOCOST_NO_VALUE);

    status = relocost_table_money(cell.table, cell.row, cell.column, &money);
    if (status == RELOCOST_OK) {
        HOLDS(kind == RELOCOST_MONEY && copied_status == RELOCOST_OK);
        money_holds(money, text);
    } else {
        relocost_status of_money = copied_status == RELOCOST_OK ? RELOCOST_BEYOND_INT64 : RELOCOST_NO_VALUE;
        HOLDS(status == (kind == RELOCOST_MONEY ? of_money : RELOCOST_OTHER_KIND));
        untouched(&money, sizeof money);
    }
    status = relocost_table_integer(cell.table, cell.row, cell.column, &integer);
    if (status == RELOCOST_OK) {
        HOLDS(kind == RELOCOST_INTEGER && copied_status == RELOCOST_OK && integer == strtoll(text.data, NULL, 10));
    } else {
        HOLDS(status == (kind == RELOCOST_INTEGER ? RELOCOST_NO_VALUE : RELOCOST_OTHER_KIND));
        HOLDS(status == RELOCOST_OTHER_KIND || copied_status == RELOCOST_NO_VALUE);
        untouched(&integer, sizeof integer);
    }
    status = relocost_table_text(cell.table, cell.row, cell.column, &view);
    if (status == RELOCOST_OK) {
        HOLDS(kind == RELOCOST_TEXT || kind == RELOCOST_DECIMAL);
        given(view);
        HOLDS((view.data == NULL) == (copied_status == RELOCOST_NO_VALUE));
        HOLDS(view.data == NULL || (view.length == text.length && memcmp(view.data, text.data, text.length) == 0));
    } else {
        HOLDS(status == RELOCOST_OTHER_KIND && (kind == RELOCOST_MONEY || kind == RELOCOST_INTEGER));
        untouched(&view, sizeof view);
    }
    status = relocost_table_double_for_charts(cell.table, cell.row, cell.column, &value);
    if (status == RELOCOST_OK) {
        HOLDS(kind != RELOCOST_TEXT);
        double_holds(value, text);
    } else {
        HOLDS(status == (kind == RELOCOST_TEXT ? RELOCOST_OTHER_KIND : RELOCOST_NO_VALUE));
        untouched(&value, sizeof value);
    }
}

static relocost_status fill(const relocost_table *table, size_t column, uint32_t kind, void *buffer, size_t capacity,
                            size_t *required) {
    switch (kind) {
    case RELOCOST_MONEY:
        return relocost_table_fill_minor(table, column, buffer, capacity, required);
    case RELOCOST_INTEGER:
        return relocost_table_fill_integers(table, column, buffer, capacity, required);
    case RELOCOST_TEXT:
        return relocost_table_fill_texts(table, column, buffer, capacity, required);
    default:
        return relocost_table_fill_doubles_for_charts(table, column, buffer, capacity, required);
    }
}

/* One element of a column that was filled is that of the cell, a number that there is not being 0. */
static void filled_holds(struct cell cell, uint32_t as, const char *element) {
    relocost_status status;
    relocost_money money;
    relocost_text text;
    int64_t integer;
    double value, one;
    switch (as) {
    case RELOCOST_MONEY:
        memset(&money, 0, sizeof money);
        status = relocost_table_money(cell.table, cell.row, cell.column, &money);
        HOLDS(status == RELOCOST_OK || status == RELOCOST_NO_VALUE);
        HOLDS(memcmp(&money.minor, element, sizeof money.minor) == 0);
        break;
    case RELOCOST_INTEGER:
        integer = 0;
        status = relocost_table_integer(cell.table, cell.row, cell.column, &integer);
        HOLDS(status == RELOCOST_OK || status == RELOCOST_NO_VALUE);
        HOLDS(memcmp(&integer, element, sizeof integer) == 0);
        break;
    case RELOCOST_TEXT:
        HOLDS(relocost_table_text(cell.table, cell.row, cell.column, &text) == RELOCOST_OK);
        HOLDS(memcmp(&text, element, sizeof text) == 0);
        break;
    default:
        memcpy(&value, element, sizeof value);
        if (relocost_table_double_for_charts(cell.table, cell.row, cell.column, &one) == RELOCOST_OK) {
            HOLDS(one == value);
        } else {
            HOLDS(value != value);
        }
        break;
    }
}

/* A whole column filled `as` a kind, into an array of a length that the fuzzer chooses. */
static void column_holds(const relocost_table *table, size_t column, uint32_t kind, uint32_t as, size_t rows) {
    size_t size = as == RELOCOST_TEXT ? sizeof(relocost_text) : 8;
    size_t capacity = rows - (rows > 0 && rarely(64)) + byte() % 3, required;
    char *buffer = memory((rows + 3) * size);
    int fits = as == kind || (as == RELOCOST_TEXT && kind == RELOCOST_DECIMAL) ||
               (as == RELOCOST_DECIMAL && kind != RELOCOST_TEXT);
    memset(buffer, UNTOUCHED, (rows + 3) * size);
    memset(&required, UNTOUCHED, sizeof required);
    relocost_status status = fill(table, column, as, buffer, capacity, &required);
    known(status);
    if (status == RELOCOST_OK) {
        HOLDS(required == rows && capacity >= rows && (fits || rows == 0));
        untouched(buffer + rows * size, 3 * size);
        for (size_t row = 0; row < rows && row < MOST_ROWS; row++) {
            filled_holds((struct cell){table, row, column}, as, buffer + row * size);
        }
        return;
    }
    untouched(buffer, (rows + 3) * size);
    if (status == RELOCOST_SHORT_BUFFER) {
        HOLDS(required == rows && capacity < rows);
    } else {
        HOLDS(status == (fits ? RELOCOST_BEYOND_INT64 : RELOCOST_OTHER_KIND));
    }
    if (rows > 0) {
        /* A column of another kind is one whatever the buffer. */
        HOLDS(fill(table, column, as, NULL, rows, NULL) == (fits ? RELOCOST_SHORT_BUFFER : RELOCOST_OTHER_KIND));
        HOLDS(fill(table, column, as, buffer + 1, rows, NULL) == (fits ? RELOCOST_MISALIGNED : RELOCOST_OTHER_KIND));
    }
}

static relocost_status copy_head(const void *of, char *buffer, size_t capacity, size_t *required, relocost_error **error) {
    (void)error;
    return relocost_table_head(of, buffer, capacity, required);
}

static void table_holds(const relocost_table *table) {
    size_t rows = 0, columns = 0, found;
    relocost_status of_head;
    relocost_money zero;
    relocost_text head = text_without_choice(copy_head, table, &of_head);
    HOLDS(of_head == RELOCOST_OK && head.data[0] == '{');
    relocost_text name;
    uint32_t kind = 0;
    HOLDS(relocost_table_rows(table, &rows) == RELOCOST_OK);
    HOLDS(relocost_table_columns(table, &columns) == RELOCOST_OK && columns > 0);
    HOLDS(relocost_table_currency(table, &zero) == RELOCOST_OK && zero.minor == 0);
    for (size_t column = 0; column < columns; column++) {
        HOLDS(relocost_table_column_name(table, column, &name) == RELOCOST_OK);
        given(name);
        HOLDS(relocost_table_find(table, name.data, name.length, &found) == RELOCOST_OK && found == column);
        HOLDS(relocost_table_column_kind(table, column, &kind) == RELOCOST_OK);
        for (size_t row = 0; row < rows && row < MOST_ROWS; row++) {
            cell_holds((struct cell){table, row, column}, kind);
            forget_memory();
        }
        for (uint32_t as = RELOCOST_INTEGER; as <= RELOCOST_TEXT; as++) {
            column_holds(table, column, kind, as, rows);
        }
        forget_memory();
        HOLDS(relocost_table_money(table, rows, column, &zero) == RELOCOST_NO_SUCH_PLACE);
    }
    HOLDS(relocost_table_column_name(table, columns, &name) == RELOCOST_NO_SUCH_PLACE);
    memset(&found, UNTOUCHED, sizeof found);
    relocost_text any = name_or_none();
    relocost_status status = relocost_table_find(table, any.data, any.length, &found);
    known(status);
    if (status != RELOCOST_OK) {
        untouched(&found, sizeof found);
    }
}

#endif
