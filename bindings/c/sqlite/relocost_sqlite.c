/*
 * Relocost in SQLite: a loadable extension on the C library.
 *
 *   .load relocost_sqlite
 *   SELECT relocost_premium(text) FROM scenarios;
 *   SELECT month, line, amount FROM relocost_ledger((SELECT text FROM scenarios WHERE id = 7), 'temporary');
 *
 * Scalar functions; each gives NULL for an argument that is NULL:
 *   relocost_premium(scenario)              the premium, a decimal as text; NULL on a base of 0
 *   relocost_total(scenario, pathway)       the pathway's total, a decimal as text
 *   relocost_total_minor(scenario, pathway) the same in minor units (cents), an integer, for sums
 *   relocost_estimate(amount [, currency])  what the Court's reported average implies of a permanent cost, as JSON; the
 *                                           amount is a text or an integer, since a REAL is no amount of money
 * Tables:
 *   relocost_ledger(scenario, pathway)      a row for each entry of the ledger
 *   relocost_comparison(scenario)           rows of temporary against permanent: by category, fiscal_year, fund and
 *                                           months (shorter horizons, of which the last is the whole), and by
 *                                           entitlement, whose extra is what its lack costs
 *   relocost_simulation(scenario, draws, seed)
 *                                           rows of the figures of a simulation: mean, quantiles (p80: what suffices in
 *                                           four cases out of five) and more as REAL, since they are estimates; the
 *                                           figure is a pathway, extra or premium, the key total, a fiscal year or a
 *                                           category
 *   relocost_futures(programme, draws, seed)
 *                                           rows of the futures of a programme, as REAL: of the part budget for each
 *                                           line, extra, joint and last (of an agreement), by fiscal year and fund; of
 *                                           the part waiting for waits and places
 *
 * A scenario or a programme is the text of a file in TOML or JSON. It reaches no file, so that whoever can write to a table reads
 * nothing else: the only catalogue that it can name is the one built in. Money stands twice in tables: as an exact
 * decimal text, and in minor units as an integer (named ..._minor), which SQL can sum without an error. The column
 * internal of every table is 1: nothing of it is for publication, nor is what the scalar functions give.
 *
 * A scenario that is a literal or a parameter of the statement is read once for the statement, one that comes from a
 * table each time. sqlite3_interrupt, which is Ctrl-C in SQLite's shell, ends a long question too.
 */
#include <relocost.h>
#include <sqlite3ext.h>
#include <string.h>

SQLITE_EXTENSION_INIT1

/* The text of a status and its error, which is freed; to be freed with sqlite3_free. */
static char *explain(relocost_status status, relocost_error *error) {
    size_t required = 0;
    char *message = NULL;
    if (error != NULL && relocost_error_text(error, NULL, 0, &required) == RELOCOST_SHORT_BUFFER) {
        char *text = sqlite3_malloc64(required);
        if (text != NULL && relocost_error_text(error, text, required, NULL) == RELOCOST_OK) {
            message = sqlite3_mprintf("relocost %u: %s", (unsigned)status, text);
        }
        sqlite3_free(text);
    }
    relocost_error_free(error);
    return message != NULL ? message : sqlite3_mprintf("relocost %u: %s", (unsigned)status, relocost_status_name(status));
}

static void answer_error(sqlite3_context *context, relocost_status status, relocost_error *error) {
    if (status == RELOCOST_INTERRUPTED) {
        relocost_error_free(error);
        sqlite3_result_error_code(context, SQLITE_INTERRUPT);
        return;
    }
    char *message = explain(status, error);
    if (message == NULL) {
        sqlite3_result_error_nomem(context);
        return;
    }
    sqlite3_result_error(context, message, -1);
    sqlite3_free(message);
}

/* A value of SQL as text; the length is asked for after the text, as SQLite says. */
static relocost_text text_of(sqlite3_value *value) {
    relocost_text text;
    text.data = (const char *)sqlite3_value_text(value);
    text.length = text.data == NULL ? 0 : (size_t)sqlite3_value_bytes(value);
    return text;
}

/* A scenario from a value of SQL. */
static relocost_status load(sqlite3_value *value, relocost_scenario **scenario, relocost_error **error) {
    relocost_text text = text_of(value);
    return relocost_scenario_from_text(text.data, text.length, NULL, scenario, error);
}

/* The scenario that is a function's first argument: as an earlier row of the statement has read it, if the argument is
 * the same for all rows. To be given back with keep. */
static relocost_status first_argument(sqlite3_context *context, sqlite3_value *value, relocost_scenario **scenario,
                                      relocost_error **error) {
    *scenario = sqlite3_get_auxdata(context, 0);
    return *scenario != NULL ? RELOCOST_OK : load(value, scenario, error);
}

static void free_scenario(void *scenario) {
    relocost_scenario_free(scenario);
}

/* Keeps the scenario for the next row, or lets SQLite free it, which it may do at once: comes last. */
static void keep(sqlite3_context *context, relocost_scenario *scenario) {
    if (scenario != NULL && sqlite3_get_auxdata(context, 0) != scenario) {
        sqlite3_set_auxdata(context, 0, scenario, free_scenario);
    }
}

/* A question that sqlite3_interrupt can end. */
struct question {
    sqlite3 *db;
    sqlite3_stmt *probe;
    unsigned told;
    relocost_options options;
    relocost_simulate_options simulate;
};

/* True if a new statement is refused as interrupted: before 3.41 SQLite does not say it otherwise. */
static int refused(struct question *question) {
    int code = SQLITE_OK;
    if (question->probe == NULL) {
        code = sqlite3_prepare_v2(question->db, "SELECT 1", -1, &question->probe, NULL);
    }
    if (code == SQLITE_OK) {
        sqlite3_step(question->probe);
        code = sqlite3_reset(question->probe);
    }
    return code == SQLITE_INTERRUPT;
}

static int interrupted(void *user, uint64_t done, uint64_t total) {
    struct question *question = user;
    (void)done;
    (void)total;
#if SQLITE_VERSION_NUMBER >= 3041000
    if (sqlite3_libversion_number() >= 3041000) {
        return sqlite3_is_interrupted(question->db);
    }
#endif
    /* A statement takes longer than most steps of a question. */
    return question->told++ % 16 == 0 && refused(question);
}

static void begin(struct question *question, sqlite3 *db) {
    memset(question, 0, sizeof *question);
    question->db = db;
    question->options.size = sizeof question->options;
    question->options.progress = interrupted;
    question->options.user = question;
    question->simulate.size = sizeof question->simulate;
    question->simulate.progress = interrupted;
    question->simulate.user = question;
}

static void end(struct question *question) {
    sqlite3_finalize(question->probe);
}

/* True if an argument is NULL; then the answer is. */
static int any_null(int count, sqlite3_value **arguments) {
    for (int at = 0; at < count; at++) {
        if (sqlite3_value_type(arguments[at]) == SQLITE_NULL) {
            return 1;
        }
    }
    return 0;
}

static void premium(sqlite3_context *context, int count, sqlite3_value **arguments) {
    relocost_scenario *scenario = NULL;
    relocost_result *result = NULL;
    relocost_error *error = NULL;
    struct question question;
    char text[64];
    if (any_null(count, arguments)) {
        return;
    }
    begin(&question, sqlite3_context_db_handle(context));
    relocost_status status = first_argument(context, arguments[0], &scenario, &error);
    if (status == RELOCOST_OK) {
        status = relocost_compare(scenario, &question.options, &result, &error);
    }
    end(&question);
    if (status == RELOCOST_OK) {
        status = relocost_result_text(result, RELOCOST_FIGURE_PREMIUM, text, sizeof text, NULL);
    }
    if (status == RELOCOST_OK) {
        sqlite3_result_text(context, text, -1, SQLITE_TRANSIENT);
    } else if (status != RELOCOST_NO_VALUE) {
        answer_error(context, status, error);
    }
    relocost_result_free(result);
    keep(context, scenario);
}

/* The total as text, or in minor units if the function's own data says so. */
static void total(sqlite3_context *context, int count, sqlite3_value **arguments) {
    relocost_scenario *scenario = NULL;
    relocost_result *result = NULL;
    relocost_error *error = NULL;
    struct question question;
    relocost_money money;
    char text[64];
    int in_minor = sqlite3_user_data(context) != NULL;
    if (any_null(count, arguments)) {
        return;
    }
    begin(&question, sqlite3_context_db_handle(context));
    relocost_status status = first_argument(context, arguments[0], &scenario, &error);
    if (status == RELOCOST_OK) {
        relocost_text pathway = text_of(arguments[1]);
        status = relocost_ledger(scenario, pathway.data, pathway.length, &question.options, &result, &error);
    }
    end(&question);
    if (status == RELOCOST_OK) {
        status = in_minor ? relocost_result_money(result, RELOCOST_FIGURE_TOTAL, &money)
                          : relocost_result_text(result, RELOCOST_FIGURE_TOTAL, text, sizeof text, NULL);
    }
    if (status != RELOCOST_OK) {
        answer_error(context, status, error);
    } else if (in_minor) {
        sqlite3_result_int64(context, money.minor);
    } else {
        sqlite3_result_text(context, text, -1, SQLITE_TRANSIENT);
    }
    relocost_result_free(result);
    keep(context, scenario);
}

static void estimate(sqlite3_context *context, int count, sqlite3_value **arguments) {
    relocost_result *result = NULL;
    relocost_error *error = NULL;
    relocost_estimate_options options;
    size_t required = 0;
    if (any_null(count, arguments)) {
        return;
    }
    if (sqlite3_value_type(arguments[0]) == SQLITE_FLOAT) {
        sqlite3_result_error(context, "relocost_estimate: expected an amount as text or integer, such as '112000.50'", -1);
        return;
    }
    memset(&options, 0, sizeof options);
    options.size = sizeof options;
    if (count == 2) {
        options.currency = text_of(arguments[1]);
    }
    relocost_text cost = text_of(arguments[0]);
    relocost_status status = relocost_estimate(cost.data, cost.length, &options, &result, &error);
    if (status == RELOCOST_OK &&
        relocost_result_write(result, RELOCOST_JSON, NULL, 0, &required, NULL) == RELOCOST_SHORT_BUFFER) {
        char *json = sqlite3_malloc64(required);
        if (json == NULL) {
            sqlite3_result_error_nomem(context);
        } else {
            status = relocost_result_write(result, RELOCOST_JSON, json, required, NULL, &error);
            if (status == RELOCOST_OK) {
                sqlite3_result_text64(context, json, required - 1, sqlite3_free, SQLITE_UTF8);
            } else {
                sqlite3_free(json);
            }
        }
    }
    if (status != RELOCOST_OK) {
        answer_error(context, status, error);
    }
    relocost_result_free(result);
}

/* A column of a table in SQL: the column of the library's table, read as text, in minor units or as a REAL. */
struct column {
    const char *name; /* NULL: what is said of the whole part, the currency, or the mark */
    enum { AS_TEXT, AS_INTEGER, AS_MINOR, AS_REAL, AS_PART, AS_KEY, AS_CURRENCY, AS_MARK } as;
};

/* A part of a table in SQL: one of the library's tables. */
struct part {
    const char *name;
    uint32_t which;
    const char *key;   /* the column that names a row */
    const char *extra; /* the column that has the extra, if it is called otherwise */
};

struct shape {
    const char *declaration;
    const char *usage;
    const struct column *columns;
    int column_count; /* hidden ones, the arguments, follow */
    int argument_count;
    const struct part *parts;
    int part_count;
};

static const struct column LEDGER_COLUMNS[] = {
    {"month", AS_TEXT},         {"month_index", AS_INTEGER}, {"fiscal_year", AS_INTEGER}, {"stage", AS_INTEGER},
    {"solution", AS_TEXT},      {"place", AS_TEXT},          {"line", AS_TEXT},           {"of", AS_TEXT},
    {"share", AS_TEXT},         {"category", AS_TEXT},       {"quantity", AS_TEXT},       {"unit_price", AS_TEXT},
    {"currency", AS_TEXT},      {"tariff", AS_TEXT},         {"price_level", AS_TEXT},    {"index_factor", AS_TEXT},
    {"exchange_rate", AS_TEXT}, {"relief", AS_TEXT},         {"amount", AS_TEXT},         {"amount", AS_MINOR},
    {NULL, AS_CURRENCY},        {"source", AS_TEXT},        {NULL, AS_MARK},
};
static const struct part LEDGER_PARTS[] = {{"", RELOCOST_TABLE_ENTRIES, "line", NULL}};
static const struct shape LEDGER = {
    "CREATE TABLE x(month TEXT, month_index INTEGER, fiscal_year INTEGER, stage INTEGER, solution TEXT, place TEXT,"
    " line TEXT, of TEXT, share TEXT, category TEXT, quantity TEXT, unit_price TEXT, price_currency TEXT, tariff TEXT,"
    " price_level TEXT, index_factor TEXT, exchange_rate TEXT,"
    " relief TEXT, amount TEXT, amount_minor INTEGER, currency TEXT, source TEXT, internal INTEGER, scenario HIDDEN,"
    " pathway HIDDEN)",
    "expected relocost_ledger(scenario, pathway)",
    LEDGER_COLUMNS,
    (int)(sizeof LEDGER_COLUMNS / sizeof *LEDGER_COLUMNS),
    2,
    LEDGER_PARTS,
    1,
};

static const struct column COMPARISON_COLUMNS[] = {
    {NULL, AS_PART},   {NULL, AS_KEY},           {"base", AS_TEXT},   {"base", AS_MINOR},    {"alternative", AS_TEXT},
    {"alternative", AS_MINOR}, {"extra", AS_TEXT}, {"extra", AS_MINOR}, {"premium", AS_TEXT}, {NULL, AS_CURRENCY},
    {NULL, AS_MARK},
};
static const struct part COMPARISON_PARTS[] = {
    {"category", RELOCOST_TABLE_BY_CATEGORY, "category", NULL},
    {"fiscal_year", RELOCOST_TABLE_BY_FISCAL_YEAR, "fiscal_year", NULL},
    {"fund", RELOCOST_TABLE_BY_FUND, "fund", NULL},
    {"months", RELOCOST_TABLE_PREMIUM_CURVE, "months", NULL},
    {"entitlement", RELOCOST_TABLE_ATTRIBUTION, "entitlement", "amount"},
};
static const struct shape COMPARISON = {
    "CREATE TABLE x(part TEXT, key TEXT, base TEXT, base_minor INTEGER, alternative TEXT, alternative_minor INTEGER,"
    " extra TEXT, extra_minor INTEGER, premium TEXT, currency TEXT, internal INTEGER, scenario HIDDEN)",
    "expected relocost_comparison(scenario)",
    COMPARISON_COLUMNS,
    (int)(sizeof COMPARISON_COLUMNS / sizeof *COMPARISON_COLUMNS),
    1,
    COMPARISON_PARTS,
    (int)(sizeof COMPARISON_PARTS / sizeof *COMPARISON_PARTS),
};

static const struct column SIMULATION_COLUMNS[] = {
    {"figure", AS_TEXT}, {"by", AS_TEXT},     {"key", AS_TEXT},    {"draws", AS_INTEGER}, {"mean", AS_REAL},
    {"sd", AS_REAL},     {"se", AS_REAL},     {"least", AS_REAL},  {"most", AS_REAL},     {"p5", AS_REAL},
    {"p10", AS_REAL},    {"p50", AS_REAL},    {"p80", AS_REAL},    {"p90", AS_REAL},      {"p95", AS_REAL},
    {"se_p5", AS_REAL},  {"se_p10", AS_REAL}, {"se_p50", AS_REAL}, {"se_p80", AS_REAL},   {"se_p90", AS_REAL},
    {"se_p95", AS_REAL}, {"expected_shortfall_95", AS_REAL},       {"ledger", AS_TEXT},   {"ledger_at_means", AS_TEXT},
    {NULL, AS_CURRENCY}, {NULL, AS_MARK},
};
static const struct part SIMULATION_PARTS[] = {{"", RELOCOST_TABLE_STATISTICS, "key", NULL}};
static const struct shape SIMULATION = {
    "CREATE TABLE x(figure TEXT, part TEXT, key TEXT, draws INTEGER, mean REAL, sd REAL, se REAL, least REAL, most REAL,"
    " p5 REAL, p10 REAL, p50 REAL, p80 REAL, p90 REAL, p95 REAL, se_p5 REAL, se_p10 REAL, se_p50 REAL, se_p80 REAL,"
    " se_p90 REAL, se_p95 REAL, expected_shortfall_95 REAL, ledger TEXT, ledger_at_means TEXT, currency TEXT,"
    " internal INTEGER, scenario HIDDEN, draw_count HIDDEN, seed HIDDEN)",
    "expected relocost_simulation(scenario, draws, seed)",
    SIMULATION_COLUMNS,
    (int)(sizeof SIMULATION_COLUMNS / sizeof *SIMULATION_COLUMNS),
    3,
    SIMULATION_PARTS,
    1,
};

static const struct column FUTURES_COLUMNS[] = {
    {NULL, AS_PART},  {"figure", AS_TEXT},   {"agreement", AS_TEXT}, {"fiscal_year", AS_INTEGER}, {"fund", AS_TEXT},
    {"draws", AS_INTEGER}, {"mean", AS_REAL}, {"sd", AS_REAL},       {"se", AS_REAL},             {"p50", AS_REAL},
    {"p80", AS_REAL}, {"p95", AS_REAL},      {"deterministic", AS_TEXT}, {NULL, AS_CURRENCY},     {NULL, AS_MARK},
};
static const struct part FUTURES_PARTS[] = {
    {"budget", RELOCOST_TABLE_FUTURES, "figure", NULL},
    {"waiting", RELOCOST_TABLE_FUTURE_WAITING, "figure", NULL},
};
static const struct shape FUTURES = {
    "CREATE TABLE x(part TEXT, figure TEXT, agreement TEXT, fiscal_year INTEGER, fund TEXT, draws INTEGER, mean REAL,"
    " sd REAL, se REAL, p50 REAL, p80 REAL, p95 REAL, deterministic TEXT, currency TEXT, internal INTEGER,"
    " programme HIDDEN, draw_count HIDDEN, seed HIDDEN)",
    "expected relocost_futures(programme, draws, seed)",
    FUTURES_COLUMNS,
    (int)(sizeof FUTURES_COLUMNS / sizeof *FUTURES_COLUMNS),
    3,
    FUTURES_PARTS,
    (int)(sizeof FUTURES_PARTS / sizeof *FUTURES_PARTS),
};

#define MOST_PARTS 5
/* The number of the plan of a call that lacks an argument. */
#define WITHOUT_ARGUMENTS 1

struct virtual_table {
    sqlite3_vtab base; /* SQLite's own, first */
    sqlite3 *db;
    const struct shape *shape;
};

struct cursor {
    sqlite3_vtab_cursor base; /* SQLite's own, first */
    relocost_table *tables[MOST_PARTS];
    size_t rows[MOST_PARTS];
    int part;
    size_t row;
    sqlite3_int64 id;
};

static int connect(sqlite3 *db, void *shape, int count, const char *const *arguments, sqlite3_vtab **out, char **message) {
    (void)count;
    (void)arguments;
    (void)message;
    struct virtual_table *table = NULL;
    int code = sqlite3_declare_vtab(db, ((const struct shape *)shape)->declaration);
    if (code != SQLITE_OK) {
        return code;
    }
    table = sqlite3_malloc64(sizeof *table);
    if (table == NULL) {
        return SQLITE_NOMEM;
    }
    memset(table, 0, sizeof *table);
    table->db = db;
    table->shape = shape;
    *out = &table->base;
    /* It reads nothing but its arguments, and writes nothing. */
    return sqlite3_vtab_config(db, SQLITE_VTAB_INNOCUOUS);
}

static int disconnect(sqlite3_vtab *base) {
    sqlite3_free(base);
    return SQLITE_OK;
}

/* A plan is one that has every argument. */
static int best_index(sqlite3_vtab *base, sqlite3_index_info *info) {
    const struct shape *shape = ((struct virtual_table *)base)->shape;
    for (int argument = 0; argument < shape->argument_count; argument++) {
        int given = 0, usable = -1;
        for (int at = 0; at < info->nConstraint; at++) {
            if (info->aConstraint[at].iColumn == shape->column_count + argument &&
                info->aConstraint[at].op == SQLITE_INDEX_CONSTRAINT_EQ) {
                given = 1;
                if (info->aConstraint[at].usable && usable < 0) {
                    usable = at;
                }
            }
        }
        if (usable < 0) {
            if (given) {
                return SQLITE_CONSTRAINT; /* another plan has it */
            }
            /* The terms of an OR are asked about alone, too: such a plan is only refused if there is no other. */
            info->idxNum = WITHOUT_ARGUMENTS;
            info->estimatedCost = 1e99;
            return SQLITE_OK;
        }
        info->aConstraintUsage[usable].argvIndex = argument + 1;
        info->aConstraintUsage[usable].omit = 1;
    }
    info->estimatedCost = 1e5;
    info->estimatedRows = 1000;
    return SQLITE_OK;
}

static int open_cursor(sqlite3_vtab *base, sqlite3_vtab_cursor **out) {
    (void)base;
    struct cursor *cursor = sqlite3_malloc64(sizeof *cursor);
    if (cursor == NULL) {
        return SQLITE_NOMEM;
    }
    memset(cursor, 0, sizeof *cursor);
    *out = &cursor->base;
    return SQLITE_OK;
}

static void empty(struct cursor *cursor) {
    for (int at = 0; at < MOST_PARTS; at++) {
        relocost_table_free(cursor->tables[at]);
        cursor->tables[at] = NULL;
        cursor->rows[at] = 0;
    }
    cursor->part = 0;
    cursor->row = 0;
    cursor->id = 0;
}

static int close_cursor(sqlite3_vtab_cursor *base) {
    empty((struct cursor *)base);
    sqlite3_free(base);
    return SQLITE_OK;
}

static const struct shape *shape_of(const struct cursor *cursor) {
    return ((const struct virtual_table *)cursor->base.pVtab)->shape;
}

/* Goes on to the next part that has a row. */
static void settle(struct cursor *cursor) {
    while (cursor->part < shape_of(cursor)->part_count && cursor->row >= cursor->rows[cursor->part]) {
        cursor->part++;
        cursor->row = 0;
    }
}

static int filter(sqlite3_vtab_cursor *base, int plan, const char *name, int count, sqlite3_value **arguments) {
    struct cursor *cursor = (struct cursor *)base;
    const struct shape *shape = shape_of(cursor);
    relocost_scenario *scenario = NULL;
    relocost_programme *programme = NULL;
    relocost_result *result = NULL;
    relocost_simulation *simulation = NULL;
    relocost_error *error = NULL;
    struct question question;
    (void)name;
    empty(cursor);
    if (plan == WITHOUT_ARGUMENTS) {
        sqlite3_free(base->pVtab->zErrMsg);
        base->pVtab->zErrMsg = sqlite3_mprintf("%s", shape->usage);
        return SQLITE_ERROR;
    }
    if (count < shape->argument_count || any_null(count, arguments)) {
        cursor->part = shape->part_count;
        return SQLITE_OK;
    }
    begin(&question, ((struct virtual_table *)base->pVtab)->db);
    relocost_status status;
    if (shape == &FUTURES) {
        relocost_text text = text_of(arguments[0]);
        status = relocost_programme_from_text(text.data, text.length, NULL, &programme, &error);
    } else {
        status = load(arguments[0], &scenario, &error);
    }
    if (shape == &SIMULATION || shape == &FUTURES) {
        question.simulate.draws = (uint64_t)sqlite3_value_int64(arguments[1]);
        question.simulate.seed = (uint64_t)sqlite3_value_int64(arguments[2]);
    }
    if (status == RELOCOST_OK && shape == &LEDGER) {
        relocost_text pathway = text_of(arguments[1]);
        status = relocost_ledger(scenario, pathway.data, pathway.length, &question.options, &result, &error);
    } else if (status == RELOCOST_OK && shape == &SIMULATION) {
        status = relocost_simulate(scenario, &question.simulate, &simulation, &error);
    } else if (status == RELOCOST_OK && shape == &FUTURES) {
        status = relocost_programme_simulate(programme, &question.simulate, &simulation, &error);
    } else if (status == RELOCOST_OK) {
        status = relocost_compare(scenario, &question.options, &result, &error);
    }
    end(&question);
    for (int at = 0; at < shape->part_count && status == RELOCOST_OK; at++) {
        uint32_t which = shape->parts[at].which;
        status = simulation == NULL ? relocost_result_table(result, which, &cursor->tables[at])
                                    : relocost_simulation_table(simulation, which, &cursor->tables[at]);
        if (status == RELOCOST_OK) {
            status = relocost_table_rows(cursor->tables[at], &cursor->rows[at]);
        }
    }
    relocost_simulation_free(simulation);
    relocost_result_free(result);
    relocost_scenario_free(scenario);
    relocost_programme_free(programme);
    if (status == RELOCOST_INTERRUPTED) {
        relocost_error_free(error);
        return SQLITE_INTERRUPT;
    }
    if (status != RELOCOST_OK) {
        sqlite3_free(base->pVtab->zErrMsg);
        base->pVtab->zErrMsg = explain(status, error);
        return SQLITE_ERROR;
    }
    settle(cursor);
    return SQLITE_OK;
}

static int next(sqlite3_vtab_cursor *base) {
    struct cursor *cursor = (struct cursor *)base;
    cursor->row++;
    cursor->id++;
    settle(cursor);
    return SQLITE_OK;
}

static int at_end(sqlite3_vtab_cursor *base) {
    struct cursor *cursor = (struct cursor *)base;
    return cursor->part >= shape_of(cursor)->part_count;
}

static int row_id(sqlite3_vtab_cursor *base, sqlite3_int64 *id) {
    *id = ((struct cursor *)base)->id;
    return SQLITE_OK;
}

static int read_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int index) {
    struct cursor *cursor = (struct cursor *)base;
    const struct shape *shape = shape_of(cursor);
    const struct part *part = &shape->parts[cursor->part];
    const relocost_table *table = cursor->tables[cursor->part];
    relocost_status status = RELOCOST_OK;
    relocost_money money;
    int64_t integer = 0;
    double real = 0;
    size_t place = 0;
    char text[4096];
    if (index >= shape->column_count) {
        return SQLITE_OK; /* an argument, which SQLite has */
    }
    const struct column *column = &shape->columns[index];
    if (column->as == AS_PART) {
        sqlite3_result_text(context, part->name, -1, SQLITE_STATIC);
        return SQLITE_OK;
    }
    if (column->as == AS_MARK) {
        sqlite3_result_int(context, 1);
        return SQLITE_OK;
    }
    if (column->as == AS_CURRENCY) {
        status = relocost_table_currency(table, &money);
        if (status == RELOCOST_OK) {
            sqlite3_result_text(context, money.currency, -1, SQLITE_TRANSIENT);
        }
    } else {
        const char *name = column->as == AS_KEY ? part->key : column->name;
        if (part->extra != NULL && column->name != NULL && strcmp(column->name, "extra") == 0) {
            name = part->extra;
        }
        if (relocost_table_find(table, name, strlen(name), &place) != RELOCOST_OK) {
            return SQLITE_OK; /* this part has no such column: NULL */
        }
        switch (column->as) {
        case AS_INTEGER:
            status = relocost_table_integer(table, cursor->row, place, &integer);
            break;
        case AS_MINOR:
            status = relocost_table_money(table, cursor->row, place, &money);
            integer = status == RELOCOST_OK ? money.minor : 0;
            break;
        case AS_REAL:
            status = relocost_table_double_for_charts(table, cursor->row, place, &real);
            break;
        default:
            status = relocost_table_copy_text(table, cursor->row, place, text, sizeof text, NULL);
            break;
        }
        if (status == RELOCOST_NO_VALUE) {
            return SQLITE_OK;
        }
        if (status == RELOCOST_SHORT_BUFFER) {
            /* Only a source may be so long; it lives in the table. */
            relocost_text long_text;
            status = relocost_table_text(table, cursor->row, place, &long_text);
            if (status == RELOCOST_OK) {
                sqlite3_result_text64(context, long_text.data, long_text.length, SQLITE_TRANSIENT, SQLITE_UTF8);
                return SQLITE_OK;
            }
        }
        if (status == RELOCOST_OK && (column->as == AS_INTEGER || column->as == AS_MINOR)) {
            sqlite3_result_int64(context, integer);
        } else if (status == RELOCOST_OK && column->as == AS_REAL) {
            sqlite3_result_double(context, real);
        } else if (status == RELOCOST_OK) {
            sqlite3_result_text(context, text, -1, SQLITE_TRANSIENT);
        }
    }
    if (status != RELOCOST_OK) {
        answer_error(context, status, NULL);
        return SQLITE_ERROR;
    }
    return SQLITE_OK;
}

/* By their names, since later versions of SQLite have more of them. */
static sqlite3_module MODULE = {
    .xConnect = connect,
    .xBestIndex = best_index,
    .xDisconnect = disconnect,
    .xOpen = open_cursor,
    .xClose = close_cursor,
    .xFilter = filter,
    .xNext = next,
    .xEof = at_end,
    .xColumn = read_column,
    .xRowid = row_id,
};

#ifdef _WIN32
__declspec(dllexport)
#else
__attribute__((visibility("default")))
#endif
/* The entry point, named after the file relocost_sqlite as SQLite derives it. */
int sqlite3_relocostsqlite_init(sqlite3 *db, char **message, const sqlite3_api_routines *routines);

int sqlite3_relocostsqlite_init(sqlite3 *db, char **message, const sqlite3_api_routines *routines) {
    static const struct {
        const char *name;
        int arguments;
        int in_minor;
        void (*function)(sqlite3_context *, int, sqlite3_value **);
    } FUNCTIONS[] = {
        {"relocost_premium", 1, 0, premium},   {"relocost_total", 2, 0, total},       {"relocost_total_minor", 2, 1, total},
        {"relocost_estimate", 1, 0, estimate}, {"relocost_estimate", 2, 0, estimate},
    };
    SQLITE_EXTENSION_INIT2(routines);
    if (relocost_abi_version() != RELOCOST_ABI_VERSION) {
        *message = sqlite3_mprintf("relocost_sqlite was built for another version of librelocost");
        return SQLITE_ERROR;
    }
    /* The same text gives the same figures, and nothing else is read or changed. */
    const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    int code = SQLITE_OK;
    for (size_t at = 0; at < sizeof FUNCTIONS / sizeof *FUNCTIONS && code == SQLITE_OK; at++) {
        code = sqlite3_create_function_v2(db, FUNCTIONS[at].name, FUNCTIONS[at].arguments, flags,
                                          FUNCTIONS[at].in_minor ? (void *)&MODULE : NULL, FUNCTIONS[at].function, NULL,
                                          NULL, NULL);
    }
    if (code == SQLITE_OK) {
        code = sqlite3_create_module_v2(db, "relocost_ledger", &MODULE, (void *)&LEDGER, NULL);
    }
    if (code == SQLITE_OK) {
        code = sqlite3_create_module_v2(db, "relocost_comparison", &MODULE, (void *)&COMPARISON, NULL);
    }
    if (code == SQLITE_OK) {
        code = sqlite3_create_module_v2(db, "relocost_simulation", &MODULE, (void *)&SIMULATION, NULL);
    }
    if (code == SQLITE_OK) {
        code = sqlite3_create_module_v2(db, "relocost_futures", &MODULE, (void *)&FUTURES, NULL);
    }
    return code;
}
