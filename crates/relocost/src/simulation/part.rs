//! Parts of a simulation: what some ranges of its draws come to. Parts merge in any order to the same bits.

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::block::{BLOCK, Column};
use super::evaluate::Outputs;
use super::layout::{Layout, Output, OutputFigure};
use super::table::By;
use super::tally::{Scale, Tally, Written, ends_of};
use crate::comparison::ReportedBand;
use crate::error::{Code, Error};
use crate::limits;
use crate::message;
use crate::names::Keep;
use crate::room;

/// The result of ranges of a simulation's draws.
///
/// A part is internal: it holds sums of one household's costs.
///
/// ```
/// use relocost::SimulateOptions;
/// use relocost::simulation::SimulationPart;
/// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 24\nhousehold = { members = [{ age = 34 }] }\n[[uncertain]]\nparameter = \"lines.rent.amount\"\ndistribution = { normal = { mean = \"950\", sd = \"100\" } }")?;
/// let options = SimulateOptions::default().draws(3_000);
/// let late = scenario.simulate_range(&options, 1_000..3_000)?.to_bytes(); // on another machine, say
/// let mut whole = scenario.simulate_range(&options, 0..1_000)?;
/// whole.merge(SimulationPart::from_bytes(&late)?)?;
/// assert_eq!(scenario.simulation_of_part(&options, &whole)?, scenario.simulate(&options)?);
/// # Ok::<(), relocost::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct SimulationPart {
    /// A digest of the scenario, the version and the options that change what is drawn.
    pub(super) digest: [u8; 32],
    /// Ranges of draws, ascending, apart from one another.
    ranges: Vec<Range<u64>>,
    /// By output; shared with their statistics.
    pub(super) tallies: Vec<Arc<Tally>>,
    /// Draws whose premium lies below, within and above the band.
    pub(super) band: [u64; 3],
    /// Draws moved into the domain, by parameter.
    pub(crate) moved: Vec<u64>,
    /// The draws that are kept, by range.
    pub(super) kept: Vec<KeptRange>,
}

/// Draws of a range: of each output that is kept, a column.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct KeptRange {
    pub(super) first: u64,
    pub(super) columns: Vec<Vec<f64>>,
}

impl KeptRange {
    fn draws(&self) -> u64 {
        self.columns.first().map_or(0, |column| column.len() as u64)
    }
}

/// A part as it is written.
#[derive(Serialize, Deserialize)]
struct Bytes {
    form: u32,
    digest: [u8; 32],
    ranges: Vec<Range<u64>>,
    tallies: Vec<Written>,
    band: [u64; 3],
    moved: Vec<u64>,
    kept: Vec<KeptRange>,
}

/// Counts that a part which is read may need room for (3 GiB).
const MOST_COUNTS: u64 = 1 << 28;

/// The number of the form in which parts are written.
const FORM: u32 = 1;

impl SimulationPart {
    pub(super) fn new(digest: [u8; 32], scales: &[Scale], replicated: bool, parameters: usize) -> Self {
        Self {
            digest,
            ranges: Vec::new(),
            tallies: scales.iter().map(|scale| Arc::new(Tally::new(*scale, replicated))).collect(),
            band: [0; 3],
            moved: vec![0; parameters],
            kept: Vec::new(),
        }
    }

    /// The ranges of draws that it holds, ascending.
    pub fn ranges(&self) -> &[Range<u64>] {
        &self.ranges
    }

    /// The number of draws that it holds.
    pub fn draws(&self) -> u64 {
        self.ranges.iter().map(|range| range.end - range.start).sum()
    }

    /// Adds another part of the same simulation.
    ///
    /// # Errors
    /// It is of another simulation, holds a draw that this one holds already, or both hold more than
    /// [`limits::DRAWS`]; this one is then as before. Or there is no memory for both; then this one is of no use any more.
    pub fn merge(&mut self, other: Self) -> Result<(), Error> {
        let alike = self.tallies.len() == other.tallies.len()
            && self.moved.len() == other.moved.len()
            && self.tallies.iter().zip(&other.tallies).all(|(one, other)| one.fits(other));
        if self.digest != other.digest || !alike {
            return Err(super::part_of_another());
        }
        let mut ranges: Vec<Range<u64>> = self.ranges.iter().chain(&other.ranges).cloned().collect();
        ranges.sort_by_key(|range| range.start);
        if let Some(both) = ranges.windows(2).find(|pair| pair[1].start < pair[0].end) {
            let message = message!(
                "the draw {draw} is in both parts; expected each draw once",
                "le tirage {draw} est dans les deux parties ; chaque tirage est attendu une fois",
                draw = both[1].start,
            );
            return Err(Error::single(Code::Duplicate, "part", message));
        }
        if ranges.iter().map(|range| range.end - range.start).fold(0, u64::saturating_add) > limits::DRAWS {
            let message = message!(
                "would hold more than {most} draws",
                "contiendrait plus de {most} tirages",
                most = limits::DRAWS,
            );
            return Err(Error::single(Code::TooMany, "part", message));
        }
        let counts = |part: &Self| part.tallies.iter().map(|tally| tally.held()).fold(0, u64::saturating_add);
        room::tried::<u32>(counts(self).saturating_add(counts(&other)))?;
        self.ranges.clear();
        for range in ranges {
            match self.ranges.last_mut() {
                Some(last) if last.end == range.start => last.end = range.end,
                _ => self.ranges.push(range),
            }
        }
        for (tally, more) in self.tallies.iter_mut().zip(other.tallies) {
            Arc::make_mut(tally).merge(&more)?; // which is given back at once
        }
        for (count, more) in self.band.iter_mut().zip(other.band) {
            *count += more;
        }
        for (count, more) in self.moved.iter_mut().zip(other.moved) {
            *count += more;
        }
        self.kept.extend(other.kept);
        Ok(())
    }

    /// Adds the draws of columns at these places of their block. A figure that a draw does not have is not a number.
    ///
    /// # Errors
    /// There is no memory for them.
    pub(crate) fn add_columns(&mut self, columns: &[Column], range: Range<usize>) -> Result<(), Error> {
        for (values, tally) in columns.iter().zip(self.tallies.iter_mut().map(Arc::make_mut)) {
            if values[range.clone()].iter().any(|value| value.is_nan()) {
                add_those_there_are(tally, values, range.clone());
            } else {
                tally.add(values, range.clone());
            }
            tally.has_room()?;
        }
        Ok(())
    }

    /// Says that a range is whole.
    pub(crate) fn holds(&mut self, range: Range<u64>) {
        if !range.is_empty() {
            self.ranges = vec![range];
        }
    }

    /// Adds the draws of a block at these places.
    ///
    /// # Errors
    /// There is no memory for them.
    pub(super) fn add(
        &mut self,
        layout: &Layout,
        outputs: &[Outputs],
        range: Range<usize>,
        keep: Option<(Keep, &mut KeptRange)>,
    ) -> Result<(), Error> {
        let mut kept = keep;
        let mut place_of_kept = 0;
        let mut tallies = self.tallies.iter_mut().map(Arc::make_mut);
        let band_of = &mut self.band;
        each_figure(layout, outputs, |(of, by), values, are_numbers| {
            if (of, by) == (OutputFigure::Premium, By::Total) {
                *band_of = band(&values[range.clone()], *band_of);
            }
            if let Some(tally) = tallies.next() {
                if are_numbers {
                    tally.add(values, range.clone());
                } else {
                    add_those_there_are(tally, values, range.clone());
                }
                tally.has_room()?;
            }
            if let Some((keep, kept)) = &mut kept
                && is_kept(*keep, by)
            {
                room::more(&mut kept.columns[place_of_kept], range.len())?;
                kept.columns[place_of_kept].extend_from_slice(&values[range.clone()]);
                place_of_kept += 1;
            }
            Ok(())
        })
    }

    /// The part in bytes, which [`SimulationPart::from_bytes`] reads, on any machine. Only parts of one version merge.
    pub fn to_bytes(&self) -> Vec<u8> {
        let written = Bytes {
            form: FORM,
            digest: self.digest,
            ranges: self.ranges.clone(),
            tallies: self.tallies.iter().map(|tally| tally.write()).collect(),
            band: self.band,
            moved: self.moved.clone(),
            kept: self.kept.clone(),
        };
        postcard::to_stdvec(&written).unwrap_or_default() // writing to memory does not fail
    }

    /// Reads a part.
    ///
    /// # Errors
    /// The bytes are no part of a simulation of this version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let refused = || {
            let message = message!(
                "the bytes are no part of a simulation of this version; expected what a part was written to",
                "les octets ne sont pas une partie d'une simulation de cette version ; attendu : ce qu'une partie a écrit"
            );
            Error::single(Code::Syntax, "part", message)
        };
        let (read, rest): (Bytes, _) = postcard::take_from_bytes(bytes).map_err(|_| refused())?;
        let ascending = read.ranges.iter().all(|range| range.start < range.end)
            && read.ranges.windows(2).all(|pair| pair[0].end < pair[1].start);
        let equal = |kept: &KeptRange| {
            kept.columns.iter().all(|column| column.len() as u64 == kept.draws())
                && read.ranges.iter().any(|range| {
                    range.start <= kept.first
                        && kept.first.checked_add(kept.draws()).is_some_and(|end| end <= range.end)
                })
        };
        // A few bytes must not take all memory.
        let counts = read.tallies.iter().map(Tally::room).fold(0, u64::saturating_add);
        if counts > MOST_COUNTS {
            return Err(Error::single(
                Code::TooLarge,
                "part",
                message!("holds more counts than a part may", "contient plus de comptages qu'une partie ne peut"),
            ));
        }
        room::tried::<u32>(counts)?;
        let outputs = read.tallies.len();
        let tallies: Option<Vec<Arc<Tally>>> =
            read.tallies.into_iter().map(|tally| Tally::read(tally).map(Arc::new)).collect();
        // Each draw is counted once at most, so that no count can overflow.
        let draws =
            read.ranges.iter().try_fold(0_u64, |sum, range| sum.checked_add(range.end.checked_sub(range.start)?));
        let fits = |count: &u64| draws.is_some_and(|draws| *count <= draws && draws <= limits::DRAWS);
        let band = read.band.iter().try_fold(0_u64, |sum, count| sum.checked_add(*count));
        let counted = band.as_ref().is_some_and(fits) && read.moved.iter().all(fits);
        // All that is kept, or nothing is.
        let columns = read.kept.first().map_or(0, |kept| kept.columns.len());
        let held = read.kept.iter().try_fold(0_u64, |sum, kept| sum.checked_add(kept.draws()));
        let even = read.kept.iter().all(|kept| kept.columns.len() == columns) && columns <= outputs;
        let all = read.kept.is_empty() || (columns > 0 && held == draws);
        let whole =
            rest.is_empty() && even && all && read.form == FORM && ascending && counted && read.kept.iter().all(equal);
        let tallies = tallies.filter(|tallies| whole && tallies.iter().all(|tally| fits(&tally.draws())));
        let Bytes { digest, ranges, band, moved, kept, .. } = read;
        Ok(Self { digest, ranges, tallies: tallies.ok_or_else(refused)?, band, moved, kept })
    }

    /// The columns that are kept, whole and in the order of the draws.
    ///
    /// # Errors
    /// There is no memory for them beside the parts.
    pub(super) fn columns(&self) -> Result<Vec<Vec<f64>>, Error> {
        let mut kept: Vec<&KeptRange> = self.kept.iter().collect();
        kept.sort_by_key(|kept| kept.first);
        let width = kept.first().map_or(0, |kept| kept.columns.len());
        let whole = |place: usize| {
            let columns = || kept.iter().filter_map(|kept| kept.columns.get(place));
            let mut whole = room::list(columns().map(Vec::len).sum())?;
            columns().for_each(|column| whole.extend_from_slice(column));
            Ok(whole)
        };
        (0..width).map(whole).collect()
    }
}

/// True if the draws of an output are kept.
pub(super) fn is_kept(keep: Keep, by: By) -> bool {
    match keep {
        Keep::Nothing => false,
        Keep::Totals => by == By::Total,
        Keep::Everything => true,
    }
}

pub(super) fn column(outputs: &Outputs, by: By) -> &Column {
    match by {
        By::Total => &outputs.total,
        By::Year(place) => &outputs.years[place],
        By::Category(place) => &outputs.categories[place],
        By::Fund(place) => &outputs.funds[place],
    }
}

#[expect(clippy::float_arithmetic, reason = "a simulation is binary floating point by design")]
pub(super) fn extra(a: &Column, b: &Column, extra: &mut Column) {
    for (extra, (a, b)) in extra.iter_mut().zip(a.iter().zip(b)) {
        *extra = a - b;
    }
}

/// Adds the values that are numbers.
fn add_those_there_are(tally: &mut Tally, values: &Column, range: Range<usize>) {
    for place in range.filter(|place| !values[*place].is_nan()) {
        tally.add_value(values[place], place);
    }
}

/// Gives each figure of a block, and whether all of its values are numbers.
///
/// # Errors
/// What takes them fails.
pub(super) fn each_figure(
    layout: &Layout,
    outputs: &[Outputs],
    mut take: impl FnMut(Output, &Column, bool) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut computed: Column = [0.0; BLOCK];
    for &(of, by) in &layout.outputs {
        let [a, b] = [layout.alternative, layout.base].map(|way| column(&outputs[way], by));
        match of {
            OutputFigure::Pathway(way) => take((of, by), column(&outputs[way], by), true)?,
            OutputFigure::Extra => {
                extra(a, b, &mut computed);
                take((of, by), &computed, true)?;
            }
            OutputFigure::Premium => {
                let are_numbers = premium(a, b, &mut computed);
                take((of, by), &computed, are_numbers)?;
            }
        }
    }
    Ok(())
}

/// Premiums; not a number where the base is not above 0. True if every one is a number.
#[expect(clippy::float_arithmetic, reason = "a simulation is binary floating point by design")]
pub(super) fn premium(a: &Column, b: &Column, premium: &mut Column) -> bool {
    for (premium, (a, b)) in premium.iter_mut().zip(a.iter().zip(b)) {
        *premium = (a - b) / b;
    }
    let [least, _] = ends_of(b);
    // A base that is next to nothing gives no ratio either.
    if least.is_nan() || least < 1e-9 {
        for (premium, b) in premium.iter_mut().zip(b) {
            *premium = if *b > 0.0 && premium.abs() < 1e300 { *premium } else { f64::NAN };
        }
        return premium.iter().all(|premium| !premium.is_nan());
    }
    true
}

/// Counts premiums below, within and above the band that the Court reported.
fn band(premiums: &[f64], mut counts: [u64; 3]) -> [u64; 3] {
    let [low, high] = [ReportedBand::COURT_2015.low, ReportedBand::COURT_2015.high]
        .map(|end| super::numbers::binary::float(&crate::exact::from_decimal(end)));
    for premium in premiums {
        counts[0] += u64::from(*premium < low);
        counts[1] += u64::from(*premium >= low && *premium <= high);
        counts[2] += u64::from(*premium > high);
    }
    counts
}
