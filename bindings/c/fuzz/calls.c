/*
 * A fuzz target: the fuzzer's bytes are a program of calls of the library, in any order, with right and wrong handles,
 * texts, lengths, buffers and options. After each call it holds what the header promises (hold.h, tables.h). It passes
 * nothing that the header calls undefined. `bash bindings/c/fuzz/run` builds and runs it.
 */
#include "tables.h"

/* A run has at most so many calls. */
#define MOST_CALLS 16

enum kind { SCENARIO, RESULT, TABLE, ERROR, SIMULATION, PART, KINDS };

/* A byte below this many chooses among what there was before simulations, so that what was found stays found. */
#define BEFORE 220
#define KINDS_BEFORE SIMULATION
#define PLACES 3

/* The handles that the program holds, and scenarios to ask about, whatever was done with those: read once, since that
 * takes longer than most calls. */
static void *held[KINDS][PLACES];
static relocost_scenario *lasting[PLACES];

static void free_as(enum kind kind, void *handle) {
    switch (kind) {
    case SCENARIO:
        relocost_scenario_free(handle);
        break;
    case RESULT:
        relocost_result_free(handle);
        break;
    case TABLE:
        relocost_table_free(handle);
        break;
    case SIMULATION:
        relocost_simulation_free(handle);
        break;
    case PART:
        relocost_part_free(handle);
        break;
    default:
        relocost_error_free(handle);
        break;
    }
}

static void hold(enum kind kind, void *handle) {
    void **place = &held[kind][byte() % PLACES];
    free_as(kind, *place);
    *place = handle;
}

/* A handle to pass, now and then NULL or of another kind; `fits` says whether it may work. */
static void *handle(enum kind kind, int *fits) {
    uint8_t which = byte();
    enum kind other = kind;
    if (which < 6) {
        other = kind < KINDS_BEFORE ? (kind + 1 + which % 3) % KINDS_BEFORE : which % KINDS_BEFORE;
    } else if (which < 8) {
        other = kind == SIMULATION ? PART : SIMULATION;
    }
    void *passed = which >= 250 ? NULL : held[other][which % PLACES];
    if (which < 250 && other == SCENARIO && (passed == NULL || which % 2 == 0)) {
        passed = lasting[which / 2 % PLACES];
    }
    *fits = passed != NULL && other == kind;
    return passed;
}

/* Where a call puts a handle and an error: the places, or NULL, or such as are not aligned. */
struct outputs {
    void *made;
    relocost_error *error;
    void **to;
    relocost_error **error_to;
    char odd[4 * sizeof(void *)];
};

static void *place(void *right, char *odd, uint8_t way) {
    return way < 246 ? right : way < 251 ? NULL : odd + 1 + (way & 1);
}

static void prepare(struct outputs *out) {
    memset(out, UNTOUCHED, sizeof *out);
    out->to = place(&out->made, out->odd, byte());
    out->error_to = place(&out->error, out->odd + 2 * sizeof(void *), byte());
}

/* A handle is there after success and only then, an error after failure and only then. Keeps both. */
static void settle(struct outputs *out, enum kind kind, relocost_status status) {
    known(status);
    HOLDS(status != RELOCOST_SHORT_BUFFER);
    if (out->to == &out->made) {
        HOLDS((out->made != NULL) == (status == RELOCOST_OK));
        hold(kind, out->made);
    } else {
        HOLDS(status != RELOCOST_OK);
    }
    if (out->error_to == &out->error) {
        HOLDS((out->error != NULL) == (status != RELOCOST_OK));
        if (out->error != NULL) {
            error_holds(out->error, status);
            hold(ERROR, out->error);
        }
    } else if (out->error_to != NULL) {
        HOLDS(status == RELOCOST_MISALIGNED);
    }
    untouched(out->odd, sizeof out->odd);
}

static void call_scenario_from_text(void) {
    struct outputs out;
    relocost_load_options options;
    int refused;
    prepare(&out);
    memset(&options, 0, sizeof options);
    options.size = sizeof options;
    options.show_values = rarely(32);
    relocost_text text = any_document();
    if (rarely(96)) {
        options.catalogue = rarely(64) ? any_document() : document(PRICES);
    }
    const void *passed = options_as_passed(&options, sizeof options, &refused);
    relocost_status status = relocost_scenario_from_text(text.data, text.length, passed, (relocost_scenario **)out.to,
                                                         out.error_to);
    HOLDS(status != RELOCOST_OK || !refused);
    settle(&out, SCENARIO, status);
}

static relocost_text file_path(void) {
    return rarely(32) ? name() : passed(text_of(FILES[byte() % COUNT(FILES)]));
}

static void call_scenario_from_file(void) {
    struct outputs out;
    relocost_load_options options;
    relocost_text folders[2];
    int refused;
    prepare(&out);
    memset(&options, 0, sizeof options);
    options.size = sizeof options;
    relocost_text path = file_path();
    if (rarely(64)) {
        for (size_t at = 0; at < COUNT(folders); at++) {
            folders[at] = name();
        }
        options.catalogue_folder_count = rarely(16) ? SIZE_MAX - byte() : byte() % (COUNT(folders) + 1);
        options.catalogue_folders = rarely(16) ? NULL : copy_of(folders, sizeof folders);
    }
    if (rarely(64)) {
        options.catalogue = file_path();
    }
    const void *passed = options_as_passed(&options, sizeof options, &refused);
    relocost_status status = relocost_scenario_from_file(path.data, path.length, passed, (relocost_scenario **)out.to,
                                                         out.error_to);
    HOLDS(status != RELOCOST_OK || !refused);
    settle(&out, SCENARIO, status);
}

/* A handle with what is asked about it. */
struct about {
    const void *handle;
    uint32_t which;
    relocost_text text;
};

static relocost_status copy_scenario(const void *of, char *buffer, size_t capacity, size_t *required,
                                     relocost_error **error) {
    const struct about *about = of;
    return relocost_scenario_write(about->handle, about->which, buffer, capacity, required, error);
}

static relocost_status copy_result(const void *of, char *buffer, size_t capacity, size_t *required,
                                   relocost_error **error) {
    const struct about *about = of;
    return relocost_result_write(about->handle, about->which, buffer, capacity, required, error);
}

static relocost_status copy_parameter(const void *of, char *buffer, size_t capacity, size_t *required,
                                      relocost_error **error) {
    const struct about *about = of;
    return relocost_scenario_parameter(about->handle, about->text.data, about->text.length, buffer, capacity, required, error);
}

static relocost_status copy_comparison(const void *of, char *buffer, size_t capacity, size_t *required,
                                       relocost_error **error) {
    const struct about *about = of;
    return relocost_compare_text(about->text.data, about->text.length, about->which, buffer, capacity, required, error);
}

static int same(relocost_text one, relocost_text other) {
    return one.length == other.length && (one.length == 0 || memcmp(one.data, other.data, one.length) == 0);
}

/* A written form can be read, and says the same. */
static void call_scenario_write(void) {
    int fits;
    relocost_status status;
    struct about about = {handle(SCENARIO, &fits), RELOCOST_JSON, {NULL, 0}}, other = about;
    relocost_scenario *read = NULL;
    if (rarely(32)) {
        about.which = byte();
    }
    relocost_text text = copied(copy_scenario, &about, 1, &status);
    HOLDS(status != RELOCOST_OK || fits);
    if (status == RELOCOST_OK) {
        other.which = RELOCOST_TOML;
        relocost_text toml = copied(copy_scenario, &other, 1, &status);
        HOLDS(status == RELOCOST_OK);
        HOLDS(relocost_scenario_from_text(toml.data, toml.length, NULL, &read, NULL) == RELOCOST_OK);
        other.handle = read;
        other.which = about.which;
        HOLDS(same(text, copied(copy_scenario, &other, 1, &status)));
        relocost_scenario_free(read);
    }
}

static void call_scenario_with(void) {
    struct outputs out;
    struct about about;
    int fits;
    relocost_status status;
    prepare(&out);
    about.handle = handle(SCENARIO, &fits);
    about.text = name();
    relocost_text value = number();
    status = relocost_scenario_with(about.handle, about.text.data, about.text.length, value.data, value.length,
                                   (relocost_scenario **)out.to, out.error_to);
    HOLDS(status != RELOCOST_OK || fits);
    if (status == RELOCOST_OK) {
        /* The scenario itself stays as it is; the changed one has the parameter. */
        copied(copy_parameter, &about, 1, &status);
        HOLDS(status == RELOCOST_OK);
        about.handle = out.made;
        copied(copy_parameter, &about, 1, &status);
        HOLDS(status == RELOCOST_OK);
    }
    settle(&out, SCENARIO, status);
}

static void call_scenario_parameter(void) {
    int fits;
    relocost_status status;
    struct about about = {handle(SCENARIO, &fits), 0, {NULL, 0}};
    about.text = name();
    copied(copy_parameter, &about, 1, &status);
    HOLDS(status != RELOCOST_OK || fits);
}

static void call_scenario_variant(void) {
    struct outputs out;
    int fits;
    prepare(&out);
    const relocost_scenario *scenario = handle(SCENARIO, &fits);
    relocost_text variant = name();
    relocost_status status = relocost_scenario_variant(scenario, variant.data, variant.length, (relocost_scenario **)out.to,
                                                       out.error_to);
    HOLDS(status != RELOCOST_OK || fits);
    settle(&out, SCENARIO, status);
}

static void call_scenario_warnings(void) {
    struct outputs out;
    int fits;
    prepare(&out);
    out.error_to = NULL;
    relocost_status status = relocost_scenario_warnings(handle(SCENARIO, &fits), (relocost_error **)out.to);
    HOLDS(status != RELOCOST_OK || fits);
    if (status == RELOCOST_OK) {
        findings_hold(out.made, 0);
    }
    settle(&out, ERROR, status);
}

static relocost_status copy_figure_of_scenario(const void *of, char *buffer, size_t capacity, size_t *required,
                                               relocost_error **error) {
    const struct about *about = of;
    (void)error;
    return relocost_scenario_text(about->handle, about->which, buffer, capacity, required);
}

static relocost_status copy_figure(const void *of, char *buffer, size_t capacity, size_t *required,
                                   relocost_error **error) {
    const struct about *about = of;
    (void)error;
    return relocost_result_text(about->handle, about->which, buffer, capacity, required);
}

/* The named figures lie below. */
#define FIGURES 70

/* The scenario at the means of its parameters, which can be compared as it can. */
static void at_means_holds(const relocost_scenario *scenario, int fits) {
    relocost_scenario *at_means = NULL;
    relocost_error *error = NULL;
    relocost_status status = relocost_scenario_at_means(scenario, &at_means, &error);
    known(status);
    HOLDS(status != RELOCOST_OK || fits);
    HOLDS((at_means != NULL) == (status == RELOCOST_OK) && (error != NULL) == (status != RELOCOST_OK));
    if (error != NULL) {
        findings_written(error);
        relocost_error_free(error);
    }
    if (at_means != NULL) {
        relocost_result *result = NULL;
        known(relocost_compare(at_means, NULL, &result, NULL));
        relocost_result_free(result);
        relocost_scenario_free(at_means);
    }
}

static void call_scenario_figures(void) {
    int fits;
    struct about about = {handle(SCENARIO, &fits), 0, {NULL, 0}};
    at_means_holds(about.handle, fits);
    uint32_t odd = word();
    for (uint32_t figure = 0; figure <= FIGURES; figure++) {
        relocost_status text_status, status;
        int64_t integer;
        memset(&integer, UNTOUCHED, sizeof integer);
        about.which = figure < FIGURES ? figure : odd;
        relocost_text text = copied(copy_figure_of_scenario, &about, 0, &text_status);
        status = relocost_scenario_integer(about.handle, about.which, &integer);
        HOLDS(fits || text_status != RELOCOST_OK);
        if (status == RELOCOST_OK) {
            HOLDS(integer == strtoll(text.data, NULL, 10));
            HOLDS(relocost_scenario_integer(about.handle, about.which, NULL) == RELOCOST_NULL_POINTER);
        } else {
            known(status);
            untouched(&integer, sizeof integer);
        }
    }
}

/* A figure asked for as every kind; those that can be had agree with the text. What is odd in it, if it has any. */
static void call_result_figures(void) {
    int fits;
    struct about about = {handle(RESULT, &fits), 0, {NULL, 0}};
    relocost_error *warnings = NULL;
    relocost_status warned = relocost_result_warnings(about.handle, &warnings);
    known(warned);
    HOLDS(warned != RELOCOST_OK || fits);
    HOLDS((warnings != NULL) == (warned == RELOCOST_OK));
    if (warnings != NULL) {
        findings_written(warnings);
        relocost_error_free(warnings);
    }
    uint32_t odd = word();
    for (uint32_t figure = 0; figure <= FIGURES; figure++) {
        relocost_status text_status, status;
        relocost_money money;
        int64_t integer;
        double value;
        memset(&money, UNTOUCHED, sizeof money);
        memset(&integer, UNTOUCHED, sizeof integer);
        memset(&value, UNTOUCHED, sizeof value);
        about.which = figure < FIGURES ? figure : odd;
        relocost_text text = copied(copy_figure, &about, 0, &text_status);
        HOLDS(fits || text_status != RELOCOST_OK);
        status = relocost_result_money(about.handle, about.which, &money);
        known(status);
        if (status == RELOCOST_OK) {
            money_holds(money, text);
        } else {
            untouched(&money, sizeof money);
        }
        status = relocost_result_integer(about.handle, about.which, &integer);
        known(status);
        if (status == RELOCOST_OK) {
            HOLDS(integer == strtoll(text.data, NULL, 10));
        } else {
            untouched(&integer, sizeof integer);
        }
        status = relocost_result_double_for_charts(about.handle, about.which, &value);
        known(status);
        if (status == RELOCOST_OK) {
            double_holds(value, text);
        } else {
            untouched(&value, sizeof value);
            HOLDS(text_status != RELOCOST_OK || status == RELOCOST_OTHER_KIND);
        }
    }
}

static uint32_t table_number(void) {
    uint8_t which = rarely(16) ? 255 : byte();
    if (which == 255) {
        return word();
    }
    return which < BEFORE ? which % 45 : RELOCOST_TABLE_TORNADO + which % 5;
}

static void call_scenario_table(void) {
    struct outputs out;
    int fits;
    prepare(&out);
    out.error_to = NULL;
    const relocost_scenario *scenario = handle(SCENARIO, &fits);
    relocost_status status = relocost_scenario_table(scenario, table_number(), (relocost_table **)out.to);
    HOLDS(status != RELOCOST_OK || fits);
    settle(&out, TABLE, status);
}

static void call_result_table(void) {
    struct outputs out;
    int fits;
    prepare(&out);
    out.error_to = NULL;
    const relocost_result *result = handle(RESULT, &fits);
    relocost_status status = relocost_result_table(result, table_number(), (relocost_table **)out.to);
    HOLDS(status != RELOCOST_OK || fits);
    settle(&out, TABLE, status);
}

/* The one call for all gives what the calls one by one give. */
static void call_compare_text(void) {
    relocost_status status, one_by_one;
    relocost_scenario *scenario = NULL;
    relocost_result *result = NULL;
    struct about about = {NULL, RELOCOST_JSON, {NULL, 0}};
    about.text = any_document();
    if (rarely(64)) {
        about.which = byte() % 8;
    }
    relocost_text text = copied(copy_comparison, &about, 1, &status);
    one_by_one = relocost_scenario_from_text(about.text.data, about.text.length, NULL, &scenario, NULL);
    if (one_by_one == RELOCOST_OK) {
        one_by_one = relocost_compare(scenario, NULL, &result, NULL);
    }
    if (one_by_one == RELOCOST_OK) {
        about.handle = result;
        HOLDS(same(text, copied(copy_result, &about, 1, &one_by_one)));
    }
    HOLDS(status == one_by_one);
    relocost_result_free(result);
    relocost_scenario_free(scenario);
}

/* Follows a question, and breaks it off after so many times. */
struct told {
    uint32_t left;
    int stopped;
    const relocost_scenario *ask;
};

static int tell(void *user, uint64_t done, uint64_t total) {
    struct told *told = user;
    if (told == NULL) {
        return 0; /* the struct of options ends before it */
    }
    HOLDS(!told->stopped && (total == 0 || done <= total));
    if (told->ask != NULL) {
        /* It may call the library, whose question is told to nobody. */
        relocost_result *result = NULL;
        known(relocost_compare_variants(told->ask, NULL, &result, NULL));
        relocost_result_free(result);
        told->ask = NULL;
    }
    if (told->left > 0) {
        told->left--;
        return 0;
    }
    told->stopped = 1;
    return byte() % 2 == 0 ? 1 : -1;
}

/* A question, so that it can be asked again. */
struct question {
    uint8_t which;
    const void *of, *changed;
    relocost_text text;
    const relocost_text *lines;
    const relocost_change *changes;
    const relocost_axis *axes;
    size_t line_count, sets;
    const void *options;
};

static relocost_status ask(const struct question *it, relocost_result **result, relocost_error **error) {
    const char *data = it->text.data;
    size_t length = it->text.length;
    switch (it->which) {
    case 0:
        return relocost_compare(it->of, it->options, result, error);
    case 1:
        return relocost_ledger(it->of, data, length, it->options, result, error);
    case 2:
        return relocost_delay(it->of, it->options, result, error);
    case 3:
        return relocost_calibrate(it->of, data, length, it->lines, it->line_count, it->options, result, error);
    case 4:
        return relocost_caseload_text(it->of, data, length, it->options, result, error);
    case 5:
        return relocost_caseload_file(it->of, data, length, it->options, result, error);
    case 6:
        return relocost_compare_variants(it->of, it->options, result, error);
    case 7:
        return relocost_diff(it->of, it->changed, it->options, result, error);
    case 8:
        return relocost_run_expectations(it->of, it->options, result, error);
    case 10:
        return relocost_what_ifs(it->of, it->changes, it->line_count, it->sets, it->options, result, error);
    case 11:
        return relocost_grid(it->of, it->axes, it->line_count, it->options, result, error);
    default:
        return relocost_explain(it->of, it->options, result, error);
    }
}
#define EXPLAIN 9
#define QUESTIONS 12

/* Perhaps follows a question, and breaks it off. */
static void follow(struct told *told, relocost_progress *progress, void **user) {
    memset(told, 0, sizeof *told);
    uint8_t way = byte();
    if (way >= 128) {
        int fits;
        *progress = tell;
        *user = told;
        told->left = way >= 192 ? byte() : UINT32_MAX;
        const void *other = rarely(32) ? handle(SCENARIO, &fits) : NULL;
        told->ask = other != NULL && fits ? other : NULL;
    }
}

static const void *question_options(struct told *told, int *refused) {
    relocost_options options;
    memset(&options, 0, sizeof options);
    options.size = sizeof options;
    options.base = name_or_none();
    options.alternative = name_or_none();
    options.basis = rarely(8) ? word() : byte() % 2;
    options.months = rarely(32) ? word() : byte() % 8;
    options.threads = rarely(8) ? word() : 1 + byte() % 2;
    options.reserved = 0;
    follow(told, &options.progress, &options.user);
    return options_as_passed(&options, sizeof options, refused);
}

static const void *selection(int *refused) {
    relocost_selection selection;
    memset(&selection, 0, sizeof selection);
    selection.size = sizeof selection;
    selection.category = name_or_none();
    selection.line = name_or_none();
    selection.month = name_or_none();
    selection.fund = name_or_none();
    selection.fiscal_year = rarely(64) ? (int32_t)word() : rarely(64) ? 2026 + byte() % 3 : 0;
    return options_as_passed(&selection, sizeof selection, refused);
}

/* A pathway rather than another word, so that most ledgers are made. */
static relocost_text pathway(void) {
    return rarely(64) ? name() : passed(text_of(WORDS[byte() % 2]));
}

static void call_question(void) {
    struct outputs out;
    struct told told;
    struct question it;
    relocost_text lines[3];
    relocost_change changes[3];
    relocost_axis axes[2];
    int fits, changed_fits = 1, refused;
    prepare(&out);
    memset(&it, 0, sizeof it);
    memset(&told, 0, sizeof told);
    it.which = byte() % QUESTIONS;
    it.of = handle(it.which == EXPLAIN ? RESULT : SCENARIO, &fits);
    it.options = it.which == EXPLAIN ? selection(&refused) : question_options(&told, &refused);
    switch (it.which) {
    case 1:
        it.text = pathway();
        break;
    case 3:
        it.text = number();
        for (size_t at = 0; at < COUNT(lines); at++) {
            lines[at] = name();
        }
        it.line_count = byte() % (COUNT(lines) + 1);
        it.lines = copy_of(lines, sizeof lines);
        break;
    case 4:
        it.text = rarely(16) ? any_document() : document(HOUSEHOLDS);
        break;
    case 5:
        it.text = rarely(32) ? name() : passed(text_of(FILES[HOUSEHOLDS]));
        break;
    case 7:
        it.changed = handle(SCENARIO, &changed_fits);
        break;
    case 10:
        for (size_t at = 0; at < COUNT(changes); at++) {
            relocost_change change = {rarely(64) ? word() : byte() % 3, name(), number()};
            changes[at] = change;
        }
        it.line_count = byte() % (COUNT(changes) + 1);
        it.changes = copy_of(changes, sizeof changes);
        it.sets = rarely(64) ? word() : 3;
        break;
    case 11:
        for (size_t at = 0; at < COUNT(axes); at++) {
            relocost_text values[3] = {number(), number(), number()};
            relocost_axis axis = {name(), copy_of(values, sizeof values), byte() % (COUNT(values) + 1)};
            axes[at] = axis;
        }
        it.line_count = byte() % (COUNT(axes) + 1);
        it.axes = copy_of(axes, sizeof axes);
        break;
    default:
        break;
    }
    relocost_status status = ask(&it, (relocost_result **)out.to, out.error_to);
    HOLDS(status != RELOCOST_OK || (fits && changed_fits && !refused));
    HOLDS((status == RELOCOST_INTERRUPTED) == (told.stopped != 0));
    if (status == RELOCOST_OK && told.left != 0 && rarely(64)) {
        /* The same question has the same answer. */
        struct about first = {out.made, RELOCOST_JSON, {NULL, 0}}, second = first;
        relocost_result *again = NULL;
        told.left = UINT32_MAX;
        HOLDS(ask(&it, &again, NULL) == RELOCOST_OK);
        second.handle = again;
        relocost_status written;
        relocost_text text = copied(copy_result, &first, 1, &written);
        HOLDS(written == RELOCOST_OK && same(text, copied(copy_result, &second, 1, &written)));
        relocost_result_free(again);
    }
    settle(&out, RESULT, status);
}

static void call_estimate(void) {
    struct outputs out;
    relocost_estimate_options options;
    int refused;
    prepare(&out);
    memset(&options, 0, sizeof options);
    options.size = sizeof options;
    options.currency = name_or_none();
    options.of_temporary = byte() % 2;
    options.months = rarely(64) ? word() : 0;
    if (rarely(64)) {
        options.low = number();
        options.high = number();
    }
    relocost_text cost = number();
    const void *passed = options_as_passed(&options, sizeof options, &refused);
    relocost_status status = relocost_estimate(cost.data, cost.length, passed, (relocost_result **)out.to, out.error_to);
    HOLDS(status != RELOCOST_OK || !refused);
    settle(&out, RESULT, status);
}

static void call_result_write(void) {
    int fits;
    relocost_status status;
    struct about about = {handle(RESULT, &fits), 0, {NULL, 0}};
    about.which = rarely(16) ? word() : byte() % 7;
    copied(copy_result, &about, 1, &status);
    HOLDS(status != RELOCOST_OK || fits);
}

static void call_result_scenario(void) {
    struct outputs out;
    int fits;
    prepare(&out);
    relocost_status status = relocost_result_scenario(handle(RESULT, &fits), (relocost_scenario **)out.to, out.error_to);
    HOLDS(status != RELOCOST_OK || fits);
    settle(&out, SCENARIO, status);
}

/* The number of draws of a simulation here, unless an older struct of options ends before their number. */
#define MOST_DRAWS 600
/* Numbers of draws that are none, or more than there can be. */
#define TOO_MANY_DRAWS (((uint64_t)1 << 36) + 1)

static const void *simulate_options(struct told *told, int *refused) {
    relocost_simulate_options options;
    memset(&options, 0, sizeof options);
    options.size = sizeof options;
    options.draws = rarely(8) ? TOO_MANY_DRAWS + word() : 1 + (byte() | (uint64_t)byte() << 8) % MOST_DRAWS;
    options.seed = byte();
    options.base = name_or_none();
    options.alternative = name_or_none();
    options.sampling = rarely(8) ? word() : byte() % 3;
    options.basis = rarely(8) ? word() : byte() % 2;
    options.keep = rarely(8) ? word() : byte() % 3;
    options.figures = rarely(8) ? word() : byte() % 5;
    options.threads = 1 + byte() % 2;
    options.resamples = rarely(8) ? word() : 1 + byte() % 20;
    if (rarely(32)) {
        uint32_t bits[2] = {word(), word()};
        memcpy(&options.precision, bits, sizeof options.precision);
    }
    follow(told, &options.progress, &options.user);
    const size_t *passed = options_as_passed(&options, sizeof options, refused);
    /* Without a number of draws there would be 100,000. */
    if (passed == NULL || (!*refused && *passed < offsetof(relocost_simulate_options, seed))) {
        passed = copy_of(&options, sizeof options);
    }
    return passed;
}

static relocost_status copy_simulation(const void *of, char *buffer, size_t capacity, size_t *required,
                                       relocost_error **error) {
    const struct about *about = of;
    return relocost_simulation_write(about->handle, about->which, buffer, capacity, required, error);
}

static relocost_status copy_text_of_simulation(const void *of, char *buffer, size_t capacity, size_t *required,
                                               relocost_error **error) {
    const struct about *about = of;
    (void)error;
    return relocost_simulation_text(about->handle, about->which, buffer, capacity, required);
}

static void call_simulate(void) {
    struct outputs out;
    struct told told;
    int fits, refused;
    prepare(&out);
    const relocost_scenario *scenario = handle(SCENARIO, &fits);
    const void *options = simulate_options(&told, &refused);
    relocost_status status = relocost_simulate(scenario, options, (relocost_simulation **)out.to, out.error_to);
    HOLDS(status != RELOCOST_OK || (fits && !refused));
    HOLDS((status == RELOCOST_INTERRUPTED) == (told.stopped != 0));
    if (status == RELOCOST_OK && told.left != 0 && rarely(64)) {
        /* The same seed gives the same bits. */
        struct about first = {out.made, RELOCOST_JSON, {NULL, 0}}, second = first;
        relocost_simulation *again = NULL;
        relocost_status written;
        told.left = UINT32_MAX;
        HOLDS(relocost_simulate(scenario, options, &again, NULL) == RELOCOST_OK);
        second.handle = again;
        relocost_text text = copied(copy_simulation, &first, 1, &written);
        HOLDS(written == RELOCOST_OK && same(text, copied(copy_simulation, &second, 1, &written)));
        relocost_simulation_free(again);
    }
    settle(&out, SIMULATION, status);
}

static void call_tornado(void) {
    struct outputs out;
    struct told told;
    int fits, refused;
    prepare(&out);
    const relocost_scenario *scenario = handle(SCENARIO, &fits);
    const void *options = question_options(&told, &refused);
    relocost_status status = relocost_tornado(scenario, options, (relocost_result **)out.to, out.error_to);
    HOLDS(status != RELOCOST_OK || (fits && !refused));
    HOLDS((status == RELOCOST_INTERRUPTED) == (told.stopped != 0));
    settle(&out, RESULT, status);
}

static void call_sobol(void) {
    struct outputs out;
    struct told told;
    int fits, refused;
    prepare(&out);
    const relocost_scenario *scenario = handle(SCENARIO, &fits);
    const void *options = simulate_options(&told, &refused);
    relocost_status status = relocost_sobol(scenario, options, (relocost_result **)out.to, out.error_to);
    HOLDS(status != RELOCOST_OK || (fits && !refused));
    HOLDS((status == RELOCOST_INTERRUPTED) == (told.stopped != 0));
    settle(&out, RESULT, status);
}

/* The text of what a simulation says of itself, or of all of it. */
static void call_simulation_write(void) {
    int fits;
    relocost_status status;
    struct about about = {handle(SIMULATION, &fits), 0, {NULL, 0}};
    about.which = rarely(16) ? word() : byte() % 7;
    copied(copy_simulation, &about, 1, &status);
    HOLDS(status != RELOCOST_OK || fits);
    about.which = rarely(16) ? word() : byte() % FIGURES;
    copied(copy_text_of_simulation, &about, 0, &status);
    HOLDS(status != RELOCOST_OK || fits);
}

static void call_simulation_table(void) {
    struct outputs out;
    int fits;
    prepare(&out);
    out.error_to = NULL;
    const relocost_simulation *simulation = handle(SIMULATION, &fits);
    relocost_status status = relocost_simulation_table(simulation, table_number(), (relocost_table **)out.to);
    HOLDS(status != RELOCOST_OK || fits);
    settle(&out, TABLE, status);
}

static relocost_text figure_of_simulation(void) {
    static const char *const FIGURES_OF[] = {
        "permanent", "temporary", "extra", "premium", "as_planned", "last.a", "ceiling.regular_budget", "waiting", "agreements.a",
    };
    return rarely(64) ? name() : passed(text_of(FIGURES_OF[byte() % COUNT(FIGURES_OF)]));
}

static relocost_text key_of_simulation(void) {
    static const char *const KEYS[] = {
        "total", "2026", "2027", "housing", "2026.by_fund.regular_budget", "given_within.6", "still_waiting", "refused",
    };
    return rarely(32) ? name() : passed(text_of(KEYS[byte() % COUNT(KEYS)]));
}

struct beside {
    const relocost_simulation *simulation;
    relocost_text figure, key;
    uint32_t at_means;
};

static relocost_status copy_beside(const void *of, char *buffer, size_t capacity, size_t *required,
                                   relocost_error **error) {
    const struct beside *it = of;
    (void)error;
    return relocost_simulation_ledger(it->simulation, it->figure.data, it->figure.length, it->key.data, it->key.length,
                                      it->at_means, buffer, capacity, required);
}

/* True of the futures of a programme, which compare no two pathways. */
static int is_of_programme(const relocost_simulation *simulation) {
    char name_of_base[8];
    return relocost_simulation_text(simulation, RELOCOST_FIGURE_BASE, name_of_base, sizeof name_of_base, NULL) ==
           RELOCOST_NOT_OF_THIS_RESULT;
}

/* Figures as values: in their order, and in a struct of any version. */
static void call_statistics(void) {
    int fits;
    relocost_statistics whole;
    relocost_band_shares shares;
    const relocost_simulation *simulation = handle(SIMULATION, &fits);
    relocost_text figure = figure_of_simulation(), key = key_of_simulation();
    uint64_t draws;
    double value, share;
    memset(&whole, UNTOUCHED, sizeof whole);
    memset(&draws, UNTOUCHED, sizeof draws);
    memset(&value, UNTOUCHED, sizeof value);
    memset(&share, UNTOUCHED, sizeof share);
    whole.size = sizeof whole;
    relocost_status status = relocost_simulation_statistics(simulation, figure.data, figure.length, key.data, key.length,
                                                            &whole);
    known(status);
    HOLDS(status != RELOCOST_OK || fits);
    HOLDS(relocost_simulation_quantile(simulation, figure.data, figure.length, key.data, key.length, 0.8, &value) ==
          status);
    if (status == RELOCOST_OK) {
        HOLDS(relocost_simulation_draws(simulation, &draws) == RELOCOST_OK && whole.draws <= draws);
        /* A share of cases is one of the futures that have such cases. */
        HOLDS(whole.draws == draws || is_of_programme(simulation));
        HOLDS(whole.least <= whole.p5 && whole.p5 <= whole.p10 && whole.p10 <= whole.p50 && whole.p50 <= whole.p80);
        HOLDS(whole.p80 <= whole.p90 && whole.p90 <= whole.p95 && value == whole.p80);
        HOLDS(relocost_simulation_exceedance(simulation, figure.data, figure.length, key.data, key.length, whole.p80,
                                             &share) == RELOCOST_OK);
        HOLDS(share >= 0 && share <= 1);
        HOLDS(relocost_simulation_expected_shortfall(simulation, figure.data, figure.length, key.data, key.length, 0.95,
                                            &value) == RELOCOST_OK);
        HOLDS(value == whole.expected_shortfall_95);
    } else {
        untouched(&value, sizeof value);
        untouched((char *)&whole + sizeof whole.size, sizeof whole - sizeof whole.size);
    }
    /* A struct of another size: as much is written as it says. */
    size_t size = rarely(128) ? (size_t)byte() * 4 : (size_t)(byte() % 32) * 8;
    size_t space = size < sizeof size ? sizeof size : size;
    char *other = memory(space);
    memset(other, UNTOUCHED, space);
    memcpy(other, &size, sizeof size);
    relocost_status refused = relocost_simulation_statistics(simulation, figure.data, figure.length, key.data, key.length,
                                                             (relocost_statistics *)other);
    int right = size >= sizeof size && size % 8 == 0;
    HOLDS(refused == (status == RELOCOST_OK && !right ? RELOCOST_WRONG_SIZE : status));
    if (refused == RELOCOST_OK) {
        size_t common = size < sizeof whole ? size : sizeof whole;
        HOLDS(memcmp(other + sizeof size, (char *)&whole + sizeof size, common - sizeof size) == 0);
        for (size_t at = common; at < size; at++) {
            HOLDS(other[at] == 0);
        }
    } else {
        untouched(other + sizeof size, space - sizeof size);
    }
    /* Beside the draws stand figures of a ledger: as the scenario stands, and at the means. */
    for (uint32_t at_means = 0; at_means < 2; at_means++) {
        struct beside beside = {simulation, figure, key, at_means};
        relocost_status ledger;
        text_without_choice(copy_beside, &beside, &ledger);
        HOLDS(ledger == status || (status == RELOCOST_OK && ledger == RELOCOST_NO_VALUE));
    }
    memset(&shares, UNTOUCHED, sizeof shares);
    shares.size = sizeof shares;
    status = relocost_simulation_band(simulation, &shares);
    HOLDS((status == RELOCOST_OK) == (fits && !is_of_programme(simulation)));
    if (status == RELOCOST_OK) {
        double sum = shares.below + shares.within + shares.above + shares.none;
        HOLDS(sum > 0.999 && sum < 1.001);
        HOLDS(relocost_simulation_seed(simulation, &draws) == RELOCOST_OK && draws < 256);
    }
}

/* Draws into an array that is too short or long enough. */
static void call_draws(void) {
    int fits;
    const relocost_simulation *simulation = handle(SIMULATION, &fits);
    relocost_text figure = figure_of_simulation(), key = key_of_simulation();
    size_t required;
    memset(&required, UNTOUCHED, sizeof required);
    relocost_status status = relocost_simulation_kept_draws(simulation, figure.data, figure.length, key.data, key.length, NULL,
                                                       0, &required);
    known(status);
    HOLDS(status != RELOCOST_OK);
    if (status != RELOCOST_SHORT_BUFFER) {
        untouched(&required, sizeof required);
        return;
    }
    uint64_t draws = 0;
    HOLDS(fits && relocost_simulation_draws(simulation, &draws) == RELOCOST_OK && draws == required);
    size_t capacity = rarely(64) ? required - 1 : required;
    double *buffer = memory(capacity * sizeof *buffer);
    status = relocost_simulation_kept_draws(simulation, figure.data, figure.length, key.data, key.length, buffer, capacity,
                                       NULL);
    HOLDS(status == (capacity < required ? RELOCOST_SHORT_BUFFER : RELOCOST_OK));
}

static void call_simulate_range(void) {
    struct outputs out;
    struct told told;
    int fits, refused;
    prepare(&out);
    const relocost_scenario *scenario = handle(SCENARIO, &fits);
    uint64_t first = rarely(16) ? UINT64_MAX - byte() : byte(), count = rarely(16) ? UINT64_MAX - byte() : byte();
    const void *options = simulate_options(&told, &refused);
    relocost_status status = relocost_simulate_range(scenario, first, count, options, (relocost_part **)out.to,
                                                     out.error_to);
    HOLDS(status != RELOCOST_OK || (fits && !refused && count > 0));
    HOLDS((status == RELOCOST_INTERRUPTED) == (told.stopped != 0));
    if (status == RELOCOST_OK) {
        /* Written and read again it is the same; changed it is none, or another one that can be used. */
        size_t length = 0, again = 0;
        HOLDS(relocost_part_to_bytes(out.made, NULL, 0, &length) == RELOCOST_SHORT_BUFFER);
        char *bytes = memory(length), *other = memory(length);
        relocost_part *read = NULL;
        HOLDS(relocost_part_to_bytes(out.made, bytes, length, NULL) == RELOCOST_OK);
        HOLDS(relocost_part_from_bytes(bytes, length, &read, NULL) == RELOCOST_OK);
        HOLDS(relocost_part_to_bytes(read, other, length, &again) == RELOCOST_OK && again == length);
        HOLDS(memcmp(bytes, other, length) == 0);
        relocost_part_free(read);
        bytes[word() % length] ^= (char)byte();
        length -= rarely(32) ? word() % length : 0;
        relocost_status changed = relocost_part_from_bytes(bytes, length, &read, NULL);
        HOLDS(changed == RELOCOST_OK || changed == RELOCOST_SYNTAX);
        hold(PART, read);
    }
    settle(&out, PART, status);
}

static void call_part(void) {
    struct outputs out;
    struct told told;
    int fits, other_fits, refused = 0;
    uint64_t one = 0, other = 0, both = 0;
    prepare(&out);
    const relocost_part *part = handle(PART, &fits);
    if (rarely(128)) {
        const relocost_scenario *scenario = handle(SCENARIO, &other_fits);
        const void *options = simulate_options(&told, &refused);
        relocost_status status = relocost_simulation_of_part(scenario, options, part, (relocost_simulation **)out.to,
                                                             out.error_to);
        HOLDS(status != RELOCOST_OK || (fits && other_fits && !refused));
        settle(&out, SIMULATION, status);
        return;
    }
    const relocost_part *second = handle(PART, &other_fits);
    relocost_status status = relocost_part_merge(part, second, (relocost_part **)out.to, out.error_to);
    HOLDS(status != RELOCOST_OK || (fits && other_fits));
    if (status == RELOCOST_OK) {
        HOLDS(relocost_part_draws(part, &one) == RELOCOST_OK);
        HOLDS(relocost_part_draws(second, &other) == RELOCOST_OK);
        HOLDS(relocost_part_draws(out.made, &both) == RELOCOST_OK && both == one + other);
    }
    settle(&out, PART, status);
}

static void call_part_from_bytes(void) {
    struct outputs out;
    prepare(&out);
    relocost_text bytes = raw_text();
    int none = rarely(8);
    size_t length = rarely(16) ? SIZE_MAX - byte() : bytes.length;
    const char *data = none ? NULL : copy_of(bytes.data, bytes.length);
    relocost_status status = relocost_part_from_bytes(data, length, (relocost_part **)out.to, out.error_to);
    HOLDS(status != RELOCOST_OK || (!none && length == bytes.length));
    settle(&out, PART, status);
}

static void call_table(void) {
    int fits;
    const relocost_table *table = handle(TABLE, &fits);
    size_t rows;
    memset(&rows, UNTOUCHED, sizeof rows);
    if (fits) {
        table_holds(table);
        HOLDS(relocost_table_rows(table, NULL) == RELOCOST_NULL_POINTER);
    } else {
        HOLDS(relocost_table_rows(table, &rows) == (table == NULL ? RELOCOST_NULL_POINTER : RELOCOST_WRONG_HANDLE));
        untouched(&rows, sizeof rows);
    }
}

/* A cell at any place, also where there is none. */
static void call_cell(void) {
    int fits;
    relocost_status status;
    struct cell cell = {handle(TABLE, &fits), 0, 0};
    cell.row = rarely(8) ? SIZE_MAX - byte() : byte();
    cell.column = rarely(8) ? SIZE_MAX - byte() : byte() % 24;
    copied(copy_cell, &cell, 0, &status);
    HOLDS(status != RELOCOST_OK || fits);
}

static void call_error(void) {
    int fits;
    size_t count;
    const relocost_error *error = handle(ERROR, &fits);
    if (fits) {
        findings_hold(error, 0);
    } else {
        memset(&count, UNTOUCHED, sizeof count);
        known(relocost_error_count(error, &count));
        untouched(&count, sizeof count);
    }
}

static const char PROGRAMME[] =
    "schema = 1\ncatalogue = \"reference\"\nprogramme = { first_fiscal_year = 2026, fiscal_years = 1, run_off_months = 3 }\n"
    "cases = [{ members = [{ age = 34 }], arrives = \"2026-01\" }]\n"
    "agreements = [{ id = \"a\", label = \"A\", grants = [{ month = \"2026-03\", places = 1 }] }]\n"
    "expect = [{ figure = \"waiting.queued\", equals = 1 }]\n";

static const char PAYMENTS[] =
    "month,line,category,amount,currency,quantity\n2026-03,short-let,,900,EUR,1\n2026-04,,housing,25,USD,\n"
    "2026-05,rent,,1000,EUR,\n";
static const char PRICE_LIST[] = "id,amount,currency,from,source\nrent,1010,EUR,2027-01,a\nshort-let,9,EUR,,b\nrend,1,EUR,,c\n";
static const char LEVELS[] = "year,rents\n2024,100\n2025,103.5\n2026,108.1\n";
static const char *const PUBLISHERS[] = {
    "csv", "csv", "csv", "ecb", "un", "imf", "eurostat", "oecd", "world-bank", "bls", "nobody",
};

/* Reads a programme, runs it or its expectations, and frees it; a handle of another kind is refused and stays. */
static void call_programme(void) {
    struct outputs out;
    struct told told;
    int refused, fits;
    relocost_programme *programme = NULL;
    relocost_status status;
    if (rarely(64)) {
        relocost_text path = file_path();
        status = relocost_programme_from_file(path.data, path.length, NULL, &programme, NULL);
    } else {
        relocost_text text = rarely(64) ? any_document() : passed(text_of(PROGRAMME));
        status = relocost_programme_from_text(text.data, text.length, NULL, &programme, NULL);
    }
    known(status);
    HOLDS((programme != NULL) == (status == RELOCOST_OK));
    prepare(&out);
    void *other = handle(SCENARIO, &fits);
    relocost_programme *asked = rarely(32) ? other : programme;
    const void *options = question_options(&told, &refused);
    if (rarely(64)) {
        status = relocost_programme_diff(asked, programme, options, (relocost_result **)out.to, out.error_to);
    } else if (rarely(64)) {
        status = relocost_programme_run_expectations(asked, options, (relocost_result **)out.to, out.error_to);
    } else {
        status = relocost_programme_run(asked, byte() % 5, options, (relocost_result **)out.to, out.error_to);
    }
    HOLDS(status != RELOCOST_OK || (asked == programme && programme != NULL && !refused));
    settle(&out, RESULT, status);
    relocost_programme_free(other);
    relocost_programme_free(programme);
}

static const char CHANCE[] =
    "schema = 1\ncatalogue = \"reference\"\n"
    "programme = { first_fiscal_year = 2026, fiscal_years = 1, ceiling = { regular_budget = { default = 9000 } } }\n"
    "cases = [{ members = [{ age = 34 }], arrives = \"2026-01\" }]\narrivals = [{ members = [{ age = 9 }], per_year = 2 }]\n"
    "agreements = [{ id = \"a\", label = \"A\", grants = [{ month = \"2026-03\", places = 1 }],\n"
    "  slip = { uniform = { low = 0, high = 3 } }, refusal = { probability = \"0.5\", after_months = 1 } }]\n";

/* Futures of a programme: of all draws, of some of them, or of parts, the same bits each time. */
static void call_programme_futures(void) {
    struct outputs out;
    struct told told;
    int refused, fits, part_fits;
    relocost_programme *programme = NULL;
    prepare(&out);
    memset(&told, 0, sizeof told);
    known(relocost_programme_from_text(CHANCE, strlen(CHANCE), NULL, &programme, NULL));
    HOLDS(programme != NULL);
    void *other = handle(SCENARIO, &fits);
    const relocost_part *part = handle(PART, &part_fits);
    fits = !rarely(32);
    relocost_programme *asked = fits ? programme : other;
    const void *options = simulate_options(&told, &refused);
    uint8_t which = byte() % 3;
    uint64_t first = rarely(16) ? UINT64_MAX - byte() : byte(), count = rarely(16) ? UINT64_MAX - byte() : byte();
    relocost_status status;
    if (which == 0) {
        status = relocost_programme_simulate_range(asked, first, count, options, (relocost_part **)out.to, out.error_to);
        HOLDS(status != RELOCOST_OK || count > 0);
    } else if (which == 1) {
        status = relocost_programme_simulation_of_part(asked, options, part, (relocost_simulation **)out.to, out.error_to);
        HOLDS(status != RELOCOST_OK || part_fits);
    } else {
        status = relocost_programme_simulate(asked, options, (relocost_simulation **)out.to, out.error_to);
    }
    HOLDS(status != RELOCOST_OK || (fits && !refused));
    HOLDS((status == RELOCOST_INTERRUPTED) == (told.stopped != 0));
    if (which != 0 && status == RELOCOST_OK) {
        for (uint32_t table = RELOCOST_TABLE_FUTURES; table <= RELOCOST_TABLE_FUTURE_WAITING; table++) {
            relocost_table *made = NULL;
            HOLDS(relocost_simulation_table(out.made, table, &made) == RELOCOST_OK);
            table_holds(made);
            relocost_table_free(made);
        }
    }
    if (which == 2 && status == RELOCOST_OK && told.left != 0 && rarely(64)) {
        struct about one = {out.made, RELOCOST_JSON, {NULL, 0}}, second = one;
        relocost_simulation *again = NULL;
        relocost_status written;
        told.left = UINT32_MAX;
        HOLDS(relocost_programme_simulate(programme, options, &again, NULL) == RELOCOST_OK);
        second.handle = again;
        relocost_text text = copied(copy_simulation, &one, 1, &written);
        HOLDS(written == RELOCOST_OK && same(text, copied(copy_simulation, &second, 1, &written)));
        relocost_simulation_free(again);
    }
    settle(&out, which == 0 ? PART : SIMULATION, status);
    relocost_programme_free(programme);
}

/* The bytes of a document are those of its form, and the same when it is asked for again; frees it. */
static void document_holds(relocost_document *made, relocost_document *again, uint32_t form) {
    relocost_text bytes, others;
    HOLDS(relocost_document_bytes(made, &bytes) == RELOCOST_OK && relocost_document_bytes(again, &others) == RELOCOST_OK);
    HOLDS(same(bytes, others) && bytes.data[bytes.length] == '\0');
    if (form != RELOCOST_HTML_EN && form != RELOCOST_HTML_FR) {
        HOLDS(bytes.length > 2 && memcmp(bytes.data, "PK", 2) == 0);
    } else {
        given(bytes);
        HOLDS(strncmp(bytes.data, "<!DOCTYPE html>", 15) == 0);
    }
    relocost_document_free(again);
    relocost_document_free(made);
}

/* A call that makes a document; `of` is a scenario, a programme or a result. */
static relocost_status make_document(uint8_t way, const void *of, uint32_t form, const void *options,
                                     relocost_document **document, relocost_error **error) {
    switch (way) {
    case 0:
        return relocost_report(of, form, options, document, error);
    case 1:
        return relocost_programme_report(of, form, options, document, error);
    case 2:
        return relocost_result_report(of, form, document, error);
    case 3:
        return relocost_workbook(of, form, options, document, error);
    case 4:
        return relocost_programme_workbook(of, form, options, document, error);
    default:
        return relocost_result_workbook(of, form, options, document, error);
    }
}

/* Reports and workbooks. They are not kept, so that what other bytes mean stays. */
static void call_document(void) {
    relocost_document *made = NULL, *again = NULL;
    relocost_error *error = NULL;
    relocost_programme *programme = NULL;
    relocost_text bytes;
    struct told told;
    int refused = 0, fits;
    if (!rarely(16)) { /* it takes longer than all other calls together */
        return;
    }
    uint8_t way = byte() % 6;
    memset(&told, 0, sizeof told);
    const void *of = handle(way == 2 || way == 5 ? RESULT : SCENARIO, &fits);
    if (way == 1 || way == 4) {
        known(relocost_programme_from_text(CHANCE, strlen(CHANCE), NULL, &programme, NULL));
        HOLDS(programme != NULL);
        fits = !rarely(32);
        of = fits ? programme : of;
    }
    const void *options = NULL;
    if (way >= 3) {
        options = question_options(&told, &refused);
    } else if (way != 2) {
        options = simulate_options(&told, &refused);
    }
    uint32_t first = way >= 3 ? RELOCOST_XLSX_EN : rarely(32) ? RELOCOST_DOCX_EN : RELOCOST_HTML_EN;
    uint32_t form = rarely(16) ? word() : first + byte() % 2;
    relocost_status status = make_document(way, of, form, options, &made, &error);
    known(status);
    error_given(error, status);
    HOLDS((made != NULL) == (status == RELOCOST_OK) && (status != RELOCOST_OK || (fits && !refused)));
    HOLDS((status == RELOCOST_INTERRUPTED) == (told.stopped != 0));
    memset(&bytes, UNTOUCHED, sizeof bytes);
    if (status == RELOCOST_OK) {
        told.left = UINT32_MAX;
        HOLDS(make_document(way, of, form, options, &again, NULL) == RELOCOST_OK);
        document_holds(made, again, form);
    } else {
        HOLDS(relocost_document_bytes(NULL, &bytes) == RELOCOST_NULL_POINTER);
        untouched(&bytes, sizeof bytes);
    }
    relocost_programme_free(programme);
}

/* Postings of a result, a programme or households, and their journals. */
static void call_postings(void) {
    struct outputs out;
    struct told told;
    int refused = 0, fits;
    relocost_programme *programme = NULL;
    relocost_status status;
    uint8_t way = byte() % 4;
    memset(&told, 0, sizeof told);
    prepare(&out);
    relocost_result **to = (relocost_result **)out.to;
    const void *of = handle(way == 0 ? RESULT : SCENARIO, &fits);
    const void *options = way == 0 ? NULL : question_options(&told, &refused);
    if (way == 0) {
        status = relocost_result_postings(of, to, out.error_to);
    } else if (way == 1) {
        known(relocost_programme_from_text(PROGRAMME, strlen(PROGRAMME), NULL, &programme, NULL));
        HOLDS(programme != NULL);
        fits = !rarely(32);
        status = relocost_programme_postings(fits ? programme : of, options, to, out.error_to);
    } else {
        relocost_text on = pathway(), rows = way == 3 ? file_path() : rarely(32) ? any_document() : document(HOUSEHOLDS);
        status = way == 3 ? relocost_caseload_postings_file(of, rows.data, rows.length, on.data, on.length, options, to,
                                                            out.error_to)
                          : relocost_caseload_postings_text(of, rows.data, rows.length, on.data, on.length, options, to,
                                                            out.error_to);
    }
    HOLDS(status != RELOCOST_OK || (fits && !refused));
    HOLDS((status == RELOCOST_INTERRUPTED) == (told.stopped != 0));
    if (status == RELOCOST_OK) {
        relocost_table *table = NULL;
        for (uint32_t form = RELOCOST_HLEDGER_EN; form <= RELOCOST_BEANCOUNT_FR; form++) {
            struct about about = {out.made, form, {NULL, 0}};
            relocost_status written;
            HOLDS(text_without_choice(copy_result, &about, &written).data[0] == ';');
        }
        HOLDS(relocost_result_table(out.made, RELOCOST_TABLE_POSTINGS, &table) == RELOCOST_OK);
        table_holds(table);
        relocost_table_free(table);
    }
    settle(&out, RESULT, status);
    relocost_programme_free(programme);
}

static const char MANY[] = "reference,count,members\nA,5,34\nB,4,41 38 14\nC,1,29 2\n";
static const char *const DIMENSIONS[] = {"size", "fiscal_year", "fiscal_year,fund", "kind,size", "place", "size,size", ""};

/* What may be published of a programme or households, also beside what was published of them before. */
static void call_publish(void) {
    struct outputs out;
    struct told told;
    int refused, fits;
    relocost_programme *programme = NULL;
    relocost_publish_options options;
    relocost_status status;
    relocost_text tables[3], beside[2];
    uint8_t way = byte() % 3;
    memset(&options, 0, sizeof options);
    options.size = sizeof options;
    options.base = rarely(32) ? name_or_none() : options.base;
    options.alternative = rarely(32) ? name_or_none() : options.alternative;
    for (size_t at = 0; at < COUNT(tables); at++) {
        tables[at] = rarely(16) ? name() : passed(text_of(DIMENSIONS[byte() % COUNT(DIMENSIONS)]));
    }
    options.table_count = rarely(8) ? SIZE_MAX - byte() : byte() % (COUNT(tables) + 1);
    options.tables = rarely(16) ? NULL : copy_of(tables, sizeof tables);
    struct about about = {held[RESULT][byte() % PLACES], RELOCOST_JSON, {NULL, 0}};
    relocost_status written;
    for (size_t at = 0; at < COUNT(beside); at++) {
        beside[at] = at == 0 && about.handle != NULL ? text_without_choice(copy_result, &about, &written) : any_document();
    }
    options.beside_count = rarely(8) ? SIZE_MAX - byte() : rarely(64) ? 1 + byte() % COUNT(beside) : 0;
    options.beside = rarely(16) ? NULL : copy_of(beside, sizeof beside);
    options.threshold = rarely(16) ? word() : byte() % 6;
    options.basis = rarely(8) ? word() : byte() % 2;
    options.threads = 1 + byte() % 2;
    follow(&told, &options.progress, &options.user);
    const void *asked = options_as_passed(&options, sizeof options, &refused);
    prepare(&out);
    relocost_result **to = (relocost_result **)out.to;
    const void *of = handle(SCENARIO, &fits);
    relocost_text rows = way == 2 ? file_path() : rarely(32) ? any_document() : passed(text_of(MANY));
    if (way == 0) {
        known(relocost_programme_from_text(PROGRAMME, strlen(PROGRAMME), NULL, &programme, NULL));
        HOLDS(programme != NULL);
        fits = !rarely(32);
        status = relocost_programme_publish(fits ? programme : of, asked, to, out.error_to);
    } else if (way == 1) {
        status = relocost_publish_text(of, rows.data, rows.length, asked, to, out.error_to);
    } else {
        status = relocost_publish_file(of, rows.data, rows.length, asked, to, out.error_to);
    }
    HOLDS(status != RELOCOST_OK || (fits && !refused));
    HOLDS((status == RELOCOST_INTERRUPTED) == (told.stopped != 0));
    if (status == RELOCOST_OK) {
        for (uint32_t which = RELOCOST_TABLE_PUBLISHED; which <= RELOCOST_TABLE_AUDIT; which++) {
            relocost_table *table = NULL;
            HOLDS(relocost_result_table(out.made, which, &table) == RELOCOST_OK);
            table_holds(table);
            relocost_table_free(table);
        }
    }
    settle(&out, RESULT, status);
    relocost_programme_free(programme);
}

/* A scenario over a catalogue that has been read: as where the option gives the catalogue's text. */
static void call_scenario_over(void) {
    struct outputs out;
    relocost_load_options options;
    relocost_catalogue *catalogue = NULL;
    int refused, in_memory = !rarely(16);
    relocost_text prices = !in_memory ? file_path() : rarely(64) ? any_document() : document(PRICES);
    relocost_text text = any_document();
    known(in_memory ? relocost_catalogue_from_text(prices.data, prices.length, &catalogue, NULL)
                    : relocost_catalogue_from_file(prices.data, prices.length, &catalogue, NULL));
    prepare(&out);
    memset(&options, 0, sizeof options);
    options.size = sizeof options;
    if (in_memory && catalogue != NULL) {
        relocost_scenario *by_text = NULL, *over = NULL;
        options.catalogue = prices;
        HOLDS(relocost_scenario_from_text(text.data, text.length, &options, &by_text, NULL) ==
              relocost_scenario_over(catalogue, text.data, text.length, NULL, &over, NULL));
        relocost_scenario_free(by_text);
        relocost_scenario_free(over);
    }
    options.show_values = rarely(32);
    const void *passed = options_as_passed(&options, sizeof options, &refused);
    relocost_status status = relocost_scenario_over(catalogue, text.data, text.length, passed,
                                                    (relocost_scenario **)out.to, out.error_to);
    HOLDS(status != RELOCOST_OK || (!refused && catalogue != NULL));
    settle(&out, SCENARIO, status);
    relocost_catalogue_free(catalogue);
}

/* New prices, from a catalogue and a list in memory or in files. */
static void call_update_prices(void) {
    struct outputs out;
    relocost_status status;
    prepare(&out);
    if (rarely(64)) {
        relocost_text catalogue = file_path(), list = file_path();
        status = relocost_update_prices_file(catalogue.data, catalogue.length, list.data, list.length,
                                             (relocost_result **)out.to, out.error_to);
    } else {
        relocost_text catalogue = rarely(64) ? any_document() : passed(file_texts[PRICES]);
        relocost_text list = rarely(64) ? any_document() : passed(text_of(PRICE_LIST));
        status = relocost_update_prices_text(catalogue.data, catalogue.length, list.data, list.length,
                                             (relocost_result **)out.to, out.error_to);
    }
    settle(&out, RESULT, status);
}

/* Published rates, from a text in memory or from files. */
static void call_rates(void) {
    struct outputs out;
    relocost_rate_options options;
    relocost_text columns[2] = {rarely(64) ? name() : text_of("rents=housing"), name()};
    relocost_text filters[2] = {name(), number()};
    int refused;
    relocost_status status;
    prepare(&out);
    memset(&options, 0, sizeof options);
    options.size = sizeof options;
    options.currency = rarely(32) ? name_or_none() : options.currency;
    options.of = rarely(32) ? name_or_none() : options.of;
    options.first_year = rarely(64) ? 2020 + byte() : 0;
    options.last_year = rarely(64) ? 2020 + byte() : 0;
    options.month = rarely(64) ? byte() : 0;
    options.allow_gaps = byte() % 2;
    options.columns = copy_of(columns, sizeof columns);
    options.column_count = byte() % (COUNT(columns) + 1);
    options.filters = copy_of(filters, sizeof filters);
    options.filter_count = rarely(32) ? byte() % (COUNT(filters) + 1) : 0;
    const void *asked = options_as_passed(&options, sizeof options, &refused);
    relocost_text format = passed(text_of(PUBLISHERS[byte() % COUNT(PUBLISHERS)]));
    if (rarely(64)) {
        relocost_text paths[2] = {file_path(), file_path()};
        status = relocost_rates_files(format.data, format.length, copy_of(paths, sizeof paths),
                                      byte() % (COUNT(paths) + 1), asked, (relocost_result **)out.to, out.error_to);
    } else {
        relocost_text text = rarely(64) ? any_document() : passed(text_of(LEVELS));
        status = relocost_rates_text(format.data, format.length, text.data, text.length, asked,
                                     (relocost_result **)out.to, out.error_to);
    }
    HOLDS(status != RELOCOST_OK || !refused);
    settle(&out, RESULT, status);
}

/* Payments of a scenario or a programme, and the prices that they imply. */
static void call_payments(void) {
    struct outputs out;
    relocost_payment_options options;
    struct told told;
    int refused, fits;
    relocost_programme *programme = NULL;
    relocost_status status;
    memset(&options, 0, sizeof options);
    options.size = sizeof options;
    uint8_t way = byte() % 4;
    options.pathway = way < 2 || rarely(16) ? pathway() : options.pathway;
    options.from = rarely(32) ? name_or_none() : options.from;
    options.until = rarely(32) ? name_or_none() : options.until;
    options.window = rarely(64) ? word() : 0;
    options.same_month = byte() % 2;
    follow(&told, &options.progress, &options.user);
    const void *asked = options_as_passed(&options, sizeof options, &refused);
    relocost_text paid = way % 2 != 0 ? file_path() : rarely(64) ? any_document() : passed(text_of(PAYMENTS));
    prepare(&out);
    const void *of = handle(SCENARIO, &fits);
    if (way >= 2) {
        known(relocost_programme_from_text(PROGRAMME, strlen(PROGRAMME), NULL, &programme, NULL));
        HOLDS(programme != NULL);
        fits = !rarely(32);
        of = fits ? programme : of;
    }
    relocost_result **to = (relocost_result **)out.to;
    switch (way) {
    case 0:
        status = relocost_payments_text(of, paid.data, paid.length, asked, to, out.error_to);
        break;
    case 1:
        status = relocost_payments_file(of, paid.data, paid.length, asked, to, out.error_to);
        break;
    case 2:
        status = relocost_programme_payments_text(of, paid.data, paid.length, asked, to, out.error_to);
        break;
    default:
        status = relocost_programme_payments_file(of, paid.data, paid.length, asked, to, out.error_to);
        break;
    }
    HOLDS(status != RELOCOST_OK || (fits && !refused));
    HOLDS((status == RELOCOST_INTERRUPTED) == (told.stopped != 0));
    settle(&out, RESULT, status);
    relocost_programme_free(programme);
    prepare(&out);
    of = handle(RESULT, &fits);
    status = relocost_payments_estimate(of, rarely(64) ? word() : byte() % 5, (relocost_result **)out.to, out.error_to);
    HOLDS(status != RELOCOST_OK || fits);
    settle(&out, RESULT, status);
}

/* The difference of two caseloads, in memory or in files. */
static void call_diff_caseload(void) {
    struct outputs out;
    struct told told;
    int refused, fits, changed_fits;
    relocost_status status;
    prepare(&out);
    const relocost_scenario *old = handle(SCENARIO, &fits), *changed = handle(SCENARIO, &changed_fits);
    const void *options = question_options(&told, &refused);
    if (rarely(64)) {
        relocost_text from = file_path(), to = file_path();
        status = relocost_diff_caseload_file(old, from.data, from.length, changed, to.data, to.length, options,
                                             (relocost_result **)out.to, out.error_to);
    } else {
        relocost_text from = rarely(32) ? any_document() : document(HOUSEHOLDS);
        relocost_text to = rarely(32) ? any_document() : document(HOUSEHOLDS);
        status = relocost_diff_caseload_text(old, from.data, from.length, changed, to.data, to.length, options,
                                             (relocost_result **)out.to, out.error_to);
    }
    HOLDS(status != RELOCOST_OK || (fits && changed_fits && !refused));
    HOLDS((status == RELOCOST_INTERRUPTED) == (told.stopped != 0));
    settle(&out, RESULT, status);
}

static enum kind any_kind(void) {
    uint8_t which = byte();
    return which < BEFORE ? which % KINDS_BEFORE : SIMULATION + which % 2;
}

/* Frees a handle, or tries it with the function of another kind, which leaves the handle as it is. */
static void call_free(void) {
    enum kind kind = any_kind(), other = any_kind();
    void **place = &held[kind][byte() % PLACES];
    free_as(other, *place);
    if (kind == other) {
        *place = NULL;
    }
}

static void (*const CALLS[])(void) = {
    call_question,          call_question,       call_question,         call_result_figures,    call_result_table,
    call_result_table,      call_table,          call_result_write,     call_scenario_from_text, call_compare_text,
    call_scenario_with,      call_scenario_parameter,   call_scenario_write,   call_scenario_variant,  call_scenario_warnings,
    call_scenario_figures,  call_scenario_table, call_result_scenario,  call_estimate,          call_scenario_from_file,
    call_cell,              call_error,          call_free,             call_programme,         call_update_prices,
    call_rates,             call_payments,       call_diff_caseload,
};

static void (*const CALLS_OF_SIMULATIONS[])(void) = {
    call_simulate,         call_simulate,       call_statistics, call_statistics,      call_draws,   call_simulation_write,
    call_simulation_table, call_simulate_range, call_part,       call_part_from_bytes, call_tornado, call_sobol,
    call_programme_futures, call_document,   call_postings,  call_publish,   call_scenario_over,
};

int LLVMFuzzerInitialize(int *count, char ***arguments);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *count, char ***arguments) {
    (void)count;
    (void)arguments;
    HOLDS(relocost_abi_version() == RELOCOST_ABI_VERSION);
    HOLDS(relocost_version_number() == RELOCOST_VERSION_NUMBER && strcmp(relocost_version(), RELOCOST_VERSION) == 0);
    read_files();
    for (size_t at = 0; at < PLACES; at++) {
        relocost_text text = file_texts[at];
        HOLDS(relocost_scenario_from_text(text.data, text.length, NULL, &lasting[at], NULL) == RELOCOST_OK);
    }
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    input = data;
    input_left = size;
    for (int calls = 0; calls < MOST_CALLS && input_left > 0; calls++) {
        uint8_t which = byte();
        if (which < BEFORE) {
            CALLS[which % COUNT(CALLS)]();
        } else {
            CALLS_OF_SIMULATIONS[which % COUNT(CALLS_OF_SIMULATIONS)]();
        }
        forget_memory();
    }
    for (enum kind kind = 0; kind < KINDS; kind++) {
        for (size_t at = 0; at < PLACES; at++) {
            free_as(kind, held[kind][at]);
            held[kind][at] = NULL;
        }
    }
    return 0;
}
