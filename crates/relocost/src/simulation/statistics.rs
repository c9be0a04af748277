//! The statistics of an output: its mean and spread, quantiles, the worst cases, and the ledger's figure beside them.
#![expect(clippy::float_arithmetic, reason = "a simulation is binary floating point by design")]

use std::fmt;
use std::sync::Arc;

use serde::{Serialize, Serializer};

use super::ledgers::LedgerFigure;
use super::numbers::binary::length;
use super::tally::{Tally, UpTo, rank};

/// The shares of the quantiles that are reported, as they are written.
pub(crate) const QUANTILES: [(f64, &str); 6] =
    [(0.05, "0.05"), (0.1, "0.1"), (0.5, "0.5"), (0.8, "0.8"), (0.9, "0.9"), (0.95, "0.95")];
/// The shares above which the worst cases are told.
pub(crate) const SHORTFALL: (f64, &str) = (0.95, "0.95");

/// A figure over the draws of a simulation, in units of the currency or, of a premium, as a share of the base.
///
/// All numbers but the ledger's are binary floating point.
#[derive(Clone)]
pub struct Statistics {
    /// The ledger's figure as the scenario stands; none of a premium whose base is not above 0.
    ledger: Option<LedgerFigure>,
    /// The ledger's figure with every uncertain parameter at the mean of its distribution.
    ledger_at_means: Option<LedgerFigure>,
    tally: Arc<Tally>,
    buckets: Arc<[UpTo]>,
    /// The draws, where they are kept, in order of their size.
    sorted: Option<Arc<[f64]>>,
    mean: f64,
    sd: f64,
    se: f64,
    quantiles: [f64; QUANTILES.len()],
    quantile_errors: [f64; QUANTILES.len()],
}

/// A quantile of the draws.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Quantile {
    /// The share of the draws that lie at or below it, 0 to 1.
    pub share: f64,
    /// The value, in units of the currency; of a premium, a share.
    pub value: f64,
    /// The standard error of the value.
    pub error: f64,
}

impl Statistics {
    pub(super) fn new(tally: Arc<Tally>, kept: Option<&[f64]>, ledger: [Option<LedgerFigure>; 2]) -> Self {
        let sorted = kept.map(|kept| {
            let mut sorted: Vec<f64> = kept.iter().copied().filter(|value| !value.is_nan()).collect();
            sorted.sort_unstable_by(f64::total_cmp);
            Arc::from(sorted)
        });
        let buckets = tally.buckets(None);
        let shares = QUANTILES.map(|(share, _)| share);
        let errors = match &sorted {
            Some(sorted) if !tally.is_replicated() => errors_of_ranks(sorted, &shares),
            _ => tally.quantile_errors(&buckets, &shares),
        };
        let [ledger, ledger_at_means] = ledger;
        let mut statistics = Self {
            ledger,
            ledger_at_means,
            mean: tally.mean(),
            sd: tally.sd(),
            se: tally.se(),
            tally,
            buckets: buckets.into(),
            sorted,
            quantiles: [0.0; QUANTILES.len()],
            quantile_errors: std::array::from_fn(|place| errors.get(place).copied().unwrap_or(0.0)),
        };
        statistics.quantiles = shares.map(|share| statistics.quantile(share));
        statistics
    }

    /// The number of draws that have the figure.
    pub fn draws(&self) -> u64 {
        self.tally.draws()
    }

    /// The mean of the draws.
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// The standard deviation of the draws, with N - 1.
    pub fn sd(&self) -> f64 {
        self.sd
    }

    /// The standard error of the mean; under `latin_hypercube` and `sobol` from 16 independent randomisations.
    pub fn se(&self) -> f64 {
        self.se
    }

    /// The smallest draw.
    pub fn least(&self) -> f64 {
        self.tally.range()[0]
    }

    /// The largest draw.
    pub fn most(&self) -> f64 {
        self.tally.range()[1]
    }

    /// The smallest value at or below which a share of the draws lies: exact where draws are kept, otherwise within a
    /// relative width of 2^-10.
    ///
    /// `share` is moved into 0 to 1.
    pub fn quantile(&self, share: f64) -> f64 {
        let share = if share.is_nan() { 0.5 } else { share.clamp(0.0, 1.0) };
        match &self.sorted {
            Some(sorted) => at(sorted, rank(self.draws(), share)),
            None => self.tally.quantile(&self.buckets, share),
        }
    }

    /// Quantiles that budget papers quote, with their standard errors.
    pub fn quantiles(&self) -> impl ExactSizeIterator<Item = Quantile> {
        let values = self.quantiles.iter().zip(&self.quantile_errors);
        QUANTILES.iter().zip(values).map(|(&(share, _), (&value, &error))| Quantile { share, value, error })
    }

    /// The share of the draws above a value: exact where draws are kept. Otherwise those within a relative 2^-10 of the value
    /// count in proportion, as if they lay evenly; a value of at most 11 binary digits, such as 0 or a round amount, counts
    /// exactly. Not a number for what is none.
    pub fn exceedance(&self, value: f64) -> f64 {
        if value.is_nan() {
            return value;
        }
        match &self.sorted {
            Some(sorted) => length(&sorted[sorted.partition_point(|draw| *draw <= value)..]) / length(sorted),
            None => self.tally.exceedance(value),
        }
    }

    /// The mean of the worst 5 per cent of the draws, which tables and reports show.
    pub fn expected_shortfall_95(&self) -> f64 {
        self.expected_shortfall(SHORTFALL.0)
    }

    /// The mean of the worst `1 - share` of the draws, the one at the border in part.
    pub fn expected_shortfall(&self, share: f64) -> f64 {
        let share = if share.is_nan() { 0.5 } else { share.clamp(0.0, 1.0) };
        let Some(sorted) = &self.sorted else { return self.tally.shortfall(&self.buckets, share) };
        let worst = (1.0 - share) * length(sorted);
        let (mut left, mut sum) = (worst, 0.0);
        for draw in sorted.iter().rev() {
            let part = left.min(1.0);
            sum += part * draw;
            left -= part;
            if left <= 0.0 {
                break;
            }
        }
        if worst > 0.0 { sum / worst } else { self.most() }
    }

    /// The ledger's figure as the scenario stands.
    pub fn ledger(&self) -> Option<LedgerFigure> {
        self.ledger
    }

    /// The ledger's figure with every uncertain parameter at the mean of its distribution, moved into its domain, months
    /// rounded; none where a mean is too large, or too fine, for a ledger.
    pub fn ledger_at_means(&self) -> Option<LedgerFigure> {
        self.ledger_at_means
    }
}

/// Standard errors of quantiles of draws in order of their size: half of what lies between the ranks a standard deviation of
/// the binomial to either side.
fn errors_of_ranks(sorted: &[f64], shares: &[f64]) -> Vec<f64> {
    let draws = length(sorted);
    let error = |share: &f64| {
        let apart = (draws * share * (1.0 - share)).sqrt();
        let value = |rank: f64| at(sorted, rank.ceil().clamp(1.0, draws.max(1.0)));
        (value(draws * share + apart) - value(draws * share - apart)) / 2.0
    };
    shares.iter().map(error).collect()
}

/// The value at a rank from 1.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 1 to the length of a list")]
fn at(sorted: &[f64], rank: f64) -> f64 {
    sorted.get((rank as usize).saturating_sub(1)).or(sorted.last()).copied().unwrap_or(0.0)
}

impl PartialEq for Statistics {
    fn eq(&self, other: &Self) -> bool {
        let figures = |of: &Self| {
            let head = [of.mean, of.sd, of.se, of.least(), of.most()];
            head.into_iter().chain(of.quantiles).chain(of.quantile_errors).map(f64::to_bits).collect::<Vec<_>>()
        };
        let ledgers = |of: &Self| (of.ledger, of.ledger_at_means);
        figures(self) == figures(other) && ledgers(self) == ledgers(other) && self.buckets == other.buckets
    }
}

impl fmt::Debug for Statistics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Statistics(mean {}, sd {}, {} draws)", self.mean, self.sd, self.draws())
    }
}

/// Numbers under the shares that they belong to.
struct Shares<const N: usize>([(&'static str, f64); N]);

impl<const N: usize> Serialize for Shares<N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0)
    }
}

impl Serialize for Statistics {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let quantiles = |values: [f64; QUANTILES.len()]| {
            Shares(std::array::from_fn::<_, { QUANTILES.len() }, _>(|place| (QUANTILES[place].1, values[place])))
        };
        let mut out = serializer.serialize_struct("Statistics", 10)?;
        out.serialize_field("mean", &self.mean)?;
        out.serialize_field("sd", &self.sd)?;
        out.serialize_field("se", &self.se)?;
        out.serialize_field("least", &self.least())?;
        out.serialize_field("most", &self.most())?;
        out.serialize_field("quantiles", &quantiles(self.quantiles))?;
        out.serialize_field("quantile_errors", &quantiles(self.quantile_errors))?;
        out.serialize_field("expected_shortfall", &Shares([(SHORTFALL.1, self.expected_shortfall_95())]))?;
        out.serialize_field("ledger", &self.ledger)?;
        out.serialize_field("ledger_at_means", &self.ledger_at_means)?;
        out.end()
    }
}
