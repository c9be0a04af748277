// relocost.hpp: the C library for C++17, as values that own what they hold and exceptions that say what is wrong.
//
// Licence: MIT OR Apache-2.0. Nothing is computed here: each call is one or two of relocost.h, whose documentation
// holds, its rules for threads included. Only the header is needed beside the library.
//
//     const auto scenario = relocost::scenario::from_file("family.toml");
//     const auto comparison = scenario.compare();
//     std::cout << comparison.text(relocost::figure::premium) << '\n';
//
// A programme, the budget of many cases, is run and simulated in the same way:
//
//     const auto programme = relocost::programme::from_file("programme.toml");
//     const auto years = programme.run().table(relocost::rows::budget_years);
//     std::cout << years.money(0, "as_planned").text() << '\n';
//     std::cout << programme.simulate().quantile(0.8, "as_planned", "2027") << '\n';
#ifndef RELOCOST_HPP
#define RELOCOST_HPP

#include <relocost.h>

#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relocost {

// One thing found, with texts of its own. Line and column are 0 where it is about none.
struct finding {
    std::uint32_t number = 0;
    std::string name;
    std::string message;
    std::string file;
    std::uint32_t line = 0;
    std::uint32_t column = 0;
    std::string key;
};

namespace detail {

struct deleter {
    void operator()(relocost_scenario *handle) const noexcept { relocost_scenario_free(handle); }
    void operator()(relocost_result *handle) const noexcept { relocost_result_free(handle); }
    void operator()(relocost_table *handle) const noexcept { relocost_table_free(handle); }
    void operator()(relocost_error *handle) const noexcept { relocost_error_free(handle); }
    void operator()(relocost_simulation *handle) const noexcept { relocost_simulation_free(handle); }
    void operator()(relocost_part *handle) const noexcept { relocost_part_free(handle); }
    void operator()(relocost_programme *handle) const noexcept { relocost_programme_free(handle); }
    void operator()(relocost_document *handle) const noexcept { relocost_document_free(handle); }
    void operator()(relocost_catalogue *handle) const noexcept { relocost_catalogue_free(handle); }
};

template <class Handle>
using owned = std::unique_ptr<Handle, deleter>;

// Handles never change, so that copies of a value share one.
template <class Handle>
using shared = std::shared_ptr<const Handle>;

inline std::string copied(const relocost_text &text) {
    return text.data == nullptr ? std::string() : std::string(text.data, text.length);
}

inline relocost_text given(std::string_view text) { return {text.data(), text.size()}; }

// A name or path that is left out is no text at all, not an empty one.
inline relocost_text given(const std::optional<std::string> &text) {
    return text ? relocost_text{text->c_str(), text->size()} : relocost_text{nullptr, 0};
}

inline std::vector<finding> findings(const relocost_error *error) {
    std::vector<finding> found;
    std::size_t count = 0;
    if (error == nullptr || relocost_error_count(error, &count) != RELOCOST_OK) {
        return found;
    }
    found.reserve(count);
    for (std::size_t at = 0; at < count; ++at) {
        relocost_finding one{};
        if (relocost_error_finding(error, at, &one) == RELOCOST_OK) {
            found.push_back({one.number, copied(one.name), copied(one.message), copied(one.file), one.line, one.column,
                             copied(one.key)});
        }
    }
    return found;
}

}  // namespace detail

// The exception of a call that fails: the status, and everything that was found.
class error : public std::runtime_error {
public:
    error(relocost_status status, const std::string &text, std::vector<finding> found)
        : std::runtime_error(text), status_(status), findings_(std::make_shared<std::vector<finding>>(std::move(found))) {}

    relocost_status status() const noexcept { return status_; }
    const std::vector<finding> &findings() const noexcept { return *findings_; }

private:
    relocost_status status_;
    std::shared_ptr<const std::vector<finding>> findings_;  // an exception must be copied without throwing
};

namespace detail {

[[noreturn]] inline void fail(relocost_status status, relocost_error *raw) {
    const owned<relocost_error> held(raw);
    std::string text = relocost_status_name(status);
    std::size_t required = 0;
    if (held && relocost_error_text(held.get(), nullptr, 0, &required) == RELOCOST_SHORT_BUFFER) {
        text.assign(required, '\0');
        relocost_error_text(held.get(), &text[0], text.size(), nullptr);
        text.resize(required - 1);
    }
    throw error(status, text, findings(held.get()));
}

inline void check(relocost_status status, relocost_error *raw = nullptr) {
    if (status != RELOCOST_OK) {
        fail(status, raw);
    }
}

// A text of any length from a function that copies into a buffer; `call` gets buffer, capacity and required.
template <class Call>
std::string text(Call call, relocost_error **raw = nullptr) {
    std::string found(256, '\0');
    std::size_t required = 0;
    relocost_status status = call(&found[0], found.size(), &required);
    if (status == RELOCOST_SHORT_BUFFER) {
        found.assign(required, '\0');
        status = call(&found[0], found.size(), &required);
    }
    check(status, raw == nullptr ? nullptr : *raw);
    found.resize(required - 1);
    return found;
}

// A handle from a function that gives one.
template <class Handle, class Call>
shared<Handle> made(Call call) {
    Handle *handle = nullptr;
    relocost_error *raw = nullptr;
    const relocost_status status = call(&handle, &raw);
    check(status, raw);
    return shared<Handle>(handle, deleter());
}

}  // namespace detail

// An amount: whole minor units, the currency's decimals, and its code.
struct money {
    std::int64_t minor = 0;
    std::uint32_t decimals = 0;
    std::string currency;

    // As a decimal, such as "950.00".
    std::string text() const {
        std::uint64_t size = static_cast<std::uint64_t>(minor);
        std::string digits = std::to_string(minor < 0 ? 0 - size : size);
        if (digits.size() <= decimals) {
            digits.insert(0, decimals + 1 - digits.size(), '0');
        }
        if (decimals > 0) {
            digits.insert(digits.size() - decimals, ".");
        }
        return minor < 0 ? "-" + digits : digits;
    }

    friend bool operator==(const money &one, const money &other) {
        return one.minor == other.minor && one.decimals == other.decimals && one.currency == other.currency;
    }
    friend bool operator!=(const money &one, const money &other) { return !(one == other); }
};

enum class basis : std::uint32_t { nominal = RELOCOST_NOMINAL, constant = RELOCOST_CONSTANT };

enum class form : std::uint32_t {
    json = RELOCOST_JSON,
    csv = RELOCOST_CSV,
    text_en = RELOCOST_TEXT_EN,
    text_fr = RELOCOST_TEXT_FR,
    html_en = RELOCOST_HTML_EN,
    html_fr = RELOCOST_HTML_FR,
    toml = RELOCOST_TOML,
    csv_fr = RELOCOST_CSV_FR,
    xlsx_en = RELOCOST_XLSX_EN,
    xlsx_fr = RELOCOST_XLSX_FR,
    hledger_en = RELOCOST_HLEDGER_EN,
    hledger_fr = RELOCOST_HLEDGER_FR,
    beancount_en = RELOCOST_BEANCOUNT_EN,
    beancount_fr = RELOCOST_BEANCOUNT_FR,
    docx_en = RELOCOST_DOCX_EN,
    docx_fr = RELOCOST_DOCX_FR,
};

// The figures by their names; what each is, and of which results, stands in relocost.h.
enum class figure : std::uint32_t {
    base_total = RELOCOST_FIGURE_BASE_TOTAL,
    alternative_total = RELOCOST_FIGURE_ALTERNATIVE_TOTAL,
    extra = RELOCOST_FIGURE_EXTRA,
    residual = RELOCOST_FIGURE_RESIDUAL,
    total = RELOCOST_FIGURE_TOTAL,
    cost = RELOCOST_FIGURE_COST,
    premium = RELOCOST_FIGURE_PREMIUM,
    factor = RELOCOST_FIGURE_FACTOR,
    target = RELOCOST_FIGURE_TARGET,
    currency = RELOCOST_FIGURE_CURRENCY,
    basis = RELOCOST_FIGURE_BASIS,
    base = RELOCOST_FIGURE_BASE,
    alternative = RELOCOST_FIGURE_ALTERNATIVE,
    pathway = RELOCOST_FIGURE_PATHWAY,
    band = RELOCOST_FIGURE_BAND,
    start = RELOCOST_FIGURE_START,
    rests_on = RELOCOST_FIGURE_RESTS_ON,
    title = RELOCOST_FIGURE_TITLE,
    known = RELOCOST_FIGURE_KNOWN,
    horizon_months = RELOCOST_FIGURE_HORIZON_MONTHS,
    entries = RELOCOST_FIGURE_ENTRIES,
    count = RELOCOST_FIGURE_COUNT,
    charged_lines = RELOCOST_FIGURE_CHARGED_LINES,
    illustrative_lines = RELOCOST_FIGURE_ILLUSTRATIVE_LINES,
    passed = RELOCOST_FIGURE_PASSED,
    failed = RELOCOST_FIGURE_FAILED,
    fiscal_year_start = RELOCOST_FIGURE_FISCAL_YEAR_START,
};

// The tables by their names; their columns stand in relocost.h.
enum class rows : std::uint32_t {
    pathways = RELOCOST_TABLE_PATHWAYS,
    by_category = RELOCOST_TABLE_BY_CATEGORY,
    by_fiscal_year = RELOCOST_TABLE_BY_FISCAL_YEAR,
    by_fund = RELOCOST_TABLE_BY_FUND,
    premium_curve = RELOCOST_TABLE_PREMIUM_CURVE,
    attribution = RELOCOST_TABLE_ATTRIBUTION,
    pathway_categories = RELOCOST_TABLE_PATHWAY_CATEGORIES,
    pathway_fiscal_years = RELOCOST_TABLE_PATHWAY_FISCAL_YEARS,
    pathway_funds = RELOCOST_TABLE_PATHWAY_FUNDS,
    pathway_lines = RELOCOST_TABLE_PATHWAY_LINES,
    differences = RELOCOST_TABLE_DIFFERENCES,
    pathway_places = RELOCOST_TABLE_PATHWAY_PLACES,
    entries = RELOCOST_TABLE_ENTRIES,
    years_and_categories = RELOCOST_TABLE_YEARS_AND_CATEGORIES,
    sources = RELOCOST_TABLE_SOURCES,
    waits = RELOCOST_TABLE_WAITS,
    households = RELOCOST_TABLE_HOUSEHOLDS,
    variants = RELOCOST_TABLE_VARIANTS,
    totals = RELOCOST_TABLE_TOTALS,
    effects = RELOCOST_TABLE_EFFECTS,
    details = RELOCOST_TABLE_DETAILS,
    points = RELOCOST_TABLE_POINTS,
    expectations = RELOCOST_TABLE_EXPECTATIONS,
    lines = RELOCOST_TABLE_LINES,
    figures = RELOCOST_TABLE_FIGURES,
    entitlements = RELOCOST_TABLE_ENTITLEMENTS,
    categories = RELOCOST_TABLE_CATEGORIES,
    funds = RELOCOST_TABLE_FUNDS,
    solutions = RELOCOST_TABLE_SOLUTIONS,
    what_ifs = RELOCOST_TABLE_WHAT_IFS,
    places = RELOCOST_TABLE_PLACES,
    drivers = RELOCOST_TABLE_DRIVERS,
    prices = RELOCOST_TABLE_PRICES,
    rates = RELOCOST_TABLE_RATES,
    estimates = RELOCOST_TABLE_ESTIMATES,
    tornado = RELOCOST_TABLE_TORNADO,
    indices = RELOCOST_TABLE_INDICES,
    ranks = RELOCOST_TABLE_RANKS,
    statistics = RELOCOST_TABLE_STATISTICS,
    moved = RELOCOST_TABLE_MOVED,
    standing = RELOCOST_TABLE_STANDING,
    budget = RELOCOST_TABLE_BUDGET,
    budget_years = RELOCOST_TABLE_BUDGET_YEARS,
    budget_funds = RELOCOST_TABLE_BUDGET_FUNDS,
    budget_totals = RELOCOST_TABLE_BUDGET_TOTALS,
    budget_parts = RELOCOST_TABLE_BUDGET_PARTS,
    budget_years_and_parts = RELOCOST_TABLE_BUDGET_YEARS_AND_PARTS,
    supported = RELOCOST_TABLE_SUPPORTED,
    causes = RELOCOST_TABLE_CAUSES,
    run_off = RELOCOST_TABLE_RUN_OFF,
    after = RELOCOST_TABLE_AFTER,
    ceilings = RELOCOST_TABLE_CEILINGS,
    values = RELOCOST_TABLE_VALUES,
    steps = RELOCOST_TABLE_STEPS,
    months = RELOCOST_TABLE_MONTHS,
    waiting = RELOCOST_TABLE_WAITING,
    given_within = RELOCOST_TABLE_GIVEN_WITHIN,
    agreements = RELOCOST_TABLE_AGREEMENTS,
    agreement_years = RELOCOST_TABLE_AGREEMENT_YEARS,
    cases = RELOCOST_TABLE_CASES,
    case_stages = RELOCOST_TABLE_CASE_STAGES,
    months_and_funds = RELOCOST_TABLE_MONTHS_AND_FUNDS,
    budget_causes = RELOCOST_TABLE_BUDGET_CAUSES,
    budget_cause_years = RELOCOST_TABLE_BUDGET_CAUSE_YEARS,
    budget_cause_funds = RELOCOST_TABLE_BUDGET_CAUSE_FUNDS,
    budget_cause_years_and_funds = RELOCOST_TABLE_BUDGET_CAUSE_YEARS_AND_FUNDS,
    budget_cases = RELOCOST_TABLE_BUDGET_CASES,
    budget_changes = RELOCOST_TABLE_BUDGET_CHANGES,
    futures = RELOCOST_TABLE_FUTURES,
    future_ceilings = RELOCOST_TABLE_FUTURE_CEILINGS,
    future_waiting = RELOCOST_TABLE_FUTURE_WAITING,
    postings = RELOCOST_TABLE_POSTINGS,
    published = RELOCOST_TABLE_PUBLISHED,
    audit = RELOCOST_TABLE_AUDIT,
};

// The sampling of a simulation in the unit cube, and the draws that are kept.
enum class sampling : std::uint32_t {
    random = RELOCOST_SAMPLING_RANDOM,
    latin_hypercube = RELOCOST_SAMPLING_LATIN_HYPERCUBE,
    sobol = RELOCOST_SAMPLING_SOBOL,
};
enum class keep : std::uint32_t {
    nothing = RELOCOST_KEEP_NOTHING,
    totals = RELOCOST_KEEP_TOTALS,
    everything = RELOCOST_KEEP_EVERYTHING,
};
// The figures of a scenario's simulation: totals, with parts of all kinds, none, or one.
enum class figures : std::uint32_t {
    all = RELOCOST_FIGURES_ALL,
    totals = RELOCOST_FIGURES_TOTALS,
    by_fiscal_year = RELOCOST_FIGURES_BY_FISCAL_YEAR,
    by_category = RELOCOST_FIGURES_BY_CATEGORY,
    by_fund = RELOCOST_FIGURES_BY_FUND,
};

enum class kind : std::uint32_t {
    integer = RELOCOST_INTEGER,
    money = RELOCOST_MONEY,
    decimal = RELOCOST_DECIMAL,
    text = RELOCOST_TEXT,
};

namespace detail {

inline money value(const relocost_money &from) { return {from.minor, from.decimals, from.currency}; }

}  // namespace detail

// The options of loading a scenario or a programme.
struct load_options {
    std::vector<std::string> catalogue_folders;
    std::optional<std::string> catalogue;
    bool show_values = false;
};

// The options of a question. `progress` gets the steps done and in all (0 where that is not known), and says whether to
// go on; what it throws ends the question and comes out of it.
struct options {
    std::optional<std::string> base;
    std::optional<std::string> alternative;
    relocost::basis basis = basis::nominal;
    std::uint32_t months = 0;
    std::uint32_t threads = 0;
    std::function<bool(std::uint64_t, std::uint64_t)> progress;
};

// What a run of a programme gives besides its usual tables: rows::values and rows::steps; rows::cases and rows::case_stages,
// which tell where households live.
struct programme_parts {
    bool values = false;
    bool cases = false;
};

// The options of a simulation; a number that is 0 is the usual one. `progress` as of options. That of a programme looks at
// draws, seed, sampling, threads and progress; a report at draws, seed, threads and progress, of a scenario also at the
// pathways and the basis.
struct simulate_options {
    std::uint64_t draws = 0;
    std::uint64_t seed = 0;
    double precision = 0;
    std::optional<std::string> base;
    std::optional<std::string> alternative;
    relocost::sampling sampling = sampling::random;
    relocost::basis basis = basis::nominal;
    relocost::keep keep = keep::nothing;
    relocost::figures figures = figures::all;
    std::uint32_t threads = 0;
    std::uint32_t resamples = 0;
    std::function<bool(std::uint64_t, std::uint64_t)> progress;
};

// The known cost of an estimate.
struct estimate_options {
    std::optional<std::string> currency;
    bool of_temporary = false;
    std::uint32_t months = 0;
    std::optional<std::string> low;
    std::optional<std::string> high;
};

// The options of published rates.
struct rate_options {
    std::optional<std::string> currency;
    std::optional<std::string> of;
    std::int32_t first_year = 0;
    std::int32_t last_year = 0;
    std::uint32_t month = 0;
    bool allow_gaps = false;
    std::vector<std::string> columns;
    std::vector<std::string> filters;
};

// The pathway and the months of payments; without `window` a charge and its payment are at most 2 months apart.
// `progress` as of options.
struct payment_options {
    std::optional<std::string> pathway;
    std::optional<std::string> from;
    std::optional<std::string> until;
    std::optional<std::uint32_t> window;
    std::function<bool(std::uint64_t, std::uint64_t)> progress;
};

// The tables of a publication, each as names of dimensions that commas separate, and earlier publications, each as form::json;
// a number that is 0 is the usual one. `progress` as of options. That of a programme ignores pathways, basis and threads.
struct publish_options {
    std::vector<std::string> tables;
    std::vector<std::string> beside;
    std::uint64_t threshold = 0;
    std::optional<std::string> base;
    std::optional<std::string> alternative;
    relocost::basis basis = basis::nominal;
    std::uint32_t threads = 0;
    std::function<bool(std::uint64_t, std::uint64_t)> progress;
};

// A selection of entries of a ledger.
struct selection {
    std::optional<std::string> category;
    std::optional<std::string> line;
    std::optional<std::string> month;
    std::optional<std::string> fund;
    std::int32_t fiscal_year = 0;
};

namespace detail {

template <class To, class From>
void set_pair(To &to, const From &from) {
    to.base = given(from.base);
    to.alternative = given(from.alternative);
    to.basis = static_cast<std::uint32_t>(from.basis);
    to.threads = from.threads;
}

inline void set(relocost_options &to, const options &from) {
    set_pair(to, from);
    to.months = from.months;
}

inline void set(relocost_simulate_options &to, const simulate_options &from) {
    set_pair(to, from);
    to.draws = from.draws;
    to.seed = from.seed;
    to.precision = from.precision;
    to.sampling = static_cast<std::uint32_t>(from.sampling);
    to.keep = static_cast<std::uint32_t>(from.keep);
    to.figures = static_cast<std::uint32_t>(from.figures);
    to.resamples = from.resamples;
}

inline void set(relocost_payment_options &to, const payment_options &from) {
    to.pathway = given(from.pathway);
    to.from = given(from.from);
    to.until = given(from.until);
    to.window = from.window.value_or(0);
    to.same_month = from.window == 0u ? 1 : 0;
}

inline std::vector<relocost_text> given(const std::vector<std::string> &texts) {
    std::vector<relocost_text> of;
    for (const std::string &text : texts) {
        of.push_back(given(std::string_view(text)));
    }
    return of;
}

// Options of a publication with the arrays that C reads.
struct publish_arrays {
    explicit publish_arrays(const publish_options &from)
        : of(from), tables(given(from.tables)), beside(given(from.beside)), progress(from.progress) {}

    const publish_options &of;
    std::vector<relocost_text> tables, beside;
    const std::function<bool(std::uint64_t, std::uint64_t)> &progress;
};

inline void set(relocost_publish_options &to, const publish_arrays &from) {
    set_pair(to, from.of);
    to.tables = from.tables.data();
    to.table_count = from.tables.size();
    to.beside = from.beside.data();
    to.beside_count = from.beside.size();
    to.threshold = from.of.threshold;
}

// A C struct of options, with a function that lets no exception through C.
template <class To, class From>
class asked_with {
public:
    explicit asked_with(const From &from) : from_(from) {
        to_.size = sizeof to_;
        set(to_, from);
        if (from.progress) {
            to_.progress = tell;
            to_.user = this;
        }
    }
    asked_with(const asked_with &) = delete;
    asked_with &operator=(const asked_with &) = delete;

    const To *get() const noexcept { return &to_; }

    // Throws on what the progress function threw.
    void rethrow() const {
        if (thrown_) {
            std::rethrow_exception(thrown_);
        }
    }

private:
    static int tell(void *user, std::uint64_t done, std::uint64_t total) noexcept {
        asked_with &self = *static_cast<asked_with *>(user);
        try {
            return self.from_.progress(done, total) ? 0 : 1;
        } catch (...) {
            self.thrown_ = std::current_exception();
            return 1;
        }
    }

    const From &from_;
    To to_{};
    std::exception_ptr thrown_;
};

using asked = asked_with<relocost_options, options>;
using asked_to_simulate = asked_with<relocost_simulate_options, simulate_options>;
using asked_of_payments = asked_with<relocost_payment_options, payment_options>;
using asked_to_publish = asked_with<relocost_publish_options, publish_arrays>;

// The handle that a question gives; `call` gets the options.
template <class Handle, class Asked, class Call>
shared<Handle> answered(const Asked &of, Call call) {
    Handle *handle = nullptr;
    relocost_error *raw = nullptr;
    const relocost_status status = call(of.get(), &handle, &raw);
    if (status == RELOCOST_INTERRUPTED) {
        owned<relocost_error> held(raw);
        of.rethrow();
        fail(status, held.release());
    }
    check(status, raw);
    return shared<Handle>(handle, deleter());
}

// The handle that a function reads from a text or a file with options of loading.
template <class Handle>
shared<Handle> loaded(relocost_status (*load)(const char *, std::size_t, const relocost_load_options *, Handle **,
                                              relocost_error **),
                      std::string_view from, const load_options &how) {
    std::vector<relocost_text> folders;
    for (const std::string &folder : how.catalogue_folders) {
        folders.push_back(given(std::string_view(folder)));
    }
    relocost_load_options of{};
    of.size = sizeof of;
    of.show_values = how.show_values ? 1 : 0;
    of.catalogue_folders = folders.data();
    of.catalogue_folder_count = folders.size();
    of.catalogue = given(how.catalogue);
    return made<Handle>([&](Handle **out, relocost_error **raw) { return load(from.data(), from.size(), &of, out, raw); });
}

// What may be published, of a call that gets the options.
template <class Call>
shared<relocost_result> published(const publish_options &how, Call call) {
    const publish_arrays arrays(how);
    return answered<relocost_result>(asked_to_publish(arrays), call);
}

// Payments of a text or a file beside what a scenario or a programme costs.
template <class Of>
shared<relocost_result> paid(relocost_status (*ask)(const Of *, const char *, std::size_t, const relocost_payment_options *,
                                                    relocost_result **, relocost_error **),
                             const Of *paid_for, std::string_view from, const payment_options &how) {
    return answered<relocost_result>(
        asked_of_payments(how), [&](const relocost_payment_options *of, relocost_result **out, relocost_error **raw) {
            return ask(paid_for, from.data(), from.size(), of, out, raw);
        });
}

}  // namespace detail

// Rows of typed columns. Copies share what they hold.
class table {
public:
    explicit table(detail::shared<relocost_table> handle) : handle_(std::move(handle)) {}

    std::size_t row_count() const { return number(relocost_table_rows); }
    std::size_t column_count() const { return number(relocost_table_columns); }

    // The place of the column of a name.
    std::size_t find(std::string_view name) const {
        std::size_t place = 0;
        detail::check(relocost_table_find(handle_.get(), name.data(), name.size(), &place));
        return place;
    }

    std::string column_name(std::size_t column) const {
        relocost_text name{};
        detail::check(relocost_table_column_name(handle_.get(), column, &name));
        return detail::copied(name);
    }

    relocost::kind column_kind(std::size_t column) const {
        std::uint32_t found = 0;
        detail::check(relocost_table_column_kind(handle_.get(), column, &found));
        return static_cast<relocost::kind>(found);
    }

    relocost::money money(std::size_t row, std::string_view column) const {
        relocost_money cell{};
        detail::check(relocost_table_money(handle_.get(), row, find(column), &cell));
        return detail::value(cell);
    }

    std::int64_t integer(std::size_t row, std::string_view column) const {
        std::int64_t cell = 0;
        detail::check(relocost_table_integer(handle_.get(), row, find(column), &cell));
        return cell;
    }

    // Any cell as text; nothing where there is no value.
    std::optional<std::string> text(std::size_t row, std::string_view column) const {
        const std::size_t place = find(column);
        try {
            return detail::text([&](char *buffer, std::size_t capacity, std::size_t *required) {
                return relocost_table_copy_text(handle_.get(), row, place, buffer, capacity, required);
            });
        } catch (const error &wrong) {
            if (wrong.status() == RELOCOST_NO_VALUE) {
                return std::nullopt;
            }
            throw;
        }
    }

    // The minor units of a column of money.
    std::vector<std::int64_t> minor(std::string_view column) const {
        return filled<std::int64_t>(column, relocost_table_fill_minor);
    }

    std::vector<std::int64_t> integers(std::string_view column) const {
        return filled<std::int64_t>(column, relocost_table_fill_integers);
    }

    // A column of text or decimals; empty where there is no value.
    std::vector<std::string> texts(std::string_view column) const {
        std::vector<std::string> found;
        for (const relocost_text &text : filled<relocost_text>(column, relocost_table_fill_texts)) {
            found.push_back(detail::copied(text));
        }
        return found;
    }

    // For charts, never for sums; NaN where there is no value.
    std::vector<double> doubles_for_charts(std::string_view column) const {
        return filled<double>(column, relocost_table_fill_doubles_for_charts);
    }

    const relocost_table *get() const noexcept { return handle_.get(); }

private:
    std::size_t number(relocost_status (*of)(const relocost_table *, std::size_t *)) const {
        std::size_t found = 0;
        detail::check(of(handle_.get(), &found));
        return found;
    }

    template <class T>
    std::vector<T> filled(std::string_view column, relocost_status (*fill)(const relocost_table *, std::size_t, T *,
                                                                            std::size_t, std::size_t *)) const {
        std::vector<T> cells(row_count());
        detail::check(fill(handle_.get(), find(column), cells.data(), cells.size(), nullptr));
        return cells;
    }

    detail::shared<relocost_table> handle_;
};

// A report or a workbook. Copies share what they hold.
class document {
public:
    explicit document(detail::shared<relocost_document> handle) : handle_(std::move(handle)) {}

    // What its file has, which of a workbook is no text. It lives as long as this or a copy of it.
    std::string_view bytes() const {
        relocost_text found{};
        detail::check(relocost_document_bytes(handle_.get(), &found));
        return {found.data, found.length};
    }

    const relocost_document *get() const noexcept { return handle_.get(); }

private:
    detail::shared<relocost_document> handle_;
};

class scenario;

// The answer to a question. Copies share what they hold.
class result {
public:
    explicit result(detail::shared<relocost_result> handle) : handle_(std::move(handle)) {}

    relocost::money money(relocost::figure which) const {
        relocost_money found{};
        detail::check(relocost_result_money(handle_.get(), static_cast<std::uint32_t>(which), &found));
        return detail::value(found);
    }

    // The warnings about rows of a caseload: odd but harmless.
    std::vector<finding> warnings() const {
        relocost_error *raw = nullptr;
        detail::check(relocost_result_warnings(handle_.get(), &raw));
        const detail::owned<relocost_error> held(raw);
        return detail::findings(held.get());
    }

    // A figure of any kind: money and ratios as exact decimals. Nothing where there is no value.
    std::optional<std::string> text(relocost::figure which) const {
        try {
            return detail::text([&](char *buffer, std::size_t capacity, std::size_t *required) {
                return relocost_result_text(handle_.get(), static_cast<std::uint32_t>(which), buffer, capacity, required);
            });
        } catch (const error &wrong) {
            if (wrong.status() == RELOCOST_NO_VALUE) {
                return std::nullopt;
            }
            throw;
        }
    }

    std::int64_t integer(relocost::figure which) const {
        std::int64_t found = 0;
        detail::check(relocost_result_integer(handle_.get(), static_cast<std::uint32_t>(which), &found));
        return found;
    }

    // For charts, never for sums.
    double double_for_charts(relocost::figure which) const {
        double found = 0;
        detail::check(relocost_result_double_for_charts(handle_.get(), static_cast<std::uint32_t>(which), &found));
        return found;
    }

    std::string write(relocost::form as) const {
        relocost_error *raw = nullptr;
        return detail::text(
            [&](char *buffer, std::size_t capacity, std::size_t *required) {
                return relocost_result_write(handle_.get(), static_cast<std::uint32_t>(as), buffer, capacity, required,
                                             &raw);
            },
            &raw);
    }

    relocost::table table(relocost::rows which) const {
        return relocost::table(detail::made<relocost_table>([&](relocost_table **out, relocost_error **) {
            return relocost_result_table(handle_.get(), static_cast<std::uint32_t>(which), out);
        }));
    }

    // A figure of a ledger, traced to its entries.
    result explain(const selection &chosen = {}) const {
        relocost_selection of{};
        of.size = sizeof of;
        of.category = detail::given(chosen.category);
        of.line = detail::given(chosen.line);
        of.month = detail::given(chosen.month);
        of.fund = detail::given(chosen.fund);
        of.fiscal_year = chosen.fiscal_year;
        return result(detail::made<relocost_result>([&](relocost_result **out, relocost_error **raw) {
            return relocost_explain(handle_.get(), &of, out, raw);
        }));
    }

    // The prices that payments imply: rows::estimates, and as form::toml a catalogue to lie over the one that was paid for.
    result payments_estimate(std::uint32_t credibility = 4) const {
        return result(detail::made<relocost_result>([&](relocost_result **out, relocost_error **raw) {
            return relocost_payments_estimate(handle_.get(), credibility, out, raw);
        }));
    }

    // The postings of a ledger or of payments: rows::postings, and as form::hledger_en and the like a journal.
    result postings() const {
        return result(detail::made<relocost_result>([&](relocost_result **out, relocost_error **raw) {
            return relocost_result_postings(handle_.get(), out, raw);
        }));
    }

    // The report for a committee of a caseload or of payments: a page, or a Word document.
    relocost::document report(relocost::form as = form::html_en) const {
        return relocost::document(detail::made<relocost_document>([&](relocost_document **out, relocost_error **raw) {
            return relocost_result_report(handle_.get(), static_cast<std::uint32_t>(as), out, raw);
        }));
    }

    // A workbook of a caseload or of payments: form::xlsx_en or xlsx_fr.
    relocost::document workbook(relocost::form as = form::xlsx_en, const options &how = {}) const {
        return relocost::document(detail::answered<relocost_document>(detail::asked(how), [&](auto... rest) {
            return relocost_result_workbook(handle_.get(), static_cast<std::uint32_t>(as), rest...);
        }));
    }

    // The scenario that was asked about; of a calibration with its lines' amounts scaled.
    relocost::scenario scenario() const;

    const relocost_result *get() const noexcept { return handle_.get(); }

private:
    detail::shared<relocost_result> handle_;
};

// The figures over many draws, or over many futures of a programme. A figure is a pathway's name, "extra" or "premium"; a key
// is "total", a fiscal year or a category. Those of a programme, such as "as_planned" with "2027", stand in relocost.h.
// Copies share what they hold.
class simulation {
public:
    explicit simulation(detail::shared<relocost_simulation> handle) : handle_(std::move(handle)) {}

    std::uint64_t draws() const {
        std::uint64_t found = 0;
        detail::check(relocost_simulation_draws(handle_.get(), &found));
        return found;
    }

    std::uint64_t seed() const {
        std::uint64_t found = 0;
        detail::check(relocost_simulation_seed(handle_.get(), &found));
        return found;
    }

    std::string text(relocost::figure which) const {
        return detail::text([&](char *buffer, std::size_t capacity, std::size_t *required) {
            return relocost_simulation_text(handle_.get(), static_cast<std::uint32_t>(which), buffer, capacity, required);
        });
    }

    std::string write(relocost::form as = form::json) const {
        relocost_error *raw = nullptr;
        return detail::text(
            [&](char *buffer, std::size_t capacity, std::size_t *required) {
                return relocost_simulation_write(handle_.get(), static_cast<std::uint32_t>(as), buffer, capacity, required,
                                                 &raw);
            },
            &raw);
    }

    relocost::table table(relocost::rows which) const {
        return relocost::table(detail::made<relocost_table>([&](relocost_table **out, relocost_error **) {
            return relocost_simulation_table(handle_.get(), static_cast<std::uint32_t>(which), out);
        }));
    }

    // Nothing of a premium that not every draw has, and of a share of cases where there are none.
    std::optional<relocost_statistics> statistics(std::string_view figure, std::string_view key = "total") const {
        relocost_statistics found{};
        found.size = sizeof found;
        const relocost_status status = relocost_simulation_statistics(handle_.get(), figure.data(), figure.size(),
                                                                      key.data(), key.size(), &found);
        if (status == RELOCOST_NO_VALUE) {
            return std::nullopt;
        }
        detail::check(status);
        return found;
    }

    // The exact figure of the ledger beside which the draws stand: as the scenario stands, or with every uncertain parameter
    // at its mean; of a programme that without chance. Nothing where there is none.
    std::optional<std::string> ledger(std::string_view figure, std::string_view key = "total", bool at_means = false) const {
        try {
            return detail::text([&](char *buffer, std::size_t capacity, std::size_t *required) {
                return relocost_simulation_ledger(handle_.get(), figure.data(), figure.size(), key.data(), key.size(),
                                                  at_means, buffer, capacity, required);
            });
        } catch (const error &caught) {
            if (caught.status() == RELOCOST_NO_VALUE) {
                return std::nullopt;
            }
            throw;
        }
    }

    double quantile(double share, std::string_view figure, std::string_view key = "total") const {
        return number(relocost_simulation_quantile, share, figure, key);
    }

    // The share of the draws above a value.
    double exceedance(double value, std::string_view figure, std::string_view key = "total") const {
        return number(relocost_simulation_exceedance, value, figure, key);
    }

    // The mean of the draws above the quantile of a share.
    double expected_shortfall(double share, std::string_view figure, std::string_view key = "total") const {
        return number(relocost_simulation_expected_shortfall, share, figure, key);
    }

    relocost_band_shares band() const {
        relocost_band_shares found{};
        found.size = sizeof found;
        detail::check(relocost_simulation_band(handle_.get(), &found));
        return found;
    }

    // A figure of every draw, where they are kept; NaN where a draw has no premium.
    std::vector<double> kept_draws(std::string_view figure, std::string_view key = "total") const {
        std::vector<double> found(static_cast<std::size_t>(draws()));
        detail::check(relocost_simulation_kept_draws(handle_.get(), figure.data(), figure.size(), key.data(), key.size(),
                                                found.data(), found.size(), nullptr));
        return found;
    }

    const relocost_simulation *get() const noexcept { return handle_.get(); }

private:
    double number(relocost_status (*of)(const relocost_simulation *, const char *, std::size_t, const char *, std::size_t,
                                        double, double *),
                  double given, std::string_view figure, std::string_view key) const {
        double found = 0;
        detail::check(of(handle_.get(), figure.data(), figure.size(), key.data(), key.size(), given, &found));
        return found;
    }

    detail::shared<relocost_simulation> handle_;
};

// Some of a simulation's draws. Copies share what they hold.
class part {
public:
    explicit part(detail::shared<relocost_part> handle) : handle_(std::move(handle)) {}

    static part from_bytes(const std::vector<char> &bytes) {
        return part(detail::made<relocost_part>([&](relocost_part **out, relocost_error **raw) {
            return relocost_part_from_bytes(bytes.data(), bytes.size(), out, raw);
        }));
    }

    std::vector<char> to_bytes() const {
        std::size_t required = 0;
        relocost_part_to_bytes(handle_.get(), nullptr, 0, &required);
        std::vector<char> found(required);
        detail::check(relocost_part_to_bytes(handle_.get(), found.data(), found.size(), nullptr));
        return found;
    }

    std::uint64_t draws() const {
        std::uint64_t found = 0;
        detail::check(relocost_part_draws(handle_.get(), &found));
        return found;
    }

    // The draws of both.
    part merge(const part &other) const {
        return part(detail::made<relocost_part>([&](relocost_part **out, relocost_error **raw) {
            return relocost_part_merge(handle_.get(), other.get(), out, raw);
        }));
    }

    const relocost_part *get() const noexcept { return handle_.get(); }

private:
    detail::shared<relocost_part> handle_;
};

// A catalogue for many scenarios, which is read once. Copies share what they hold.
class catalogue {
public:
    explicit catalogue(detail::shared<relocost_catalogue> handle) : handle_(std::move(handle)) {}

    static catalogue from_text(std::string_view text) { return read(relocost_catalogue_from_text, text); }
    static catalogue from_file(std::string_view path) { return read(relocost_catalogue_from_file, path); }

    const relocost_catalogue *get() const noexcept { return handle_.get(); }

private:
    template <class Call>
    static catalogue read(Call call, std::string_view text) {
        return catalogue(detail::made<relocost_catalogue>([&](relocost_catalogue **out, relocost_error **raw) {
            return call(text.data(), text.size(), out, raw);
        }));
    }

    detail::shared<relocost_catalogue> handle_;
};

// A checked scenario. Copies share what they hold.
class scenario {
public:
    explicit scenario(detail::shared<relocost_scenario> handle) : handle_(std::move(handle)) {}

    static scenario from_text(std::string_view text, const load_options &how = {}) {
        return scenario(detail::loaded(relocost_scenario_from_text, text, how));
    }

    static scenario from_file(std::string_view path, const load_options &how = {}) {
        return scenario(detail::loaded(relocost_scenario_from_file, path, how));
    }

    // Over a catalogue, whichever the text names.
    static scenario over(const catalogue &prices, std::string_view text) {
        return scenario(detail::made<relocost_scenario>([&](relocost_scenario **out, relocost_error **raw) {
            return relocost_scenario_over(prices.get(), text.data(), text.size(), nullptr, out, raw);
        }));
    }

    std::string write(relocost::form as) const {
        relocost_error *raw = nullptr;
        return detail::text(
            [&](char *buffer, std::size_t capacity, std::size_t *required) {
                return relocost_scenario_write(handle_.get(), static_cast<std::uint32_t>(as), buffer, capacity, required,
                                               &raw);
            },
            &raw);
    }

    // The scenario with one parameter changed, which is a decimal.
    scenario with(std::string_view path, std::string_view value) const {
        return scenario(detail::made<relocost_scenario>([&](relocost_scenario **out, relocost_error **raw) {
            return relocost_scenario_with(handle_.get(), path.data(), path.size(), value.data(), value.size(), out, raw);
        }));
    }

    std::string parameter(std::string_view path) const {
        relocost_error *raw = nullptr;
        return detail::text(
            [&](char *buffer, std::size_t capacity, std::size_t *required) {
                return relocost_scenario_parameter(handle_.get(), path.data(), path.size(), buffer, capacity, required, &raw);
            },
            &raw);
    }

    scenario variant(std::string_view name) const {
        return scenario(detail::made<relocost_scenario>([&](relocost_scenario **out, relocost_error **raw) {
            return relocost_scenario_variant(handle_.get(), name.data(), name.size(), out, raw);
        }));
    }

    // With every uncertain parameter at the mean of its distribution.
    scenario at_means() const {
        return scenario(detail::made<relocost_scenario>([&](relocost_scenario **out, relocost_error **raw) {
            return relocost_scenario_at_means(handle_.get(), out, raw);
        }));
    }

    std::vector<finding> warnings() const {
        relocost_error *raw = nullptr;
        detail::check(relocost_scenario_warnings(handle_.get(), &raw));
        const detail::owned<relocost_error> held(raw);
        return detail::findings(held.get());
    }

    std::int64_t integer(relocost::figure which) const {
        std::int64_t found = 0;
        detail::check(relocost_scenario_integer(handle_.get(), static_cast<std::uint32_t>(which), &found));
        return found;
    }

    std::optional<std::string> text(relocost::figure which) const {
        try {
            return detail::text([&](char *buffer, std::size_t capacity, std::size_t *required) {
                return relocost_scenario_text(handle_.get(), static_cast<std::uint32_t>(which), buffer, capacity,
                                              required);
            });
        } catch (const error &wrong) {
            if (wrong.status() == RELOCOST_NO_VALUE) {
                return std::nullopt;
            }
            throw;
        }
    }

    relocost::table table(relocost::rows which) const {
        return relocost::table(detail::made<relocost_table>([&](relocost_table **out, relocost_error **) {
            return relocost_scenario_table(handle_.get(), static_cast<std::uint32_t>(which), out);
        }));
    }

    result compare(const options &how = {}) const { return plain(relocost_compare, how); }
    result delay(const options &how = {}) const { return plain(relocost_delay, how); }
    result compare_variants(const options &how = {}) const { return plain(relocost_compare_variants, how); }
    result run_expectations(const options &how = {}) const { return plain(relocost_run_expectations, how); }
    result tornado(const options &how = {}) const { return plain(relocost_tornado, how); }

    // Sobol' indices and rank correlations.
    result sobol(const simulate_options &how = {}) const {
        return result(simulated<relocost_result>(how, [&](auto... rest) { return relocost_sobol(get(), rest...); }));
    }

    relocost::simulation simulate(const simulate_options &how = {}) const {
        return relocost::simulation(
            simulated<relocost_simulation>(how, [&](auto... rest) { return relocost_simulate(get(), rest...); }));
    }

    // A report for a committee: a page (form::html_en or html_fr) or a Word document (form::docx_en or docx_fr).
    relocost::document report(form as = form::html_en, const simulate_options &how = {}) const {
        return relocost::document(simulated<relocost_document>(
            how, [&](auto... rest) { return relocost_report(get(), static_cast<std::uint32_t>(as), rest...); }));
    }

    // A workbook with live formulas: form::xlsx_en or xlsx_fr.
    relocost::document workbook(form as = form::xlsx_en, const options &how = {}) const {
        return relocost::document(detail::answered<relocost_document>(
            detail::asked(how), [&](auto... rest) { return relocost_workbook(get(), static_cast<std::uint32_t>(as), rest...); }));
    }

    // So many of the draws of a simulation, from the draw `first` on.
    relocost::part simulate_range(std::uint64_t first, std::uint64_t count, const simulate_options &how) const {
        return relocost::part(simulated<relocost_part>(
            how, [&](auto... rest) { return relocost_simulate_range(get(), first, count, rest...); }));
    }

    // The simulation of merged parts, with the options of all of them.
    relocost::simulation simulation_of_part(const relocost::part &whole, const simulate_options &how) const {
        return relocost::simulation(simulated<relocost_simulation>(
            how, [&](const relocost_simulate_options *of, relocost_simulation **out, relocost_error **raw) {
                return relocost_simulation_of_part(get(), of, whole.get(), out, raw);
            }));
    }

    result ledger(std::string_view pathway, const options &how = {}) const {
        return of_text(relocost_ledger, pathway, how);
    }
    result caseload_text(std::string_view csv, const options &how = {}) const {
        return of_text(relocost_caseload_text, csv, how);
    }
    result caseload_file(std::string_view path, const options &how = {}) const {
        return of_text(relocost_caseload_file, path, how);
    }

    // The postings of many households on a pathway: rows::postings, and as form::hledger_en and the like a journal.
    result caseload_postings_text(std::string_view csv, std::string_view pathway, const options &how = {}) const {
        return booked(relocost_caseload_postings_text, csv, pathway, how);
    }
    result caseload_postings_file(std::string_view path, std::string_view pathway, const options &how = {}) const {
        return booked(relocost_caseload_postings_file, path, pathway, how);
    }

    // What may be published of many households: rows::published and rows::audit. None of it is internal.
    result publish_text(std::string_view csv, const publish_options &how = {}) const {
        return result(detail::published(how, [&](auto... rest) {
            return relocost_publish_text(get(), csv.data(), csv.size(), rest...);
        }));
    }
    result publish_file(std::string_view path, const publish_options &how = {}) const {
        return result(detail::published(how, [&](auto... rest) {
            return relocost_publish_file(get(), path.data(), path.size(), rest...);
        }));
    }

    result calibrate(std::string_view target, const std::vector<std::string> &lines, const options &how = {}) const {
        std::vector<relocost_text> names;
        for (const std::string &line : lines) {
            names.push_back(detail::given(std::string_view(line)));
        }
        return question(how, [&](const relocost_options *of, relocost_result **out, relocost_error **raw) {
            return relocost_calibrate(handle_.get(), target.data(), target.size(), names.data(), names.size(), of, out,
                                      raw);
        });
    }

    // The scenario with each of several sets of changes, of paths to decimals.
    result what_ifs(const std::vector<std::vector<std::pair<std::string, std::string>>> &sets, const options &how = {}) const {
        std::vector<relocost_change> changes;
        for (std::size_t at = 0; at < sets.size(); at++) {
            for (const auto &[path, value] : sets[at]) {
                changes.push_back(
                    {at, detail::given(std::string_view(path)), detail::given(std::string_view(value))});
            }
        }
        return question(how, [&](const relocost_options *of, relocost_result **out, relocost_error **raw) {
            return relocost_what_ifs(handle_.get(), changes.data(), changes.size(), sets.size(), of, out, raw);
        });
    }

    // The scenario with every combination of the values of parameters; those of the last one vary fastest.
    result grid(const std::vector<std::pair<std::string, std::vector<std::string>>> &axes, const options &how = {}) const {
        std::vector<std::vector<relocost_text>> values;
        std::vector<relocost_axis> given;
        for (const auto &axis : axes) {
            values.emplace_back();
            for (const std::string &value : axis.second) {
                values.back().push_back(detail::given(std::string_view(value)));
            }
            given.push_back(
                {detail::given(std::string_view(axis.first)), values.back().data(), values.back().size()});
        }
        return question(how, [&](const relocost_options *of, relocost_result **out, relocost_error **raw) {
            return relocost_grid(handle_.get(), given.data(), given.size(), of, out, raw);
        });
    }

    // From this scenario to another one.
    result diff(const scenario &changed, const options &how = {}) const {
        return question(how, [&](const relocost_options *of, relocost_result **out, relocost_error **raw) {
            return relocost_diff(handle_.get(), changed.get(), of, out, raw);
        });
    }

    // From households in this scenario's setting to others in that of another one: rows::budget_causes and those after it.
    result diff_caseload_text(std::string_view csv, const scenario &changed, std::string_view changed_csv,
                              const options &how = {}) const {
        return diff_of(relocost_diff_caseload_text, csv, changed, changed_csv, how);
    }
    result diff_caseload_file(std::string_view path, const scenario &changed, std::string_view changed_path,
                              const options &how = {}) const {
        return diff_of(relocost_diff_caseload_file, path, changed, changed_path, how);
    }

    // Payments beside the ledger of a pathway, which `how` names.
    result payments_text(std::string_view text, const payment_options &how) const {
        return result(detail::paid(relocost_payments_text, get(), text, how));
    }
    result payments_file(std::string_view path, const payment_options &how) const {
        return result(detail::paid(relocost_payments_file, get(), path, how));
    }

    const relocost_scenario *get() const noexcept { return handle_.get(); }

private:
    template <class Handle, class Call>
    static detail::shared<Handle> simulated(const simulate_options &how, Call call) {
        return detail::answered<Handle>(detail::asked_to_simulate(how), call);
    }

    template <class Call>
    static result question(const options &how, Call call) {
        return result(detail::answered<relocost_result>(detail::asked(how), call));
    }

    result plain(relocost_status (*ask)(const relocost_scenario *, const relocost_options *, relocost_result **,
                                        relocost_error **),
                 const options &how) const {
        return question(how, [&](const relocost_options *of, relocost_result **out, relocost_error **raw) {
            return ask(handle_.get(), of, out, raw);
        });
    }

    result of_text(relocost_status (*ask)(const relocost_scenario *, const char *, std::size_t, const relocost_options *,
                                          relocost_result **, relocost_error **),
                   std::string_view text, const options &how) const {
        return question(how, [&](const relocost_options *of, relocost_result **out, relocost_error **raw) {
            return ask(handle_.get(), text.data(), text.size(), of, out, raw);
        });
    }

    result booked(relocost_status (*ask)(const relocost_scenario *, const char *, std::size_t, const char *, std::size_t,
                                         const relocost_options *, relocost_result **, relocost_error **),
                  std::string_view from, std::string_view pathway, const options &how) const {
        return question(how, [&](const relocost_options *of, relocost_result **out, relocost_error **raw) {
            return ask(handle_.get(), from.data(), from.size(), pathway.data(), pathway.size(), of, out, raw);
        });
    }

    result diff_of(relocost_status (*ask)(const relocost_scenario *, const char *, std::size_t, const relocost_scenario *,
                                          const char *, std::size_t, const relocost_options *, relocost_result **,
                                          relocost_error **),
                   std::string_view from, const scenario &changed, std::string_view to, const options &how) const {
        return question(how, [&](const relocost_options *of, relocost_result **out, relocost_error **raw) {
            return ask(handle_.get(), from.data(), from.size(), changed.get(), to.data(), to.size(), of, out, raw);
        });
    }

    detail::shared<relocost_scenario> handle_;
};

// A checked programme: the budget of many cases over several fiscal years. Copies share what they hold.
class programme {
public:
    explicit programme(detail::shared<relocost_programme> handle) : handle_(std::move(handle)) {}

    static programme from_text(std::string_view text, const load_options &how = {}) {
        return programme(detail::loaded(relocost_programme_from_text, text, how));
    }

    // With its catalogue and the files of households that it names.
    static programme from_file(std::string_view path, const load_options &how = {}) {
        return programme(detail::loaded(relocost_programme_from_file, path, how));
    }

    // rows::budget and those after it, figure::total (as planned), figure::extra, and warnings.
    result run(const programme_parts &parts = {}, const options &how = {}) const {
        const std::uint32_t wanted =
            (parts.values ? RELOCOST_PROGRAMME_VALUES : 0u) | (parts.cases ? RELOCOST_PROGRAMME_CASES : 0u);
        return question(how, [&](const relocost_options *of, relocost_result **out, relocost_error **raw) {
            return relocost_programme_run(get(), wanted, of, out, raw);
        });
    }

    // What agreements are worth: alone, as the last one, and as values that add up.
    relocost::table values(const options &how = {}) const {
        programme_parts parts;
        parts.values = true;
        return run(parts, how).table(rows::values);
    }

    result run_expectations(const options &how = {}) const {
        return question(how, [&](const relocost_options *of, relocost_result **out, relocost_error **raw) {
            return relocost_programme_run_expectations(get(), of, out, raw);
        });
    }

    // The postings of the programme as planned: rows::postings, and as form::hledger_en and the like a journal.
    result postings(const options &how = {}) const {
        return question(how, [&](const relocost_options *of, relocost_result **out, relocost_error **raw) {
            return relocost_programme_postings(get(), of, out, raw);
        });
    }

    // What may be published of the cases as planned: rows::published and rows::audit. None of it is internal.
    result publish(const publish_options &how = {}) const {
        return result(detail::published(how, [&](auto... rest) { return relocost_programme_publish(get(), rest...); }));
    }

    // From this programme to a newer one: rows::budget_causes and those after it.
    result diff(const programme &changed, const options &how = {}) const {
        return question(how, [&](const relocost_options *of, relocost_result **out, relocost_error **raw) {
            return relocost_programme_diff(get(), changed.get(), of, out, raw);
        });
    }

    // Payments beside what the programme costs as planned.
    result payments_text(std::string_view text, const payment_options &how = {}) const {
        return result(detail::paid(relocost_programme_payments_text, get(), text, how));
    }
    result payments_file(std::string_view path, const payment_options &how = {}) const {
        return result(detail::paid(relocost_programme_payments_file, get(), path, how));
    }

    // Many futures: rows::futures, rows::future_ceilings, rows::future_waiting and rows::moved.
    relocost::simulation simulate(const simulate_options &how = {}) const {
        return relocost::simulation(simulated<relocost_simulation>(
            how, [&](auto... rest) { return relocost_programme_simulate(get(), rest...); }));
    }

    // A report for a committee: a page (form::html_en or html_fr) or a Word document (form::docx_en or docx_fr).
    relocost::document report(form as = form::html_en, const simulate_options &how = {}) const {
        return relocost::document(simulated<relocost_document>(how, [&](auto... rest) {
            return relocost_programme_report(get(), static_cast<std::uint32_t>(as), rest...);
        }));
    }

    // A workbook with live formulas: form::xlsx_en or xlsx_fr.
    relocost::document workbook(form as = form::xlsx_en, const options &how = {}) const {
        return relocost::document(detail::answered<relocost_document>(detail::asked(how), [&](auto... rest) {
            return relocost_programme_workbook(get(), static_cast<std::uint32_t>(as), rest...);
        }));
    }

    // So many of the futures, from the draw `first` on.
    relocost::part simulate_range(std::uint64_t first, std::uint64_t count, const simulate_options &how) const {
        return relocost::part(simulated<relocost_part>(
            how, [&](auto... rest) { return relocost_programme_simulate_range(get(), first, count, rest...); }));
    }

    // The simulation of merged parts, with the options of all of them.
    relocost::simulation simulation_of_part(const relocost::part &whole, const simulate_options &how) const {
        return relocost::simulation(simulated<relocost_simulation>(
            how, [&](const relocost_simulate_options *of, relocost_simulation **out, relocost_error **raw) {
                return relocost_programme_simulation_of_part(get(), of, whole.get(), out, raw);
            }));
    }

    const relocost_programme *get() const noexcept { return handle_.get(); }

private:
    template <class Handle, class Call>
    static detail::shared<Handle> simulated(const simulate_options &how, Call call) {
        return detail::answered<Handle>(detail::asked_to_simulate(how), call);
    }

    template <class Call>
    static result question(const options &how, Call call) {
        return result(detail::answered<relocost_result>(detail::asked(how), call));
    }

    detail::shared<relocost_programme> handle_;
};

inline scenario result::scenario() const {
    return relocost::scenario(detail::made<relocost_scenario>([&](relocost_scenario **out, relocost_error **raw) {
        return relocost_result_scenario(handle_.get(), out, raw);
    }));
}

// The cost that the Court's reported average implies for one known cost, a decimal.
inline result estimate(std::string_view cost, const estimate_options &how = {}) {
    relocost_estimate_options of{};
    of.size = sizeof of;
    of.currency = detail::given(how.currency);
    of.of_temporary = how.of_temporary ? 1 : 0;
    of.months = how.months;
    of.low = detail::given(how.low);
    of.high = detail::given(how.high);
    return result(detail::made<relocost_result>([&](relocost_result **out, relocost_error **raw) {
        return relocost_estimate(cost.data(), cost.size(), &of, out, raw);
    }));
}

// A catalogue's prices brought up to date from a list, both as texts: rows::prices, and as form::toml the catalogue with
// the new prices.
inline result update_prices(std::string_view catalogue, std::string_view list) {
    return result(detail::made<relocost_result>([&](relocost_result **out, relocost_error **raw) {
        return relocost_update_prices_text(catalogue.data(), catalogue.size(), list.data(), list.size(), out, raw);
    }));
}

// Published exchange rates or price indices, from the text of a publisher's file: rows::rates, and as form::toml what
// stands under `rates` in a catalogue.
inline result rates(std::string_view format, std::string_view text, const rate_options &how = {}) {
    const auto views = [](const std::vector<std::string> &names) {
        std::vector<relocost_text> of;
        for (const std::string &name : names) {
            of.push_back({name.data(), name.size()});
        }
        return of;
    };
    const std::vector<relocost_text> columns = views(how.columns), filters = views(how.filters);
    relocost_rate_options of{};
    of.size = sizeof of;
    of.currency = detail::given(how.currency);
    of.of = detail::given(how.of);
    of.first_year = how.first_year;
    of.last_year = how.last_year;
    of.month = how.month;
    of.allow_gaps = how.allow_gaps ? 1 : 0;
    of.columns = columns.data();
    of.column_count = columns.size();
    of.filters = filters.data();
    of.filter_count = filters.size();
    return result(detail::made<relocost_result>([&](relocost_result **out, relocost_error **raw) {
        return relocost_rates_text(format.data(), format.size(), text.data(), text.size(), &of, out, raw);
    }));
}

// A scenario's text in, the comparison of its temporary with its permanent solution out.
inline std::string compare_text(std::string_view scenario, form as = form::json) {
    relocost_error *raw = nullptr;
    return detail::text(
        [&](char *buffer, std::size_t capacity, std::size_t *required) {
            return relocost_compare_text(scenario.data(), scenario.size(), static_cast<std::uint32_t>(as), buffer,
                                         capacity, required, &raw);
        },
        &raw);
}

}  // namespace relocost

#endif
