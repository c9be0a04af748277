/* The futures of programmes: figures against their JSON, their tables and the run without chance, the same bits in any threads
 * and parts, wrong inputs, and progress. */
#include "check.h"
#include <math.h>

/* Fewer rounds than usual: everything takes long. */
#ifdef ROUNDS
#define DRAWS 40
#else
#define DRAWS 200
#endif
#define EARLY (DRAWS / 3)

#define PROGRAMME                                                                                                \
    "schema = 1\ncatalogue = \"reference\"\n"                                                                    \
    "programme = { first_fiscal_year = 2026, fiscal_years = 2, ceiling = { regular_budget = { default = 90000 } } }\n" \
    "cases = [{ members = [{ age = 34 }], arrives = \"2025-06\" },\n"                                            \
    "  { members = [{ age = 41 }, { age = 9 }], arrives = \"2026-02\", count = 2 }]\n"                           \
    "arrivals = [{ members = [{ age = 34 }], per_year = 3 }]\n"                                                  \
    "uncertain = [{ parameter = \"lines.rent.amount\",\n"                                                        \
    "  distribution = { normal = { mean = \"950\", sd = \"900\" } } }]\n"                                        \
    "[[agreements]]\nid = \"north\"\nlabel = \"North\"\nfrom = \"2026-03\"\nplaces_per_year = 2\n"               \
    "slip = { uniform = { low = 0, high = 6 } }\nrefusal = { probability = \"0.3\", after_months = 2 }\n"        \
    "[[agreements]]\nid = \"south\"\nlabel = \"South\"\nsigned = true\n"                                         \
    "grants = [{ month = \"2026-05\", places = 1 }]\nprocessing = { discrete = { values = [1, 4], weights = [1, 1] } }\n"

static relocost_programme *read_text(const char *text) {
    relocost_programme *programme = NULL;
    relocost_error *error = NULL;
    if (relocost_programme_from_text(text, strlen(text), NULL, &programme, &error) != RELOCOST_OK) {
        char buffer[4096];
        OK(relocost_error_text(error, buffer, sizeof buffer, NULL));
        fprintf(stderr, "%s\n", buffer);
        exit(1);
    }
    return programme;
}

static relocost_simulate_options few_draws(void) {
    relocost_simulate_options options;
    memset(&options, 0, sizeof options);
    options.size = sizeof options;
    options.draws = DRAWS;
    options.seed = 7;
    return options;
}

static char *json_of(const relocost_simulation *simulation) {
    size_t required = 0;
    IS(relocost_simulation_write(simulation, RELOCOST_JSON, NULL, 0, &required, NULL), RELOCOST_SHORT_BUFFER);
    char *text = malloc(required);
    CHECK(text != NULL);
    OK(relocost_simulation_write(simulation, RELOCOST_JSON, text, required, NULL, NULL));
    return text;
}

static relocost_statistics statistics_of(const relocost_simulation *simulation, const char *figure, const char *key) {
    relocost_statistics statistics;
    memset(&statistics, 0, sizeof statistics);
    statistics.size = sizeof statistics;
    IS(relocost_simulation_statistics(simulation, figure, strlen(figure), key, strlen(key), &statistics), RELOCOST_OK);
    return statistics;
}

static relocost_status status_of(const relocost_simulation *simulation, const char *figure, const char *key) {
    relocost_statistics statistics;
    statistics.size = sizeof statistics;
    return relocost_simulation_statistics(simulation, figure, strlen(figure), key, strlen(key), &statistics);
}

/* The place behind some keys, each looked for behind the one before. */
static const char *at(const char *json, const char *const *keys) {
    for (; *keys != NULL; keys++) {
        char quoted[64];
        sprintf(quoted, "\"%s\":", *keys);
        json = strstr(json, quoted);
        CHECK(json != NULL);
        json += strlen(quoted);
    }
    return json;
}
#define AT(json, ...) at(json, (const char *const[]){__VA_ARGS__, NULL})
#define NUMBER(json, ...) strtod(AT(json, __VA_ARGS__), NULL)

static void like_json(const relocost_simulation *simulation, const char *from, const char *figure, const char *key) {
    relocost_statistics found = statistics_of(simulation, figure, key);
    char exact[64], quoted[80];
    CHECK(found.mean == NUMBER(from, "mean") && found.sd == NUMBER(from, "sd") && found.se == NUMBER(from, "se"));
    CHECK(found.p50 == NUMBER(from, "0.5") && found.p80 == NUMBER(from, "0.8") && found.p95 == NUMBER(from, "0.95"));
    CHECK(found.least <= found.p50 && found.p50 <= found.p80 && found.p80 <= found.p95 && found.sd > 0);
    relocost_status without_chance = relocost_simulation_ledger(simulation, figure, strlen(figure), key, strlen(key), 0, exact,
                                                                sizeof exact, NULL);
    if (without_chance == RELOCOST_NO_VALUE) {
        sprintf(quoted, "null");
    } else {
        OK(without_chance);
        sprintf(quoted, "\"%s\"", exact);
    }
    CHECK(strncmp(AT(from, "deterministic"), quoted, strlen(quoted)) == 0);
}

static const char *cell(const relocost_table *table, size_t row, const char *name, char *buffer) {
    relocost_status status = relocost_table_copy_text(table, row, column(table, name), buffer, 64, NULL);
    if (status == RELOCOST_NO_VALUE) {
        return NULL;
    }
    OK(status);
    return buffer;
}

static double number(const relocost_table *table, size_t row, const char *name) {
    double found = 0;
    OK(relocost_table_double_for_charts(table, row, column(table, name), &found));
    return found;
}

/* Every row of a table is the figure of its name. */
static void like_table(const relocost_simulation *simulation, uint32_t which, size_t least) {
    relocost_table *table = NULL;
    size_t rows = 0;
    OK(relocost_simulation_table(simulation, which, &table));
    OK(relocost_table_rows(table, &rows));
    CHECK(rows >= least);
    for (size_t row = 0; row < rows; row++) {
        char of[64], name[64], year[64], fund[64], mean[64], figure[160], key[160];
        const char *agreement = cell(table, row, "agreement", name);
        CHECK(cell(table, row, "figure", of) != NULL);
        if (which == RELOCOST_TABLE_FUTURES) {
            const char *in = cell(table, row, "fiscal_year", year), *by = cell(table, row, "fund", fund);
            sprintf(figure, "%s%s%s", of, agreement == NULL ? "" : ".", agreement == NULL ? "" : agreement);
            sprintf(key, "%s%s%s%s", in == NULL ? (by == NULL ? "total" : "") : in, in != NULL && by != NULL ? "." : "",
                    by == NULL ? "" : "by_fund.", by == NULL ? "" : by);
        } else {
            sprintf(figure, agreement == NULL ? "waiting" : "agreements.%s", name);
            sprintf(key, "%s", of);
        }
        if (cell(table, row, "mean", mean) == NULL) {
            CHECK(strncmp(key, "given_within.", 13) == 0);
            IS(status_of(simulation, figure, key), RELOCOST_NO_VALUE);
            continue;
        }
        relocost_statistics found = statistics_of(simulation, figure, key);
        CHECK(found.mean == number(table, row, "mean") && found.sd == number(table, row, "sd"));
        CHECK(found.se == number(table, row, "se") && found.p50 == number(table, row, "p50"));
        CHECK(found.p80 == number(table, row, "p80") && found.p95 == number(table, row, "p95"));
    }
    relocost_table_free(table);
}

static void values(void) {
    relocost_programme *programme = read_text(PROGRAMME);
    relocost_simulate_options options = few_draws();
    relocost_simulation *simulation = NULL;
    relocost_table *table = NULL, *budget = NULL;
    relocost_result *run = NULL;
    uint64_t draws = 0, seed = 0;
    size_t rows = 0, required = 0;
    int64_t moved = 0;
    double value = 0, share = 0;
    char buffer[64], other[64];

    OK(relocost_programme_simulate(programme, &options, &simulation, NULL));
    char *json = json_of(simulation);
    like_json(simulation, AT(json, "lines", "as_planned", "total"), "as_planned", "total");
    like_json(simulation, AT(json, "lines", "as_signed", "by_fiscal_year", "2027"), "as_signed", "2027");
    like_json(simulation, AT(json, "lines", "all_settled", "by_fund", "regular_budget"), "all_settled", "by_fund.regular_budget");
    like_json(simulation, AT(json, "extra", "by_fiscal_year_and_fund", "2027", "regular_budget"), "extra",
              "2027.by_fund.regular_budget");
    like_json(simulation, AT(json, "joint", "total"), "joint", "total");
    like_json(simulation, AT(json, "last", "north", "by_fiscal_year", "2027"), "last.north", "2027");
    like_json(simulation, AT(json, "ceiling", "regular_budget", "2027", "excess"), "ceiling.regular_budget", "2027");
    like_json(simulation, AT(json, "waiting", "given_within", "12"), "waiting", "given_within.12");
    like_json(simulation, AT(json, "waiting", "still_waiting"), "waiting", "still_waiting");
    /* "agreements" names no table of the queue before its own. */
    like_json(simulation, AT(strstr(json, "\"agreements\":"), "north", "refused"), "agreements.north", "refused");
    like_table(simulation, RELOCOST_TABLE_FUTURES, 30);
    like_table(simulation, RELOCOST_TABLE_FUTURE_WAITING, 11);

    OK(relocost_simulation_table(simulation, RELOCOST_TABLE_FUTURE_CEILINGS, &table));
    OK(relocost_table_rows(table, &rows));
    CHECK(rows == 2);
    CHECK(number(table, 1, "mean_excess") == statistics_of(simulation, "ceiling.regular_budget", "2027").mean);
    /* The share above the ceiling is that of the fund's own draws, within the width of what is counted. */
    OK(relocost_simulation_exceedance(simulation, TEXT("as_planned"), TEXT("2027.by_fund.regular_budget"), 90000, &share));
    CHECK(fabs(share - number(table, 1, "above")) < 0.05 && share > 0);
    relocost_table_free(table);
    OK(relocost_simulation_table(simulation, RELOCOST_TABLE_MOVED, &table));
    OK(relocost_table_integer(table, 0, column(table, "moved"), &moved));
    CHECK(moved > 0 && moved < DRAWS);
    relocost_table_free(table);
    table = NULL;
    IS(relocost_simulation_table(simulation, RELOCOST_TABLE_STATISTICS, &table), RELOCOST_NOT_OF_THIS_RESULT);
    IS(relocost_simulation_table(simulation, RELOCOST_TABLE_BUDGET, &table), RELOCOST_NOT_OF_THIS_RESULT);
    CHECK(table == NULL);

    /* Beside the draws stands what the run comes to. */
    OK(relocost_programme_run(programme, 0, NULL, &run, NULL));
    OK(relocost_result_table(run, RELOCOST_TABLE_BUDGET_YEARS, &budget));
    OK(relocost_table_copy_text(budget, 1, column(budget, "as_planned"), buffer, sizeof buffer, NULL));
    OK(relocost_simulation_ledger(simulation, TEXT("as_planned"), TEXT("2027"), 0, other, sizeof other, NULL));
    CHECK(strcmp(buffer, other) == 0);
    relocost_table_free(budget);
    relocost_result_free(run);
    IS(relocost_simulation_ledger(simulation, TEXT("as_planned"), TEXT("2027"), 1, other, sizeof other, NULL),
       RELOCOST_NO_VALUE);

    /* A curve of what suffices in a year. */
    relocost_statistics year = statistics_of(simulation, "as_planned", "2027");
    double before = year.least;
    CHECK(year.draws == DRAWS);
    for (int twentieth = 1; twentieth < 20; twentieth++) {
        OK(relocost_simulation_quantile(simulation, TEXT("as_planned"), TEXT("2027"), twentieth / 20.0, &value));
        CHECK(value >= before && value <= year.most);
        CHECK(twentieth != 16 || value == year.p80);
        before = value;
    }
    OK(relocost_simulation_expected_shortfall(simulation, TEXT("as_planned"), TEXT("2027"), 0.95, &value));
    CHECK(value == year.expected_shortfall_95 && value >= year.p95);

    OK(relocost_simulation_draws(simulation, &draws));
    OK(relocost_simulation_seed(simulation, &seed));
    CHECK(draws == DRAWS && seed == 7);
    OK(relocost_simulation_text(simulation, RELOCOST_FIGURE_CURRENCY, buffer, sizeof buffer, NULL));
    CHECK(strcmp(buffer, "EUR") == 0);
    OK(relocost_simulation_text(simulation, RELOCOST_FIGURE_START, buffer, sizeof buffer, NULL));
    CHECK(strcmp(buffer, "2026-01") == 0);
    IS(relocost_simulation_text(simulation, RELOCOST_FIGURE_BASE, buffer, sizeof buffer, NULL), RELOCOST_NOT_OF_THIS_RESULT);
    const char *starts[] = {"{\"schema\":1,\"internal\":true", "figure,", "What chance does", "Ce que le hasard", "<div", "<div"};
    for (uint32_t form = RELOCOST_JSON; form <= RELOCOST_HTML_FR; form++) {
        IS(relocost_simulation_write(simulation, form, NULL, 0, &required, NULL), RELOCOST_SHORT_BUFFER);
        char *text = malloc(required);
        OK(relocost_simulation_write(simulation, form, text, required, NULL, NULL));
        CHECK(strstr(text, starts[form]) == text);
        free(text);
    }
    IS(relocost_simulation_write(simulation, RELOCOST_TOML, NULL, 0, NULL, NULL), RELOCOST_UNKNOWN_CHOICE);

    /* What only a scenario's simulation has, and figures that there are not. */
    relocost_band_shares shares;
    shares.size = sizeof shares;
    IS(relocost_simulation_band(simulation, &shares), RELOCOST_NOT_OF_THIS_RESULT);
    IS(relocost_simulation_kept_draws(simulation, TEXT("extra"), TEXT("total"), &value, 1, NULL), RELOCOST_NOT_OF_THIS_RESULT);
    IS(relocost_simulation_kept_draws(simulation, TEXT("extra"), TEXT("2099"), &value, 1, NULL), RELOCOST_UNKNOWN_FIGURE);
    const char *none[][2] = {
        {"permanent", "total"}, {"premium", "total"},        {"as_planned", "2099"},  {"as_planned", "by_fund.nobody"},
        {"joint", "housing"},   {"as_planned", "2027.nobody"}, {"last.west", "total"}, {"last", "total"},
        {"ceiling", "2027"},    {"ceiling.nobody", "2027"},  {"ceiling.regular_budget", "total"},
        {"waiting", "total"},   {"waiting", "given_within.7"}, {"agreements.west", "lapsed"}, {"agreements.north", "total"},
        {"as_planned.total", "total"}, {"as_planned", "2027.by_fund.nobody"}, {"", ""},
    };
    for (size_t at_row = 0; at_row < sizeof none / sizeof *none; at_row++) {
        IS(status_of(simulation, none[at_row][0], none[at_row][1]), RELOCOST_UNKNOWN_FIGURE);
    }
    free(json);
    relocost_simulation_free(simulation);
    relocost_programme_free(programme);
}

static void threads_and_parts(void) {
    relocost_programme *programme = read_text(PROGRAMME);
    relocost_simulate_options options = few_draws();
    relocost_simulation *simulation = NULL, *again = NULL;
    relocost_part *late = NULL, *early = NULL, *read = NULL, *whole = NULL;
    uint64_t draws = 0;
    size_t length = 0;

    for (uint32_t sampling = RELOCOST_SAMPLING_RANDOM; sampling <= RELOCOST_SAMPLING_SOBOL; sampling++) {
        options.sampling = sampling;
        options.threads = 1;
        OK(relocost_programme_simulate(programme, &options, &simulation, NULL));
        char *one = json_of(simulation);
        relocost_simulation_free(simulation);
        options.threads = 3;
        OK(relocost_programme_simulate(programme, &options, &simulation, NULL));
        char *other = json_of(simulation);
        relocost_simulation_free(simulation);
        CHECK(strcmp(one, other) == 0);
        free(other);

        OK(relocost_programme_simulate_range(programme, EARLY, DRAWS - EARLY, &options, &late, NULL));
        OK(relocost_programme_simulate_range(programme, 0, EARLY, &options, &early, NULL));
        IS(relocost_part_to_bytes(late, NULL, 0, &length), RELOCOST_SHORT_BUFFER);
        char *bytes = malloc(length);
        OK(relocost_part_to_bytes(late, bytes, length, NULL));
        OK(relocost_part_from_bytes(bytes, length, &read, NULL));
        free(bytes);
        OK(relocost_part_merge(read, early, &whole, NULL));
        OK(relocost_part_draws(whole, &draws));
        CHECK(draws == DRAWS);
        OK(relocost_programme_simulation_of_part(programme, &options, whole, &again, NULL));
        other = json_of(again);
        CHECK(strcmp(one, other) == 0);
        free(one);
        free(other);
        relocost_simulation_free(again);

        /* Draws that lack, stand twice, or are of another simulation. */
        IS(relocost_programme_simulation_of_part(programme, &options, late, &again, NULL), RELOCOST_OUT_OF_RANGE);
        relocost_part_free(read);
        IS(relocost_part_merge(whole, early, &read, NULL), RELOCOST_DUPLICATE);
        CHECK(read == NULL);
        options.seed = 8;
        IS(relocost_programme_simulation_of_part(programme, &options, whole, &again, NULL), RELOCOST_CONFLICT);
        options.seed = 7;
        relocost_scenario *scenario = family();
        IS(relocost_simulation_of_part(scenario, &options, whole, &again, NULL), RELOCOST_CONFLICT);
        relocost_part *of_scenario = NULL;
        OK(relocost_simulate_range(scenario, 0, DRAWS, &options, &of_scenario, NULL));
        IS(relocost_programme_simulation_of_part(programme, &options, of_scenario, &again, NULL), RELOCOST_CONFLICT);
        CHECK(again == NULL);
        relocost_part_free(of_scenario);
        relocost_scenario_free(scenario);
        relocost_part_free(late);
        relocost_part_free(early);
        relocost_part_free(whole);
    }
    relocost_programme_free(programme);
}

struct told {
    uint64_t times, done, total;
    int stop;
};

static int tell(void *user, uint64_t done, uint64_t total) {
    struct told *told = user;
    CHECK(done >= told->done && (total == 0 || done <= total));
    told->times++;
    told->done = done;
    told->total = total;
    return told->stop;
}

static void wrong_and_cancelled(void) {
    relocost_programme *programme = read_text(PROGRAMME);
    relocost_scenario *scenario = family();
    relocost_simulate_options options = few_draws();
    relocost_simulation *simulation = NULL;
    relocost_part *part = NULL;
    relocost_error *error = NULL;
    char buffer[1024];

    struct told told = {0, 0, 0, 0};
    options.progress = tell;
    options.user = &told;
    OK(relocost_programme_simulate(programme, &options, &simulation, NULL));
    CHECK(told.times > 1 && told.done == DRAWS && told.total == DRAWS);
    relocost_simulation_free(simulation);
    simulation = NULL;
    struct told stopped = {0, 0, 0, 1};
    options.user = &stopped;
    IS(relocost_programme_simulate(programme, &options, &simulation, &error), RELOCOST_INTERRUPTED);
    CHECK(simulation == NULL && stopped.times == 1 && error != NULL);
    relocost_error_free(error);
    memset(&stopped, 0, sizeof stopped);
    stopped.stop = 1;
    IS(relocost_programme_simulate_range(programme, 0, DRAWS, &options, &part, NULL), RELOCOST_INTERRUPTED);
    CHECK(part == NULL && stopped.times == 1);

    options = few_draws();
    options.sampling = 3;
    IS(relocost_programme_simulate(programme, &options, &simulation, NULL), RELOCOST_UNKNOWN_CHOICE);
    options = few_draws();
    options.draws = ((uint64_t)1 << 36) + 1;
    IS(relocost_programme_simulate(programme, &options, &simulation, NULL), RELOCOST_OUT_OF_RANGE);
    options = few_draws();
    IS(relocost_programme_simulate_range(programme, DRAWS, 1, &options, &part, NULL), RELOCOST_OUT_OF_RANGE);
    IS(relocost_programme_simulate_range(programme, 0, 0, &options, &part, NULL), RELOCOST_OUT_OF_RANGE);
    IS(relocost_programme_simulate_range(programme, UINT64_MAX, UINT64_MAX, &options, &part, NULL), RELOCOST_OUT_OF_RANGE);
    options.size = 3;
    IS(relocost_programme_simulate(programme, &options, &simulation, NULL), RELOCOST_WRONG_SIZE);
    options = few_draws();
    IS(relocost_programme_simulate(NULL, &options, &simulation, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_programme_simulate(programme, &options, NULL, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_programme_simulation_of_part(programme, &options, NULL, &simulation, NULL), RELOCOST_NULL_POINTER);
    IS(relocost_programme_simulate((relocost_programme *)scenario, &options, &simulation, NULL), RELOCOST_WRONG_HANDLE);
    IS(relocost_simulate((relocost_scenario *)programme, &options, &simulation, NULL), RELOCOST_WRONG_HANDLE);
    CHECK(simulation == NULL && part == NULL);
    relocost_programme_free(programme);

    /* What only chance finds: an error shows no agreement and no household. */
    programme = read_text(
        "schema = 1\ncatalogue = \"reference\"\nprogramme = { first_fiscal_year = 2026, fiscal_years = 1 }\n"
        "arrivals = [{ members = [{ age = 34 }], per_year = 1000000 }]\n");
    IS(relocost_programme_simulate(programme, &options, &simulation, &error), RELOCOST_TOO_MANY);
    OK(relocost_error_text(error, buffer, sizeof buffer, NULL));
    CHECK(strstr(buffer, "arrivals[0].per_year") != NULL);
    relocost_error_free(error);
    relocost_programme_free(programme);

    /* Where nothing is left to chance every future is the run. */
    programme = read_text(
        "schema = 1\ncatalogue = \"reference\"\nlines = [{ id = \"hospital-uninsured\", drop = true }]\n"
        "programme = { first_fiscal_year = 2026, fiscal_years = 1 }\n"
        "cases = [{ members = [{ age = 34 }], arrives = \"2026-01\" }]\n");
    OK(relocost_programme_simulate(programme, &options, &simulation, NULL));
    relocost_statistics total = statistics_of(simulation, "as_planned", "total");
    OK(relocost_simulation_ledger(simulation, TEXT("as_planned"), TEXT("total"), 0, buffer, sizeof buffer, NULL));
    CHECK(total.least == total.most && fabs(total.mean - strtod(buffer, NULL)) < 1);
    IS(status_of(simulation, "waiting", "given_within.24"), RELOCOST_NO_VALUE);
    relocost_simulation_free(simulation);
#ifndef ROUNDS
    /* Without options there are as many futures as usual. */
    uint64_t draws = 0;
    OK(relocost_programme_simulate(programme, NULL, &simulation, NULL));
    OK(relocost_simulation_draws(simulation, &draws));
    CHECK(draws == 10000);
    relocost_simulation_free(simulation);
#endif
    relocost_programme_free(programme);
    relocost_scenario_free(scenario);
}

int main(void) {
    values();
    threads_and_parts();
    wrong_and_cancelled();
    return 0;
}
