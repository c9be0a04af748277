//! Simulations: draws of the uncertain parameters, what figures come to over them, and parts that are merged.
#![expect(unsafe_code, reason = "only the attribute that exports a name")]

use std::ffi::c_char;
use std::num::NonZeroUsize;
use std::sync::OnceLock;

use relocost::names::{Figures, Keep, Sampling};
use relocost::simulation::{Quantile, SimulationPart, SobolOptions, Statistics};
use relocost::{Error, Scenario, SimulateOptions, Watched};

use crate::boundary::{Caller, Kind, NO_ERROR, ask, call, free, give};
use crate::findings::ErrorHandle;
use crate::progress::watch;
use crate::questions::{basis, pair};
use crate::result::{Answer, AnyResult, ResultHandle};
use crate::scenario::ScenarioHandle;
use crate::simulated::Simulated;
use crate::status::{CallResult, Fault, RELOCOST_NO_VALUE, RELOCOST_OUT_OF_RANGE, RELOCOST_UNKNOWN_CHOICE, wrong};
use crate::table::TableHandle;
use crate::tables;
use crate::types::{
    self, BandShares, RELOCOST_FIGURES_ALL, RELOCOST_FIGURES_BY_CATEGORY, RELOCOST_FIGURES_BY_FISCAL_YEAR,
    RELOCOST_FIGURES_BY_FUND, RELOCOST_FIGURES_TOTALS, RELOCOST_KEEP_EVERYTHING, RELOCOST_KEEP_NOTHING,
    RELOCOST_KEEP_TOTALS, RELOCOST_SAMPLING_LATIN_HYPERCUBE, RELOCOST_SAMPLING_RANDOM, RELOCOST_SAMPLING_SOBOL, Status,
};

/// The statistics of every figure over many draws of a scenario's uncertain parameters, or over many futures of a
/// programme. It never changes, and may be used by several threads at once.
///
/// Its functions take a figure and a key as text. Of a scenario the figure is a pathway's name, "extra" (the alternative's
/// cost less the base's) or "premium" (the extra as a share of the base), and of a pathway that is called like one of these
/// "pathways.extra" or "pathways.premium"; the key is "total", a fiscal year such as "2027", a category, or
/// "by_fund." and a fund.
///
/// Of a programme the figure and its keys are:
/// "as_signed", "as_planned", "all_settled" and "extra", with "total", a fiscal year such as "2027", "by_fund." and a fund, or
/// both as in "2027.by_fund.regular_budget";
/// "joint" (the saving of all agreements together) and "last." and an agreement (what is lost if it alone ends), with
/// "total", a fiscal year, or "by_fund." and a fund;
/// "ceiling." and a fund (by how much it is exceeded as planned), with a fiscal year;
/// "waiting", with "given_within.6", ".12", ".24", ".36" (a share of the cases), "still_waiting", "lapsed" or "refused"
/// (numbers of cases and places);
/// "agreements." and an agreement, with "lapsed" or "refused".
pub struct SimulationHandle {
    _opaque: (),
}

impl Kind for SimulationHandle {
    type Value = Simulated;
    const TAG: u64 = 0x7265_6c6f_51b0_1a7e;
}

/// The result of some ranges of a simulation's draws. It never changes, and may be used by several threads at once. It
/// is internal, as it holds sums of one household's costs.
pub struct PartHandle {
    _opaque: (),
}

impl Kind for PartHandle {
    type Value = Part;
    const TAG: u64 = 0x7265_6c6f_ba27_0f51;
}

/// The content of a part's handle.
pub struct Part {
    pub(crate) part: SimulationPart,
    /// Written when they are first asked for, which is twice: for their number, and for themselves.
    bytes: OnceLock<Vec<u8>>,
}

impl From<SimulationPart> for Part {
    fn from(part: SimulationPart) -> Self {
        Self { part, bytes: OnceLock::new() }
    }
}

/// A text as it is passed.
type Given = (*const c_char, usize);

/// Where an array is filled.
type Array<T> = (*mut T, usize, *mut usize);

pub(crate) fn threads(given: u32) -> Option<NonZeroUsize> {
    usize::try_from(given).ok().and_then(NonZeroUsize::new)
}

/// The placement of draws by its number.
pub(crate) fn sampling(given: u32) -> CallResult<Sampling> {
    Ok(match given {
        RELOCOST_SAMPLING_RANDOM => Sampling::Random,
        RELOCOST_SAMPLING_LATIN_HYPERCUBE => Sampling::LatinHypercube,
        RELOCOST_SAMPLING_SOBOL => Sampling::Sobol,
        _ => return wrong(RELOCOST_UNKNOWN_CHOICE, "options.sampling"),
    })
}

/// Checked options.
fn options(caller: Caller<'_>, given: &types::SimulateOptions) -> CallResult<SimulateOptions> {
    let defaults = SimulateOptions::default();
    Ok(SimulateOptions::default()
        .draws(if given.draws == 0 { defaults.draws } else { given.draws })
        .seed(given.seed)
        .sampling(sampling(given.sampling)?)
        .pair(pair(caller, given.base, given.alternative)?)
        .basis(basis(given.basis)?)
        .keep(match given.keep {
            RELOCOST_KEEP_NOTHING => Keep::Nothing,
            RELOCOST_KEEP_TOTALS => Keep::Totals,
            RELOCOST_KEEP_EVERYTHING => Keep::Everything,
            _ => return wrong(RELOCOST_UNKNOWN_CHOICE, "options.keep"),
        })
        .figures(match given.figures {
            RELOCOST_FIGURES_ALL => Figures::All,
            RELOCOST_FIGURES_TOTALS => Figures::Totals,
            RELOCOST_FIGURES_BY_FISCAL_YEAR => Figures::ByFiscalYear,
            RELOCOST_FIGURES_BY_CATEGORY => Figures::ByCategory,
            RELOCOST_FIGURES_BY_FUND => Figures::ByFund,
            _ => return wrong(RELOCOST_UNKNOWN_CHOICE, "options.figures"),
        })
        .precision(Some(given.precision).filter(|precision| precision.to_bits() != 0))
        .threads(threads(given.threads)))
}

/// Asks about a scenario with options.
fn asked<T>(
    caller: Caller<'_>,
    scenario: *const ScenarioHandle,
    given: *const types::SimulateOptions,
    ask: impl FnOnce(&Watched<'_, '_, Scenario>, SimulateOptions, &types::SimulateOptions) -> Result<T, Error>,
) -> CallResult<(T, Scenario)> {
    let scenario = caller.handle(scenario, "scenario")?;
    let given = caller.options(given, "options")?;
    let options = options(caller, &given)?;
    let watch = watch(given.progress, given.user);
    Ok((ask(&scenario.watched(&watch), options, &given)?, scenario.clone()))
}

/// Simulates every pathway on draws of the uncertain parameters, the same for all. `options` may be NULL: 100,000
/// independent draws with the seed 0, of "temporary" and "permanent". The same seed gives the same bits, on any machine
/// and with any number of threads. The progress counts draws.
///
/// Gives `simulation` a handle, to be freed with relocost_simulation_free.
/// Errors: RELOCOST_OUT_OF_RANGE for more than 2^36 draws and a precision that is none; RELOCOST_UNKNOWN_PATHWAY;
/// RELOCOST_MISSING_RATE; RELOCOST_TOO_LARGE_FIGURE; RELOCOST_INTERRUPTED; RELOCOST_UNKNOWN_CHOICE; a wrong handle; a
/// NULL pointer; RELOCOST_WRONG_SIZE.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_simulate(
    scenario: *const ScenarioHandle,
    options: *const types::SimulateOptions,
    simulation: *mut *mut SimulationHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    give((simulation, "simulation"), error, |caller| {
        let (simulation, scenario) =
            asked(caller, scenario, options, |scenario, options, _| scenario.simulate(&options))?;
        Ok(Simulated::of_scenario(scenario, simulation))
    })
}

/// The share of the variance of each pathway's total, of the extra cost and of the premium that each uncertain
/// parameter, or group of correlated ones, explains, with the bootstrap interval of each, and rank correlations. Gives
/// RELOCOST_TABLE_INDICES and RELOCOST_TABLE_RANKS. Fields of `options`: `draws` (of each of two matrices), `seed`,
/// `resamples`, `base`, `alternative`, `basis`, `threads`, `progress`. Every draw is kept while it works: 8 bytes for
/// each figure and factor.
///
/// Errors: RELOCOST_OUT_OF_RANGE for too few or too many draws or resamples; as of relocost_simulate.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_sobol(
    scenario: *const ScenarioHandle,
    options: *const types::SimulateOptions,
    result: *mut *mut ResultHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    give((result, "result"), error, |caller| {
        let (found, scenario) = asked(caller, scenario, options, |scenario, options, given| {
            let defaults = SobolOptions::default();
            let SimulateOptions { seed, pair, basis, threads, .. } = options;
            let options = SobolOptions::default()
                .draws(if given.draws == 0 { defaults.draws } else { given.draws })
                .seed(seed)
                .resamples(if given.resamples == 0 { defaults.resamples } else { given.resamples })
                .pair(pair)
                .basis(basis)
                .threads(threads);
            scenario.sobol(&options)
        })?;
        Ok(Answer { scenario: Some(scenario), result: AnyResult::Sobol(Box::new(found)) })
    })
}

/// Puts into `draws` how many draws the simulation has: with a precision perhaps fewer than were asked for.
///
/// Errors: a wrong handle; a NULL pointer.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_simulation_draws(simulation: *const SimulationHandle, draws: *mut u64) -> Status {
    ask(|caller| caller.put(draws, caller.handle(simulation, "simulation")?.draws(), "draws"))
}

/// Puts into `seed` the seed of the random numbers.
///
/// Errors: a wrong handle; a NULL pointer.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_simulation_seed(simulation: *const SimulationHandle, seed: *mut u64) -> Status {
    ask(|caller| caller.put(seed, caller.handle(simulation, "simulation")?.seed(), "seed"))
}

/// Copies into `buffer` what the simulation says of itself: RELOCOST_FIGURE_CURRENCY, _START, _HORIZON_MONTHS,
/// _FISCAL_YEAR_START or _BASIS; of a scenario also _BASE or _ALTERNATIVE.
///
/// Errors: RELOCOST_NOT_OF_THIS_RESULT; RELOCOST_SHORT_BUFFER; a wrong handle.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_simulation_text(
    simulation: *const SimulationHandle,
    figure: u32,
    buffer: *mut c_char,
    capacity: usize,
    required: *mut usize,
) -> Status {
    ask(|caller| {
        let value = caller.handle(simulation, "simulation")?.head(figure)?;
        caller.copy(&value.text()?, buffer, capacity, required)
    })
}

/// Copies the simulation into `buffer` in one of the forms RELOCOST_JSON, RELOCOST_CSV, RELOCOST_CSV_FR, RELOCOST_TEXT_EN,
/// RELOCOST_TEXT_FR, RELOCOST_HTML_EN, RELOCOST_HTML_FR. JSON and CSV of a scenario have every figure, the band and the
/// moved draws, but not the draws themselves; of a programme JSON has every figure, CSV those of RELOCOST_TABLE_FUTURES.
///
/// Errors: RELOCOST_SHORT_BUFFER; RELOCOST_UNKNOWN_CHOICE; a wrong handle.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_simulation_write(
    simulation: *const SimulationHandle,
    form: u32,
    buffer: *mut c_char,
    capacity: usize,
    required: *mut usize,
    error: *mut *mut ErrorHandle,
) -> Status {
    call(error, |caller| {
        let text = caller.handle(simulation, "simulation")?.write(form)?;
        caller.copy(&text, buffer, capacity, required)
    })
}

/// Gives `table` a table of the simulation, to be freed with relocost_table_free: RELOCOST_TABLE_STATISTICS or
/// RELOCOST_TABLE_MOVED; of a programme RELOCOST_TABLE_FUTURES, _FUTURE_CEILINGS, _FUTURE_WAITING or _MOVED. It stands by
/// itself: the simulation may be freed before.
///
/// Errors: RELOCOST_NOT_OF_THIS_RESULT; a wrong handle; a NULL pointer.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_simulation_table(
    simulation: *const SimulationHandle,
    which: u32,
    table: *mut *mut TableHandle,
) -> Status {
    give((table, "table"), NO_ERROR, |caller| tables::of(caller.handle(simulation, "simulation")?.data(), which))
}

/// Puts into `statistics`, whose `size` is set, what a figure comes to over the draws.
///
/// Errors: RELOCOST_UNKNOWN_FIGURE for a figure or key that the simulation does not have, or that is 0 in every draw;
/// RELOCOST_NO_VALUE for a premium that not every draw has, the base of some being not above 0, and for the share of cases
/// given a place where none joined early enough; RELOCOST_WRONG_SIZE; a wrong handle; a NULL pointer.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_simulation_statistics(
    simulation: *const SimulationHandle,
    figure: *const c_char,
    figure_length: usize,
    key: *const c_char,
    key_length: usize,
    statistics: *mut types::Statistics,
) -> Status {
    of_figure(simulation, (figure, figure_length), (key, key_length), |caller, it| {
        caller.put_versioned(statistics, types::Statistics::of(it), "statistics")
    })
}

/// Copies into `buffer` the exact figure of the ledger beside which the draws stand, a decimal: as the scenario stands, or,
/// if `at_means` is not 0, with every uncertain parameter at the mean of its distribution. Of a programme it is the figure
/// without chance, which is the favourable end: nobody arrives at random, no grant slips, and no place is refused.
///
/// Errors: RELOCOST_NO_VALUE where there is no premium or share, or a mean is too large or too fine for a ledger, and of a
/// programme at the means;
/// RELOCOST_SHORT_BUFFER; as of relocost_simulation_statistics.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_simulation_ledger(
    simulation: *const SimulationHandle,
    figure: *const c_char,
    figure_length: usize,
    key: *const c_char,
    key_length: usize,
    at_means: u32,
    buffer: *mut c_char,
    capacity: usize,
    required: *mut usize,
) -> Status {
    of_figure(simulation, (figure, figure_length), (key, key_length), |caller, it| {
        let exact = if at_means == 0 { it.ledger() } else { it.ledger_at_means() };
        let exact = exact.ok_or(Fault::Own(RELOCOST_NO_VALUE, "figure"))?;
        caller.copy(&exact.to_string(), buffer, capacity, required)
    })
}

/// Puts into `value` the smallest value at or below which a share of the draws lies: 0.8 for what suffices in four cases
/// out of five. Exact where the draws of the figure are kept, otherwise within a relative width of 2^-10.
///
/// Errors: RELOCOST_OUT_OF_RANGE unless the share is from 0 to 1; as of relocost_simulation_statistics.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_simulation_quantile(
    simulation: *const SimulationHandle,
    figure: *const c_char,
    figure_length: usize,
    key: *const c_char,
    key_length: usize,
    share: f64,
    value: *mut f64,
) -> Status {
    of_figure(simulation, (figure, figure_length), (key, key_length), |caller, it| {
        caller.put(value, it.quantile(checked(share)?), "value")
    })
}

/// Puts into `share` the share of the draws whose figure lies above `value`.
///
/// Errors: RELOCOST_OUT_OF_RANGE for NaN; as of relocost_simulation_statistics.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_simulation_exceedance(
    simulation: *const SimulationHandle,
    figure: *const c_char,
    figure_length: usize,
    key: *const c_char,
    key_length: usize,
    value: f64,
    share: *mut f64,
) -> Status {
    of_figure(simulation, (figure, figure_length), (key, key_length), |caller, it| {
        if value.is_nan() {
            return wrong(RELOCOST_OUT_OF_RANGE, "value");
        }
        caller.put(share, it.exceedance(value), "share")
    })
}

/// Puts into `value` the mean of the worst of the draws, those above the quantile of `share`: with 0.95 of the worst 5 per
/// cent.
///
/// Errors: as of relocost_simulation_quantile.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_simulation_expected_shortfall(
    simulation: *const SimulationHandle,
    figure: *const c_char,
    figure_length: usize,
    key: *const c_char,
    key_length: usize,
    share: f64,
    value: *mut f64,
) -> Status {
    of_figure(simulation, (figure, figure_length), (key, key_length), |caller, it| {
        caller.put(value, it.expected_shortfall(checked(share)?), "value")
    })
}

/// Puts into `shares`, whose `size` is set, how probable each verdict on the premium is.
///
/// Errors: RELOCOST_NOT_OF_THIS_RESULT for a programme; RELOCOST_WRONG_SIZE; a wrong handle; a NULL pointer.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_simulation_band(simulation: *const SimulationHandle, shares: *mut BandShares) -> Status {
    ask(|caller| {
        let relocost::simulation::BandShares { below, within, above, none, .. } =
            caller.handle(simulation, "simulation")?.band()?;
        let shares_of = BandShares { size: size_of::<BandShares>(), below, within, above, none };
        caller.put_versioned(shares, shares_of, "shares")
    })
}

/// Fills `buffer`, an array of `capacity` places, with a figure of every draw, in the order of the draws, which is the
/// same for all figures: the same place is the same draw. In a draw without a premium, its base being not above 0, the
/// premium is NaN.
///
/// Errors: RELOCOST_SHORT_BUFFER (`required` gets the number of draws); RELOCOST_NOT_OF_THIS_RESULT where the draws of
/// the figure were not kept, see `keep` of the options, as those of a programme never are; RELOCOST_UNKNOWN_FIGURE; a wrong handle; a NULL pointer.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_simulation_kept_draws(
    simulation: *const SimulationHandle,
    figure: *const c_char,
    figure_length: usize,
    key: *const c_char,
    key_length: usize,
    buffer: *mut f64,
    capacity: usize,
    required: *mut usize,
) -> Status {
    ask(|caller| {
        let it = caller.handle(simulation, "simulation")?;
        let figure = caller.name(figure, figure_length, "figure")?;
        let key = caller.name(key, key_length, "key")?;
        let draws = it.kept_draws(figure, key)?.iter().map(|draw| Ok(*draw));
        caller.fill((buffer, capacity, required), draws)
    })
}

/// Frees a simulation; its tables stay. NULL is accepted.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_simulation_free(simulation: *mut SimulationHandle) {
    free(simulation);
}

/// Simulates `count` of the draws of a simulation, from the draw `first` on, counted from 0: a part, which can be written
/// to bytes, taken elsewhere and merged. Its options are those of the whole simulation, `draws` included; `precision` has no
/// effect.
///
/// Gives `part` a handle, to be freed with relocost_part_free.
/// Errors: RELOCOST_OUT_OF_RANGE for no draws, or such as the simulation does not have; as of relocost_simulate.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_simulate_range(
    scenario: *const ScenarioHandle,
    first: u64,
    count: u64,
    options: *const types::SimulateOptions,
    part: *mut *mut PartHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    give((part, "part"), error, |caller| {
        let (part, _) = asked(caller, scenario, options, |scenario, options, _| {
            scenario.simulate_range(&options, first..first.saturating_add(count))
        })?;
        Ok(part.into())
    })
}

/// Gives `merged` a part with the draws of two parts of the same simulation, which stay as they are. Merged in any order,
/// parts come to the same bits.
///
/// Errors: RELOCOST_CONFLICT for parts of different simulations; RELOCOST_DUPLICATE for a draw in both; a wrong handle; a
/// NULL pointer.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_part_merge(
    part: *const PartHandle,
    other: *const PartHandle,
    merged: *mut *mut PartHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    give((merged, "merged"), error, |caller| {
        let mut both = caller.handle(part, "part")?.part.clone();
        both.merge(caller.handle(other, "other")?.part.clone())?;
        Ok(both.into())
    })
}

/// Puts into `draws` how many draws a part holds.
///
/// Errors: a wrong handle; a NULL pointer.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_part_draws(part: *const PartHandle, draws: *mut u64) -> Status {
    ask(|caller| caller.put(draws, caller.handle(part, "part")?.part.draws(), "draws"))
}

/// Fills `buffer`, an array of `capacity` bytes, with the part as bytes, without a zero byte at their end:
/// relocost_part_from_bytes reads them, on any machine and with the same version of the library.
///
/// Errors: RELOCOST_SHORT_BUFFER (`required` gets the number of bytes); a wrong handle.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_part_to_bytes(
    part: *const PartHandle,
    buffer: *mut c_char,
    capacity: usize,
    required: *mut usize,
) -> Status {
    ask(|caller| {
        let part = caller.handle(part, "part")?;
        let bytes = part.bytes.get_or_init(|| part.part.to_bytes());
        let array: Array<c_char> = (buffer, capacity, required);
        caller.fill(array, bytes.iter().map(|byte| Ok(c_char::from_ne_bytes([*byte]))))
    })
}

/// Reads a part from the `length` bytes that relocost_part_to_bytes gave. RELOCOST_ZERO_ENDED is no length of bytes.
///
/// Gives `part` a handle, to be freed with relocost_part_free.
/// Errors: RELOCOST_SYNTAX for other bytes, and those of another version; RELOCOST_WRONG_LENGTH; a NULL pointer.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_part_from_bytes(
    bytes: *const c_char,
    length: usize,
    part: *mut *mut PartHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    give((part, "part"), error, |caller| {
        let bytes = caller.binary(bytes, length, "bytes")?;
        Ok(SimulationPart::from_bytes(bytes)?.into())
    })
}

/// Gives `simulation` the simulation of merged parts, which hold every draw of the options: the same bits as
/// relocost_simulate.
///
/// Errors: RELOCOST_CONFLICT for a part of another simulation; RELOCOST_OUT_OF_RANGE if draws are missing; as of
/// relocost_simulate.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_simulation_of_part(
    scenario: *const ScenarioHandle,
    options: *const types::SimulateOptions,
    part: *const PartHandle,
    simulation: *mut *mut SimulationHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    give((simulation, "simulation"), error, |caller| {
        let part = caller.handle(part, "part")?;
        let (simulation, scenario) =
            asked(caller, scenario, options, |scenario, options, _| scenario.simulation_of_part(&options, &part.part))?;
        Ok(Simulated::of_scenario(scenario, simulation))
    })
}

/// Frees a part. NULL is accepted.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_part_free(part: *mut PartHandle) {
    free(part);
}

/// Answers about a figure.
fn of_figure(
    simulation: *const SimulationHandle,
    (figure, figure_length): Given,
    (key, key_length): Given,
    answer: impl FnOnce(Caller<'_>, &Statistics) -> CallResult<()>,
) -> Status {
    ask(|caller| {
        let it = caller.handle(simulation, "simulation")?;
        let figure = caller.name(figure, figure_length, "figure")?;
        let key = caller.name(key, key_length, "key")?;
        answer(caller, it.statistics(figure, key)?)
    })
}

/// A share from 0 to 1.
fn checked(share: f64) -> CallResult<f64> {
    if (0.0..=1.0).contains(&share) { Ok(share) } else { wrong(RELOCOST_OUT_OF_RANGE, "share") }
}

impl types::Statistics {
    /// A figure as C has it.
    pub(crate) fn of(it: &Statistics) -> Self {
        let told: Vec<Quantile> = it.quantiles().collect();
        let at = |share: f64| {
            let found = told.iter().find(|known| known.share.to_bits() == share.to_bits());
            found.map_or_else(|| (it.quantile(share), f64::NAN), |known| (known.value, known.error))
        };
        let [(p5, se_p5), (p10, se_p10), (p50, se_p50), (p80, se_p80), (p90, se_p90), (p95, se_p95)] =
            [0.05, 0.1, 0.5, 0.8, 0.9, 0.95].map(at);
        Self {
            size: size_of::<Self>(),
            draws: it.draws(),
            mean: it.mean(),
            sd: it.sd(),
            se: it.se(),
            least: it.least(),
            most: it.most(),
            p5,
            p10,
            p50,
            p80,
            p90,
            p95,
            se_p5,
            se_p10,
            se_p50,
            se_p80,
            se_p90,
            se_p95,
            expected_shortfall_95: it.expected_shortfall_95(),
        }
    }
}
