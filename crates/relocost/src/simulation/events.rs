//! Events: how many happen to the household in a draw, in which months, and what each costs.
//!
//! Numbers come from the counter-based generator whatever the sampling: an event line's own streams, by draw and by the
//! event's number in it.
#![expect(clippy::float_arithmetic, reason = "a simulation is binary floating point by design")]

use super::block::{BLOCK, Column};
use super::model::Model;
use super::numbers::Quantile;
use super::numbers::binary::length;
use super::poisson::{CHUNK, poisson, poissons};
use super::sampling::{Kind, Stream};
use super::wide::{Kernel, wide};
use crate::error::{Code, Error};
use crate::message;
use crate::scenario::Scenario;

/// Events that a line can have in one draw on average.
const MOST: f64 = 1e4;

/// An event in a draw of a block.
#[derive(Clone, Copy, Debug)]
pub(super) struct Event {
    pub(super) draw: u32,
    /// The place among the model's event lines.
    pub(super) line: u32,
    pub(super) month: u32,
    /// Its severity, before anything that scales it.
    pub(super) cost: f64,
}

/// The draws whose events are wanted.
pub(super) struct Draws<'d> {
    pub(super) stream: &'d Stream,
    /// The first of the block.
    pub(super) first: u64,
    /// Draws from here on are of no interest, and have no events.
    pub(super) end: u64,
    /// By event line, whether its events are those of the second matrix.
    pub(super) second: &'d [bool],
}

/// Events that are held at a time (1 MiB in each thread, whatever the lines and however much happens).
const HELD: usize = 1 << 14;

/// The distributions of the numbers of events, by event line of the model.
pub(super) struct EventNumbers {
    lines: Vec<Line>,
    held: Held,
}

/// Events that are drawn and not yet taken.
#[derive(Default)]
struct Held {
    events: Vec<Event>,
    /// The draw and the number of each event.
    places: Vec<(u64, u32)>,
    /// Numbers of (0, 1) for the month and the severity of each event.
    when: Vec<f64>,
    how_much: Vec<f64>,
}

/// Events whose numbers are drawn side by side.
const ABREAST: usize = 4;

struct Line {
    severity: Quantile,
    months: EventMonths,
}

/// The months in which events of a line happen to a household.
#[derive(Clone, Debug)]
pub(super) struct EventMonths {
    /// Units of the driver before each month and after the last.
    cumulated: Vec<f64>,
    /// Where to begin to look for a month, by parts of the whole.
    guide: Vec<u32>,
}

impl EventNumbers {
    pub(super) fn new(model: &Model<'_>) -> Self {
        let line = |event: &super::model::EventLine| Line {
            severity: Quantile::new(&event.severity).for_many(),
            months: EventMonths::new(&event.units),
        };
        Self { lines: model.events.iter().map(line).collect(), held: Held::default() }
    }

    /// Draws the events of a block, line by line and draw by draw, and hands them on, some at a time.
    ///
    /// # Errors
    /// A draw has more events than can be, or what takes them fails.
    pub(super) fn draw(
        &mut self,
        model: &Model<'_>,
        parameters: &[Column],
        draws: &Draws<'_>,
        mut take: impl FnMut(&[Event]) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let held = &mut self.held;
        for (place, (event, line)) in model.events.iter().zip(&self.lines).enumerate() {
            let units = line.months.units();
            if units == 0.0 {
                continue;
            }
            let (counts, bodies) = (Kind::EventCount(event.line), Kind::EventBody(event.line));
            // Indices of the second matrix lie beyond those of the first.
            let beyond = if draws.second.get(place).copied().unwrap_or(false) { 1 << 31 } else { 0 };
            let number = u32::try_from(place).unwrap_or(u32::MAX);
            let wanted = usize::try_from(draws.end.saturating_sub(draws.first)).unwrap_or(BLOCK).min(BLOCK);
            // The numbers of the first two parts of every draw; hardly any has more.
            let [mut one, mut two] = [[0.0; BLOCK]; 2];
            draws.stream.pair(counts, draws.first, beyond / 2, &mut one, &mut two);
            let mut means = [0.0; BLOCK];
            for (draw, mean) in means.iter_mut().enumerate().take(wanted) {
                *mean = event.rate.map_or_else(|rate| rate, |parameter| parameters[parameter][draw]) / 12.0 * units;
            }
            if means.iter().any(|mean| mean.is_nan() || *mean > MOST) {
                return Err(too_many(model.scenario(), event.line));
            }
            let numbers = if means.iter().all(|mean| *mean <= CHUNK) {
                poissons(&means, &one)
            } else {
                std::array::from_fn(|draw| {
                    poisson(means[draw], |part| match part {
                        0 => one[draw],
                        1 => two[draw],
                        part => draws.stream.uniform(counts, draws.first + draw as u64, part | beyond),
                    })
                })
            };
            held.clear();
            for (draw, count) in numbers.into_iter().enumerate() {
                let at = draws.first + draw as u64;
                let draw = u32::try_from(draw).unwrap_or(0);
                for number_of_event in 0..count {
                    held.events.push(Event { draw, line: number, month: 0, cost: 0.0 });
                    held.places.push((at, number_of_event | beyond));
                    if held.events.len() == HELD {
                        take(held.filled(line, draws.stream, bodies))?;
                        held.clear();
                    }
                }
            }
            take(held.filled(line, draws.stream, bodies))?;
        }
        Ok(())
    }
}

impl Held {
    fn clear(&mut self) {
        self.events.clear();
        self.places.clear();
    }

    /// The events with their months and costs.
    fn filled(&mut self, line: &Line, stream: &Stream, bodies: Kind) -> &[Event] {
        self.places.resize(self.places.len().next_multiple_of(ABREAST), (0, 0));
        self.when.resize(self.places.len(), 0.0);
        self.how_much.resize(self.places.len(), 0.0);
        wide(Uniforms { stream, bodies, held: self });
        for (event, when) in self.events.iter_mut().zip(&self.when) {
            event.month = line.months.month(*when);
        }
        line.severity.of_uniforms(&mut self.how_much[..self.events.len()]);
        for (event, severity) in self.events.iter_mut().zip(&self.how_much) {
            event.cost = *severity;
        }
        &self.events
    }
}

/// Fills the numbers of held events.
struct Uniforms<'a> {
    stream: &'a Stream,
    bodies: Kind,
    held: &'a mut Held,
}

impl Kernel for Uniforms<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { stream, bodies, held: Held { places, when, how_much, .. } } = self;
        let (places, _) = places.as_chunks::<ABREAST>();
        let ((when, _), (how_much, _)) = (when.as_chunks_mut::<ABREAST>(), how_much.as_chunks_mut::<ABREAST>());
        for (places, (when, how_much)) in places.iter().zip(when.iter_mut().zip(how_much)) {
            [*when, *how_much] = stream.at(bodies, places);
        }
    }
}

impl EventMonths {
    /// The months of units of a driver.
    pub(super) fn new(units: &[f64]) -> Self {
        let mut sum = 0.0;
        let mut cumulated = vec![0.0];
        for units in units {
            sum += units;
            cumulated.push(sum);
        }
        let parts = units.len().max(1);
        let mut guide = Vec::with_capacity(parts);
        let mut month = 0_u32;
        for part in 0..u32::try_from(parts).unwrap_or(0) {
            let at = sum * (f64::from(part) / f64::from(u32::try_from(parts).unwrap_or(1)));
            while cumulated.get(month as usize + 1).is_some_and(|end| *end <= at) && (month as usize) < parts - 1 {
                month += 1;
            }
            guide.push(month);
        }
        Self { cumulated, guide }
    }

    /// The units of all months.
    pub(super) fn units(&self) -> f64 {
        self.cumulated.last().copied().unwrap_or(0.0)
    }

    /// The events of one draw: of each the month and a number of (0, 1) for its cost. `None` where there are more on
    /// average than can be.
    pub(super) fn of_draw(
        &self,
        (line, rate): (u16, f64),
        (stream, draw): (&Stream, u64),
        mut take: impl FnMut(u32, f64),
    ) -> Option<()> {
        let mean = rate / 12.0 * self.units();
        if mean.is_nan() || mean > MOST {
            return None;
        }
        let (counts, bodies) = (Kind::EventCount(line), Kind::EventBody(line));
        for number in 0..poisson(mean, |part| stream.uniform(counts, draw, part)) {
            let [[when], [how_much]] = stream.at(bodies, &[(draw, number)]);
            take(self.month(when), how_much);
        }
        Some(())
    }

    /// The month of an event: in proportion to the units of each.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a small list")]
    fn month(&self, uniform: f64) -> u32 {
        let at = uniform * self.cumulated.last().copied().unwrap_or(0.0);
        let part = (uniform * length(&self.guide)) as usize;
        let mut month = self.guide.get(part).copied().unwrap_or(0) as usize;
        while month + 2 < self.cumulated.len() && self.cumulated[month + 1] <= at {
            month += 1;
        }
        while month > 0 && self.cumulated[month] > at {
            month -= 1;
        }
        month as u32
    }
}

/// The error of a line, by its place, with too many events.
pub(super) fn too_many(scenario: &Scenario, line: u16) -> Error {
    let key = scenario.lines().get_index(usize::from(line)).map_or(String::new(), |(id, _)| format!("lines.{id}"));
    let place = scenario.place(&key).cloned();
    Error::at(
        Code::TooMany,
        place,
        key,
        message!(
            "has more than ten thousand events in a draw on average; expected fewer a year",
            "a plus de dix mille événements par tirage en moyenne ; attendu : moins par an"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn however_much_happens_only_some_events_are_held() {
        let text = "schema = 1\ncatalogue = \"reference\"\nstart = \"2026-01\"\nhorizon_months = 1200\n\
                    household = { members = [{ age = 0 }] }\n[[lines]]\nid = \"x\"\ncategory = \"medical\"\nlabel = \"X\"\n\
                    driver = \"household\"\ncurrency = \"EUR\"\nsource = \"s\"\n\
                    event = { per_year = \"99\", severity = { gamma = { mean = \"900\", sd = \"900\" } } }\n";
        let scenario = crate::scenario::Scenario::parse(text).unwrap();
        let pulse = crate::watch::Pulse::unheard();
        let engine = crate::ledger::Engine::new(&scenario, scenario.horizon_months(), &pulse).unwrap();
        let (basis, drawn) = (crate::names::Basis::Nominal, super::super::model::Events::Drawn);
        let years = super::super::years::Years::new(&scenario);
        let model = Model::new(engine, &scenario, &years, basis, drawn).unwrap();
        let stream = Stream::new(0);
        let draws = Draws { stream: &stream, first: 0, end: 5, second: &[] };
        let mut taken = Vec::new();
        let take = |events: &[Event]| {
            taken.push(events.len());
            Ok(())
        };
        EventNumbers::new(&model).draw(&model, &[], &draws, take).unwrap();
        let all: usize = taken.iter().sum();
        assert!((48_000..51_000).contains(&all), "99 a year over 100 years, five times: {all}");
        assert!(taken.iter().all(|some| *some <= HELD) && taken.len() >= all / HELD, "{taken:?}");
    }
}
