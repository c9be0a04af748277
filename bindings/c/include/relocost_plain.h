/*
 * The declarations of relocost.h, which documents them, without comments and directives, for what has no preprocessor:
 * PHP's FFI, LuaJIT, cffi. Made by ffi/python/header.py; do not edit. RELOCOST_ZERO_ENDED is the largest size_t.
 */

enum {
    RELOCOST_ABI_VERSION = 1,
    RELOCOST_VERSION_NUMBER = 1000,
    RELOCOST_SAMPLING_RANDOM = 0,
    RELOCOST_SAMPLING_LATIN_HYPERCUBE = 1,
    RELOCOST_SAMPLING_SOBOL = 2,
    RELOCOST_KEEP_NOTHING = 0,
    RELOCOST_KEEP_TOTALS = 1,
    RELOCOST_KEEP_EVERYTHING = 2,
    RELOCOST_FIGURES_ALL = 0,
    RELOCOST_FIGURES_TOTALS = 1,
    RELOCOST_FIGURES_BY_FISCAL_YEAR = 2,
    RELOCOST_FIGURES_BY_CATEGORY = 3,
    RELOCOST_FIGURES_BY_FUND = 4,
    RELOCOST_NOMINAL = 0,
    RELOCOST_CONSTANT = 1,
    RELOCOST_JSON = 0,
    RELOCOST_CSV = 1,
    RELOCOST_TEXT_EN = 2,
    RELOCOST_TEXT_FR = 3,
    RELOCOST_HTML_EN = 4,
    RELOCOST_HTML_FR = 5,
    RELOCOST_TOML = 6,
    RELOCOST_CSV_FR = 7,
    RELOCOST_XLSX_EN = 8,
    RELOCOST_XLSX_FR = 9,
    RELOCOST_HLEDGER_EN = 10,
    RELOCOST_HLEDGER_FR = 11,
    RELOCOST_BEANCOUNT_EN = 12,
    RELOCOST_BEANCOUNT_FR = 13,
    RELOCOST_DOCX_EN = 14,
    RELOCOST_DOCX_FR = 15,
    RELOCOST_INTEGER = 1,
    RELOCOST_MONEY = 2,
    RELOCOST_DECIMAL = 3,
    RELOCOST_TEXT = 4,
    RELOCOST_FIGURE_BASE_TOTAL = 1,
    RELOCOST_FIGURE_ALTERNATIVE_TOTAL = 2,
    RELOCOST_FIGURE_EXTRA = 3,
    RELOCOST_FIGURE_RESIDUAL = 4,
    RELOCOST_FIGURE_TOTAL = 5,
    RELOCOST_FIGURE_COST = 6,
    RELOCOST_FIGURE_PREMIUM = 20,
    RELOCOST_FIGURE_FACTOR = 21,
    RELOCOST_FIGURE_TARGET = 22,
    RELOCOST_FIGURE_CURRENCY = 40,
    RELOCOST_FIGURE_BASIS = 41,
    RELOCOST_FIGURE_BASE = 42,
    RELOCOST_FIGURE_ALTERNATIVE = 43,
    RELOCOST_FIGURE_PATHWAY = 44,
    RELOCOST_FIGURE_BAND = 45,
    RELOCOST_FIGURE_START = 46,
    RELOCOST_FIGURE_RESTS_ON = 47,
    RELOCOST_FIGURE_TITLE = 48,
    RELOCOST_FIGURE_KNOWN = 49,
    RELOCOST_FIGURE_HORIZON_MONTHS = 60,
    RELOCOST_FIGURE_ENTRIES = 61,
    RELOCOST_FIGURE_COUNT = 62,
    RELOCOST_FIGURE_CHARGED_LINES = 63,
    RELOCOST_FIGURE_ILLUSTRATIVE_LINES = 64,
    RELOCOST_FIGURE_PASSED = 65,
    RELOCOST_FIGURE_FAILED = 66,
    RELOCOST_FIGURE_FISCAL_YEAR_START = 67,
    RELOCOST_PROGRAMME_VALUES = 1,
    RELOCOST_PROGRAMME_CASES = 2,
    RELOCOST_TABLE_PATHWAYS = 1,
    RELOCOST_TABLE_BY_CATEGORY = 2,
    RELOCOST_TABLE_BY_FISCAL_YEAR = 3,
    RELOCOST_TABLE_BY_FUND = 4,
    RELOCOST_TABLE_PREMIUM_CURVE = 5,
    RELOCOST_TABLE_ATTRIBUTION = 6,
    RELOCOST_TABLE_PATHWAY_CATEGORIES = 7,
    RELOCOST_TABLE_PATHWAY_FISCAL_YEARS = 8,
    RELOCOST_TABLE_PATHWAY_FUNDS = 9,
    RELOCOST_TABLE_PATHWAY_LINES = 10,
    RELOCOST_TABLE_DIFFERENCES = 11,
    RELOCOST_TABLE_PATHWAY_PLACES = 12,
    RELOCOST_TABLE_ENTRIES = 20,
    RELOCOST_TABLE_YEARS_AND_CATEGORIES = 21,
    RELOCOST_TABLE_SOURCES = 22,
    RELOCOST_TABLE_WAITS = 30,
    RELOCOST_TABLE_HOUSEHOLDS = 31,
    RELOCOST_TABLE_VARIANTS = 32,
    RELOCOST_TABLE_TOTALS = 33,
    RELOCOST_TABLE_EFFECTS = 34,
    RELOCOST_TABLE_DETAILS = 35,
    RELOCOST_TABLE_POINTS = 36,
    RELOCOST_TABLE_EXPECTATIONS = 37,
    RELOCOST_TABLE_LINES = 38,
    RELOCOST_TABLE_FIGURES = 39,
    RELOCOST_TABLE_ENTITLEMENTS = 40,
    RELOCOST_TABLE_CATEGORIES = 41,
    RELOCOST_TABLE_FUNDS = 42,
    RELOCOST_TABLE_SOLUTIONS = 43,
    RELOCOST_TABLE_WHAT_IFS = 44,
    RELOCOST_TABLE_PLACES = 45,
    RELOCOST_TABLE_DRIVERS = 46,
    RELOCOST_TABLE_PRICES = 47,
    RELOCOST_TABLE_RATES = 48,
    RELOCOST_TABLE_ESTIMATES = 49,
    RELOCOST_TABLE_TORNADO = 50,
    RELOCOST_TABLE_INDICES = 51,
    RELOCOST_TABLE_RANKS = 52,
    RELOCOST_TABLE_STATISTICS = 53,
    RELOCOST_TABLE_MOVED = 54,
    RELOCOST_TABLE_STANDING = 55,
    RELOCOST_TABLE_BUDGET = 60,
    RELOCOST_TABLE_BUDGET_YEARS = 61,
    RELOCOST_TABLE_BUDGET_FUNDS = 62,
    RELOCOST_TABLE_BUDGET_TOTALS = 63,
    RELOCOST_TABLE_BUDGET_PARTS = 64,
    RELOCOST_TABLE_BUDGET_YEARS_AND_PARTS = 65,
    RELOCOST_TABLE_SUPPORTED = 66,
    RELOCOST_TABLE_CAUSES = 67,
    RELOCOST_TABLE_RUN_OFF = 68,
    RELOCOST_TABLE_AFTER = 69,
    RELOCOST_TABLE_CEILINGS = 70,
    RELOCOST_TABLE_VALUES = 71,
    RELOCOST_TABLE_STEPS = 72,
    RELOCOST_TABLE_MONTHS = 73,
    RELOCOST_TABLE_WAITING = 74,
    RELOCOST_TABLE_GIVEN_WITHIN = 75,
    RELOCOST_TABLE_AGREEMENTS = 76,
    RELOCOST_TABLE_AGREEMENT_YEARS = 77,
    RELOCOST_TABLE_CASES = 78,
    RELOCOST_TABLE_CASE_STAGES = 79,
    RELOCOST_TABLE_MONTHS_AND_FUNDS = 80,
    RELOCOST_TABLE_BUDGET_CAUSES = 81,
    RELOCOST_TABLE_BUDGET_CAUSE_YEARS = 82,
    RELOCOST_TABLE_BUDGET_CAUSE_FUNDS = 83,
    RELOCOST_TABLE_BUDGET_CAUSE_YEARS_AND_FUNDS = 84,
    RELOCOST_TABLE_BUDGET_CASES = 85,
    RELOCOST_TABLE_BUDGET_CHANGES = 86,
    RELOCOST_TABLE_FUTURES = 87,
    RELOCOST_TABLE_FUTURE_CEILINGS = 88,
    RELOCOST_TABLE_FUTURE_WAITING = 89,
    RELOCOST_TABLE_POSTINGS = 90,
    RELOCOST_TABLE_PUBLISHED = 91,
    RELOCOST_TABLE_AUDIT = 92,
    RELOCOST_OK = 0,
    RELOCOST_TOO_LARGE = 1001,
    RELOCOST_NOT_UTF8 = 1002,
    RELOCOST_SYNTAX = 1003,
    RELOCOST_TOO_DEEP = 1004,
    RELOCOST_DUPLICATE_KEY = 1005,
    RELOCOST_UNREADABLE = 1006,
    RELOCOST_CATALOGUE = 1007,
    RELOCOST_UNKNOWN_KEY = 2001,
    RELOCOST_MISSING_KEY = 2002,
    RELOCOST_WRONG_KIND = 2003,
    RELOCOST_BAD_DECIMAL = 2004,
    RELOCOST_OUT_OF_RANGE = 2005,
    RELOCOST_UNKNOWN_NAME = 2006,
    RELOCOST_DUPLICATE = 2007,
    RELOCOST_CONFLICT = 2008,
    RELOCOST_BAD_NAME = 2009,
    RELOCOST_BAD_TEXT = 2010,
    RELOCOST_TOO_MANY = 2011,
    RELOCOST_NOT_POSITIVE = 2012,
    RELOCOST_MISSING_RATE = 3001,
    RELOCOST_TOO_LARGE_FIGURE = 3002,
    RELOCOST_UNKNOWN_PATHWAY = 3003,
    RELOCOST_NO_SOLUTION = 3004,
    RELOCOST_INTERRUPTED = 3005,
    RELOCOST_OUT_OF_MEMORY = 3006,
    RELOCOST_DISCLOSURE = 3007,
    RELOCOST_UNKNOWN_FIGURE = 4001,
    RELOCOST_NEVER_USED = 5001,
    RELOCOST_CONTRADICTION = 5002,
    RELOCOST_LEAVES_DOMAIN = 5003,
    RELOCOST_MINORS_ALONE = 5004,
    RELOCOST_SAME_REFERENCE = 5005,
    RELOCOST_PER_CENT = 5006,
    RELOCOST_NULL_POINTER = 9001,
    RELOCOST_WRONG_HANDLE = 9002,
    RELOCOST_MISALIGNED = 9003,
    RELOCOST_SHORT_BUFFER = 9004,
    RELOCOST_ARGUMENT_NOT_UTF8 = 9005,
    RELOCOST_WRONG_LENGTH = 9006,
    RELOCOST_WRONG_SIZE = 9007,
    RELOCOST_UNKNOWN_CHOICE = 9008,
    RELOCOST_NO_SUCH_PLACE = 9009,
    RELOCOST_OTHER_KIND = 9010,
    RELOCOST_NO_VALUE = 9011,
    RELOCOST_BEYOND_INT64 = 9012,
    RELOCOST_NOT_OF_THIS_RESULT = 9013,
    RELOCOST_DEFECT = 9099,
};
typedef struct relocost_catalogue relocost_catalogue;
typedef struct relocost_document relocost_document;
typedef struct relocost_error relocost_error;
typedef struct relocost_part relocost_part;
typedef struct relocost_programme relocost_programme;
typedef struct relocost_result relocost_result;
typedef struct relocost_scenario relocost_scenario;
typedef struct relocost_simulation relocost_simulation;
typedef struct relocost_table relocost_table;
typedef uint32_t relocost_status;
typedef struct relocost_text {
    const char *data;
    size_t length;
} relocost_text;
typedef struct relocost_finding {
    uint32_t number;
    uint32_t line;
    uint32_t column;
    uint32_t reserved;
    struct relocost_text name;
    struct relocost_text message;
    struct relocost_text file;
    struct relocost_text key;
} relocost_finding;
typedef struct relocost_load_options {
    size_t size;
    uint32_t show_values;
    uint32_t reserved;
    const struct relocost_text *catalogue_folders;
    size_t catalogue_folder_count;
    struct relocost_text catalogue;
} relocost_load_options;
typedef int (*relocost_progress)(void *user, uint64_t done, uint64_t total);
typedef struct relocost_options {
    size_t size;
    struct relocost_text base;
    struct relocost_text alternative;
    uint32_t basis;
    uint32_t months;
    uint32_t threads;
    uint32_t reserved;
    relocost_progress progress;
    void *user;
} relocost_options;
typedef struct relocost_selection {
    size_t size;
    struct relocost_text category;
    struct relocost_text line;
    struct relocost_text month;
    struct relocost_text fund;
    int32_t fiscal_year;
    uint32_t reserved;
} relocost_selection;
typedef struct relocost_estimate_options {
    size_t size;
    struct relocost_text currency;
    uint32_t of_temporary;
    uint32_t months;
    struct relocost_text low;
    struct relocost_text high;
} relocost_estimate_options;
typedef struct relocost_change {
    size_t set;
    struct relocost_text path;
    struct relocost_text value;
} relocost_change;
typedef struct relocost_axis {
    struct relocost_text path;
    const struct relocost_text *values;
    size_t value_count;
} relocost_axis;
typedef struct relocost_money {
    int64_t minor;
    uint32_t decimals;
    char currency[4];
} relocost_money;
typedef struct relocost_simulate_options {
    size_t size;
    uint64_t draws;
    uint64_t seed;
    double precision;
    struct relocost_text base;
    struct relocost_text alternative;
    uint32_t sampling;
    uint32_t basis;
    uint32_t keep;
    uint32_t threads;
    uint32_t resamples;
    uint32_t figures;
    relocost_progress progress;
    void *user;
} relocost_simulate_options;
typedef struct relocost_statistics {
    size_t size;
    uint64_t draws;
    double mean;
    double sd;
    double se;
    double least;
    double most;
    double p5;
    double p10;
    double p50;
    double p80;
    double p90;
    double p95;
    double se_p5;
    double se_p10;
    double se_p50;
    double se_p80;
    double se_p90;
    double se_p95;
    double expected_shortfall_95;
} relocost_statistics;
typedef struct relocost_band_shares {
    size_t size;
    double below;
    double within;
    double above;
    double none;
} relocost_band_shares;
typedef struct relocost_rate_options {
    size_t size;
    struct relocost_text currency;
    struct relocost_text of;
    int32_t first_year;
    int32_t last_year;
    uint32_t month;
    uint32_t allow_gaps;
    const struct relocost_text *columns;
    size_t column_count;
    const struct relocost_text *filters;
    size_t filter_count;
} relocost_rate_options;
typedef struct relocost_payment_options {
    size_t size;
    struct relocost_text pathway;
    struct relocost_text from;
    struct relocost_text until;
    uint32_t window;
    uint32_t same_month;
    relocost_progress progress;
    void *user;
} relocost_payment_options;
typedef struct relocost_publish_options {
    size_t size;
    struct relocost_text base;
    struct relocost_text alternative;
    const struct relocost_text *tables;
    size_t table_count;
    const struct relocost_text *beside;
    size_t beside_count;
    uint64_t threshold;
    uint32_t basis;
    uint32_t threads;
    relocost_progress progress;
    void *user;
} relocost_publish_options;
uint32_t relocost_abi_version(void);
const char *relocost_version(void);
uint32_t relocost_version_number(void);
const char *relocost_status_name(relocost_status status);
relocost_status relocost_error_count(const struct relocost_error *error, size_t *count);
relocost_status relocost_error_more(const struct relocost_error *error, size_t *more);

relocost_status relocost_error_finding(const struct relocost_error *error,
                                       size_t index,
                                       struct relocost_finding *finding);

relocost_status relocost_error_text(const struct relocost_error *error,
                                    char *buffer,
                                    size_t capacity,
                                    size_t *required);

relocost_status relocost_error_write(const struct relocost_error *error,
                                     uint32_t form,
                                     char *buffer,
                                     size_t capacity,
                                     size_t *required);
void relocost_error_free(struct relocost_error *error);

relocost_status relocost_scenario_from_text(const char *text,
                                            size_t length,
                                            const struct relocost_load_options *options,
                                            struct relocost_scenario **scenario,
                                            struct relocost_error **error);

relocost_status relocost_scenario_from_file(const char *path,
                                            size_t length,
                                            const struct relocost_load_options *options,
                                            struct relocost_scenario **scenario,
                                            struct relocost_error **error);

relocost_status relocost_scenario_write(const struct relocost_scenario *scenario,
                                        uint32_t form,
                                        char *buffer,
                                        size_t capacity,
                                        size_t *required,
                                        struct relocost_error **error);

relocost_status relocost_scenario_with(const struct relocost_scenario *scenario,
                                       const char *path,
                                       size_t path_length,
                                       const char *value,
                                       size_t value_length,
                                       struct relocost_scenario **changed,
                                       struct relocost_error **error);

relocost_status relocost_scenario_parameter(const struct relocost_scenario *scenario,
                                            const char *path,
                                            size_t path_length,
                                            char *buffer,
                                            size_t capacity,
                                            size_t *required,
                                            struct relocost_error **error);

relocost_status relocost_scenario_variant(const struct relocost_scenario *scenario,
                                          const char *name,
                                          size_t length,
                                          struct relocost_scenario **variant,
                                          struct relocost_error **error);

relocost_status relocost_scenario_at_means(const struct relocost_scenario *scenario,
                                           struct relocost_scenario **at_means,
                                           struct relocost_error **error);

relocost_status relocost_scenario_warnings(const struct relocost_scenario *scenario,
                                           struct relocost_error **warnings);

relocost_status relocost_scenario_text(const struct relocost_scenario *scenario,
                                       uint32_t figure,
                                       char *buffer,
                                       size_t capacity,
                                       size_t *required);

relocost_status relocost_scenario_integer(const struct relocost_scenario *scenario,
                                          uint32_t figure,
                                          int64_t *integer);

relocost_status relocost_scenario_table(const struct relocost_scenario *scenario,
                                        uint32_t which,
                                        struct relocost_table **table);
void relocost_scenario_free(struct relocost_scenario *scenario);

relocost_status relocost_compare_text(const char *text,
                                      size_t length,
                                      uint32_t form,
                                      char *buffer,
                                      size_t capacity,
                                      size_t *required,
                                      struct relocost_error **error);

relocost_status relocost_compare(const struct relocost_scenario *scenario,
                                 const struct relocost_options *options,
                                 struct relocost_result **result,
                                 struct relocost_error **error);

relocost_status relocost_ledger(const struct relocost_scenario *scenario,
                                const char *pathway,
                                size_t pathway_length,
                                const struct relocost_options *options,
                                struct relocost_result **result,
                                struct relocost_error **error);

relocost_status relocost_explain(const struct relocost_result *ledger,
                                 const struct relocost_selection *selection,
                                 struct relocost_result **result,
                                 struct relocost_error **error);

relocost_status relocost_delay(const struct relocost_scenario *scenario,
                               const struct relocost_options *options,
                               struct relocost_result **result,
                               struct relocost_error **error);

relocost_status relocost_calibrate(const struct relocost_scenario *scenario,
                                   const char *target,
                                   size_t target_length,
                                   const struct relocost_text *lines,
                                   size_t line_count,
                                   const struct relocost_options *options,
                                   struct relocost_result **result,
                                   struct relocost_error **error);

relocost_status relocost_estimate(const char *cost,
                                  size_t cost_length,
                                  const struct relocost_estimate_options *options,
                                  struct relocost_result **result,
                                  struct relocost_error **error);

relocost_status relocost_caseload_text(const struct relocost_scenario *scenario,
                                       const char *csv,
                                       size_t length,
                                       const struct relocost_options *options,
                                       struct relocost_result **result,
                                       struct relocost_error **error);

relocost_status relocost_caseload_file(const struct relocost_scenario *scenario,
                                       const char *path,
                                       size_t length,
                                       const struct relocost_options *options,
                                       struct relocost_result **result,
                                       struct relocost_error **error);

relocost_status relocost_compare_variants(const struct relocost_scenario *scenario,
                                          const struct relocost_options *options,
                                          struct relocost_result **result,
                                          struct relocost_error **error);

relocost_status relocost_what_ifs(const struct relocost_scenario *scenario,
                                  const struct relocost_change *changes,
                                  size_t change_count,
                                  size_t set_count,
                                  const struct relocost_options *options,
                                  struct relocost_result **result,
                                  struct relocost_error **error);

relocost_status relocost_grid(const struct relocost_scenario *scenario,
                              const struct relocost_axis *axes,
                              size_t axis_count,
                              const struct relocost_options *options,
                              struct relocost_result **result,
                              struct relocost_error **error);

relocost_status relocost_diff(const struct relocost_scenario *old,
                              const struct relocost_scenario *changed,
                              const struct relocost_options *options,
                              struct relocost_result **result,
                              struct relocost_error **error);

relocost_status relocost_diff_caseload_text(const struct relocost_scenario *old,
                                            const char *csv,
                                            size_t length,
                                            const struct relocost_scenario *changed,
                                            const char *changed_csv,
                                            size_t changed_length,
                                            const struct relocost_options *options,
                                            struct relocost_result **result,
                                            struct relocost_error **error);

relocost_status relocost_diff_caseload_file(const struct relocost_scenario *old,
                                            const char *path,
                                            size_t length,
                                            const struct relocost_scenario *changed,
                                            const char *changed_path,
                                            size_t changed_length,
                                            const struct relocost_options *options,
                                            struct relocost_result **result,
                                            struct relocost_error **error);

relocost_status relocost_tornado(const struct relocost_scenario *scenario,
                                 const struct relocost_options *options,
                                 struct relocost_result **result,
                                 struct relocost_error **error);

relocost_status relocost_run_expectations(const struct relocost_scenario *scenario,
                                          const struct relocost_options *options,
                                          struct relocost_result **result,
                                          struct relocost_error **error);

relocost_status relocost_result_write(const struct relocost_result *result,
                                      uint32_t form,
                                      char *buffer,
                                      size_t capacity,
                                      size_t *required,
                                      struct relocost_error **error);

relocost_status relocost_result_money(const struct relocost_result *result,
                                      uint32_t figure,
                                      struct relocost_money *value);

relocost_status relocost_result_text(const struct relocost_result *result,
                                     uint32_t figure,
                                     char *buffer,
                                     size_t capacity,
                                     size_t *required);

relocost_status relocost_result_warnings(const struct relocost_result *result,
                                         struct relocost_error **warnings);

relocost_status relocost_result_integer(const struct relocost_result *result,
                                        uint32_t figure,
                                        int64_t *value);

relocost_status relocost_result_double_for_charts(const struct relocost_result *result,
                                                  uint32_t figure,
                                                  double *value);

relocost_status relocost_result_table(const struct relocost_result *result,
                                      uint32_t which,
                                      struct relocost_table **table);

relocost_status relocost_result_scenario(const struct relocost_result *result,
                                         struct relocost_scenario **scenario,
                                         struct relocost_error **error);
void relocost_result_free(struct relocost_result *result);
relocost_status relocost_table_rows(const struct relocost_table *table, size_t *rows);
relocost_status relocost_table_columns(const struct relocost_table *table, size_t *columns);

relocost_status relocost_table_find(const struct relocost_table *table,
                                    const char *name,
                                    size_t length,
                                    size_t *column);

relocost_status relocost_table_column_name(const struct relocost_table *table,
                                           size_t column,
                                           struct relocost_text *name);

relocost_status relocost_table_column_kind(const struct relocost_table *table,
                                           size_t column,
                                           uint32_t *kind);
relocost_status relocost_table_currency(const struct relocost_table *table, struct relocost_money *zero);

relocost_status relocost_table_head(const struct relocost_table *table,
                                    char *buffer,
                                    size_t capacity,
                                    size_t *required);

relocost_status relocost_table_money(const struct relocost_table *table,
                                     size_t row,
                                     size_t column,
                                     struct relocost_money *value);

relocost_status relocost_table_integer(const struct relocost_table *table,
                                       size_t row,
                                       size_t column,
                                       int64_t *value);

relocost_status relocost_table_text(const struct relocost_table *table,
                                    size_t row,
                                    size_t column,
                                    struct relocost_text *value);

relocost_status relocost_table_copy_text(const struct relocost_table *table,
                                         size_t row,
                                         size_t column,
                                         char *buffer,
                                         size_t capacity,
                                         size_t *required);

relocost_status relocost_table_double_for_charts(const struct relocost_table *table,
                                                 size_t row,
                                                 size_t column,
                                                 double *value);

relocost_status relocost_table_fill_minor(const struct relocost_table *table,
                                          size_t column,
                                          int64_t *buffer,
                                          size_t capacity,
                                          size_t *required);

relocost_status relocost_table_fill_integers(const struct relocost_table *table,
                                             size_t column,
                                             int64_t *buffer,
                                             size_t capacity,
                                             size_t *required);

relocost_status relocost_table_fill_texts(const struct relocost_table *table,
                                          size_t column,
                                          struct relocost_text *buffer,
                                          size_t capacity,
                                          size_t *required);

relocost_status relocost_table_fill_doubles_for_charts(const struct relocost_table *table,
                                                       size_t column,
                                                       double *buffer,
                                                       size_t capacity,
                                                       size_t *required);
void relocost_table_free(struct relocost_table *table);

relocost_status relocost_simulate(const struct relocost_scenario *scenario,
                                  const struct relocost_simulate_options *options,
                                  struct relocost_simulation **simulation,
                                  struct relocost_error **error);

relocost_status relocost_sobol(const struct relocost_scenario *scenario,
                               const struct relocost_simulate_options *options,
                               struct relocost_result **result,
                               struct relocost_error **error);
relocost_status relocost_simulation_draws(const struct relocost_simulation *simulation, uint64_t *draws);
relocost_status relocost_simulation_seed(const struct relocost_simulation *simulation, uint64_t *seed);

relocost_status relocost_simulation_text(const struct relocost_simulation *simulation,
                                         uint32_t figure,
                                         char *buffer,
                                         size_t capacity,
                                         size_t *required);

relocost_status relocost_simulation_write(const struct relocost_simulation *simulation,
                                          uint32_t form,
                                          char *buffer,
                                          size_t capacity,
                                          size_t *required,
                                          struct relocost_error **error);

relocost_status relocost_simulation_table(const struct relocost_simulation *simulation,
                                          uint32_t which,
                                          struct relocost_table **table);

relocost_status relocost_simulation_statistics(const struct relocost_simulation *simulation,
                                               const char *figure,
                                               size_t figure_length,
                                               const char *key,
                                               size_t key_length,
                                               struct relocost_statistics *statistics);

relocost_status relocost_simulation_ledger(const struct relocost_simulation *simulation,
                                           const char *figure,
                                           size_t figure_length,
                                           const char *key,
                                           size_t key_length,
                                           uint32_t at_means,
                                           char *buffer,
                                           size_t capacity,
                                           size_t *required);

relocost_status relocost_simulation_quantile(const struct relocost_simulation *simulation,
                                             const char *figure,
                                             size_t figure_length,
                                             const char *key,
                                             size_t key_length,
                                             double share,
                                             double *value);

relocost_status relocost_simulation_exceedance(const struct relocost_simulation *simulation,
                                               const char *figure,
                                               size_t figure_length,
                                               const char *key,
                                               size_t key_length,
                                               double value,
                                               double *share);

relocost_status relocost_simulation_expected_shortfall(const struct relocost_simulation *simulation,
                                                       const char *figure,
                                                       size_t figure_length,
                                                       const char *key,
                                                       size_t key_length,
                                                       double share,
                                                       double *value);

relocost_status relocost_simulation_band(const struct relocost_simulation *simulation,
                                         struct relocost_band_shares *shares);

relocost_status relocost_simulation_kept_draws(const struct relocost_simulation *simulation,
                                               const char *figure,
                                               size_t figure_length,
                                               const char *key,
                                               size_t key_length,
                                               double *buffer,
                                               size_t capacity,
                                               size_t *required);
void relocost_simulation_free(struct relocost_simulation *simulation);

relocost_status relocost_simulate_range(const struct relocost_scenario *scenario,
                                        uint64_t first,
                                        uint64_t count,
                                        const struct relocost_simulate_options *options,
                                        struct relocost_part **part,
                                        struct relocost_error **error);

relocost_status relocost_part_merge(const struct relocost_part *part,
                                    const struct relocost_part *other,
                                    struct relocost_part **merged,
                                    struct relocost_error **error);
relocost_status relocost_part_draws(const struct relocost_part *part, uint64_t *draws);

relocost_status relocost_part_to_bytes(const struct relocost_part *part,
                                       char *buffer,
                                       size_t capacity,
                                       size_t *required);

relocost_status relocost_part_from_bytes(const char *bytes,
                                         size_t length,
                                         struct relocost_part **part,
                                         struct relocost_error **error);

relocost_status relocost_simulation_of_part(const struct relocost_scenario *scenario,
                                            const struct relocost_simulate_options *options,
                                            const struct relocost_part *part,
                                            struct relocost_simulation **simulation,
                                            struct relocost_error **error);
void relocost_part_free(struct relocost_part *part);

relocost_status relocost_programme_from_text(const char *text,
                                             size_t length,
                                             const struct relocost_load_options *options,
                                             struct relocost_programme **programme,
                                             struct relocost_error **error);

relocost_status relocost_programme_from_file(const char *path,
                                             size_t length,
                                             const struct relocost_load_options *options,
                                             struct relocost_programme **programme,
                                             struct relocost_error **error);

relocost_status relocost_programme_run(const struct relocost_programme *programme,
                                       uint32_t parts,
                                       const struct relocost_options *options,
                                       struct relocost_result **result,
                                       struct relocost_error **error);

relocost_status relocost_programme_run_expectations(const struct relocost_programme *programme,
                                                    const struct relocost_options *options,
                                                    struct relocost_result **result,
                                                    struct relocost_error **error);

relocost_status relocost_programme_diff(const struct relocost_programme *old,
                                        const struct relocost_programme *changed,
                                        const struct relocost_options *options,
                                        struct relocost_result **result,
                                        struct relocost_error **error);

relocost_status relocost_programme_simulate(const struct relocost_programme *programme,
                                            const struct relocost_simulate_options *options,
                                            struct relocost_simulation **simulation,
                                            struct relocost_error **error);

relocost_status relocost_programme_simulate_range(const struct relocost_programme *programme,
                                                  uint64_t first,
                                                  uint64_t count,
                                                  const struct relocost_simulate_options *options,
                                                  struct relocost_part **part,
                                                  struct relocost_error **error);

relocost_status relocost_programme_simulation_of_part(const struct relocost_programme *programme,
                                                      const struct relocost_simulate_options *options,
                                                      const struct relocost_part *part,
                                                      struct relocost_simulation **simulation,
                                                      struct relocost_error **error);
void relocost_programme_free(struct relocost_programme *programme);

relocost_status relocost_catalogue_from_text(const char *text,
                                             size_t length,
                                             struct relocost_catalogue **catalogue,
                                             struct relocost_error **error);

relocost_status relocost_catalogue_from_file(const char *path,
                                             size_t length,
                                             struct relocost_catalogue **catalogue,
                                             struct relocost_error **error);

relocost_status relocost_scenario_over(const struct relocost_catalogue *catalogue,
                                       const char *text,
                                       size_t length,
                                       const struct relocost_load_options *options,
                                       struct relocost_scenario **scenario,
                                       struct relocost_error **error);
void relocost_catalogue_free(struct relocost_catalogue *catalogue);

relocost_status relocost_update_prices_text(const char *catalogue,
                                            size_t catalogue_length,
                                            const char *list,
                                            size_t list_length,
                                            struct relocost_result **result,
                                            struct relocost_error **error);

relocost_status relocost_update_prices_file(const char *catalogue,
                                            size_t catalogue_length,
                                            const char *list,
                                            size_t list_length,
                                            struct relocost_result **result,
                                            struct relocost_error **error);

relocost_status relocost_rates_text(const char *format,
                                    size_t format_length,
                                    const char *text,
                                    size_t length,
                                    const struct relocost_rate_options *options,
                                    struct relocost_result **result,
                                    struct relocost_error **error);

relocost_status relocost_rates_files(const char *format,
                                     size_t format_length,
                                     const struct relocost_text *paths,
                                     size_t path_count,
                                     const struct relocost_rate_options *options,
                                     struct relocost_result **result,
                                     struct relocost_error **error);

relocost_status relocost_payments_text(const struct relocost_scenario *scenario,
                                       const char *text,
                                       size_t length,
                                       const struct relocost_payment_options *options,
                                       struct relocost_result **result,
                                       struct relocost_error **error);

relocost_status relocost_payments_file(const struct relocost_scenario *scenario,
                                       const char *path,
                                       size_t length,
                                       const struct relocost_payment_options *options,
                                       struct relocost_result **result,
                                       struct relocost_error **error);

relocost_status relocost_programme_payments_text(const struct relocost_programme *programme,
                                                 const char *text,
                                                 size_t length,
                                                 const struct relocost_payment_options *options,
                                                 struct relocost_result **result,
                                                 struct relocost_error **error);

relocost_status relocost_programme_payments_file(const struct relocost_programme *programme,
                                                 const char *path,
                                                 size_t length,
                                                 const struct relocost_payment_options *options,
                                                 struct relocost_result **result,
                                                 struct relocost_error **error);

relocost_status relocost_payments_estimate(const struct relocost_result *payments,
                                           uint32_t credibility,
                                           struct relocost_result **result,
                                           struct relocost_error **error);

relocost_status relocost_report(const struct relocost_scenario *scenario,
                                uint32_t form,
                                const struct relocost_simulate_options *options,
                                struct relocost_document **document,
                                struct relocost_error **error);

relocost_status relocost_programme_report(const struct relocost_programme *programme,
                                          uint32_t form,
                                          const struct relocost_simulate_options *options,
                                          struct relocost_document **document,
                                          struct relocost_error **error);

relocost_status relocost_result_report(const struct relocost_result *result,
                                       uint32_t form,
                                       struct relocost_document **document,
                                       struct relocost_error **error);

relocost_status relocost_workbook(const struct relocost_scenario *scenario,
                                  uint32_t form,
                                  const struct relocost_options *options,
                                  struct relocost_document **document,
                                  struct relocost_error **error);

relocost_status relocost_programme_workbook(const struct relocost_programme *programme,
                                            uint32_t form,
                                            const struct relocost_options *options,
                                            struct relocost_document **document,
                                            struct relocost_error **error);

relocost_status relocost_result_workbook(const struct relocost_result *result,
                                         uint32_t form,
                                         const struct relocost_options *options,
                                         struct relocost_document **document,
                                         struct relocost_error **error);

relocost_status relocost_document_bytes(const struct relocost_document *document,
                                        struct relocost_text *bytes);
void relocost_document_free(struct relocost_document *document);

relocost_status relocost_result_postings(const struct relocost_result *result,
                                         struct relocost_result **postings,
                                         struct relocost_error **error);

relocost_status relocost_programme_postings(const struct relocost_programme *programme,
                                            const struct relocost_options *options,
                                            struct relocost_result **postings,
                                            struct relocost_error **error);

relocost_status relocost_caseload_postings_text(const struct relocost_scenario *scenario,
                                                const char *csv,
                                                size_t length,
                                                const char *pathway,
                                                size_t pathway_length,
                                                const struct relocost_options *options,
                                                struct relocost_result **postings,
                                                struct relocost_error **error);

relocost_status relocost_caseload_postings_file(const struct relocost_scenario *scenario,
                                                const char *path,
                                                size_t length,
                                                const char *pathway,
                                                size_t pathway_length,
                                                const struct relocost_options *options,
                                                struct relocost_result **postings,
                                                struct relocost_error **error);

relocost_status relocost_programme_publish(const struct relocost_programme *programme,
                                           const struct relocost_publish_options *options,
                                           struct relocost_result **publication,
                                           struct relocost_error **error);

relocost_status relocost_publish_text(const struct relocost_scenario *scenario,
                                      const char *csv,
                                      size_t length,
                                      const struct relocost_publish_options *options,
                                      struct relocost_result **publication,
                                      struct relocost_error **error);

relocost_status relocost_publish_file(const struct relocost_scenario *scenario,
                                      const char *path,
                                      size_t length,
                                      const struct relocost_publish_options *options,
                                      struct relocost_result **publication,
                                      struct relocost_error **error);
