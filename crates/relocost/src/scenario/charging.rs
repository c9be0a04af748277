//! How an item is charged, with places in the setting where its lines have names, so that no question looks up a name again.

use num_traits::One;

use super::Setting;
use super::driver::DriverName;
use super::items::Item;
use super::line::{Charge, Line, Priced, Schedule, Valid};
use super::rates::PriceLevels;
use crate::approx::Factor;
use crate::names::{Clock, Driver};
use crate::types::Id;

/// Entitlements as a set of bits, in the order declared.
pub(crate) type Entitlements = u64;

/// Declared entitlements as bits.
pub(crate) fn bits(setting: &Setting, ids: &[Id]) -> Entitlements {
    let place = |id: &Id| setting.entitlements.iter().position(|declared| declared.id == *id);
    ids.iter().filter_map(place).fold(0, |bits, place| bits | 1 << place)
}

/// Over which members a driver is evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    /// All who count.
    All,
    /// Those who join in the month.
    Joining,
    /// Those who leave with the next month.
    Leaving,
}

impl Who {
    pub(crate) const EACH: [Self; 3] = [Self::All, Self::Joining, Self::Leaving];

    pub(crate) fn of(schedule: &Schedule) -> Self {
        match schedule {
            Schedule::OnJoin => Self::Joining,
            Schedule::OnLeave => Self::Leaving,
            _ => Self::All,
        }
    }
}

/// A driver of a setting by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DriverPlace {
    Standard(Driver),
    Own(usize),
}

impl DriverPlace {
    /// The place of a driver that is declared.
    fn of(setting: &Setting, name: &DriverName) -> Self {
        match name {
            DriverName::Standard(driver) => Self::Standard(*driver),
            DriverName::Own(id) => Self::Own(setting.drivers.get_index_of(id).unwrap_or(usize::MAX)),
        }
    }
}

/// The quantities on which an item's charges depend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Drivers {
    pub(crate) driver: DriverPlace,
    pub(crate) who: Who,
    /// The driver without units of which nothing is relieved.
    pub(crate) needs: Option<DriverPlace>,
}

/// To which stages a line applies.
#[derive(Debug)]
pub(crate) struct Applies {
    pub(crate) when: Entitlements,
    pub(crate) unless: Entitlements,
    /// The solutions to which it applies, by their places in the setting; all where empty.
    pub(crate) solutions: Vec<bool>,
    /// The places at which it applies, by their places in the setting; all where empty.
    pub(crate) places: Vec<bool>,
}

impl Applies {
    fn new(setting: &Setting, line: &Line) -> Self {
        let among = |ids: &[Id], declared: &mut dyn Iterator<Item = &Id>| {
            if ids.is_empty() { Vec::new() } else { declared.map(|id| ids.contains(id)).collect() }
        };
        Self {
            when: bits(setting, &line.when),
            unless: bits(setting, &line.unless),
            solutions: among(&line.solutions, &mut setting.solutions.keys()),
            places: among(&line.places, &mut setting.places.iter().map(|declared| &declared.id)),
        }
    }
}

/// The stages to which a line applies, and the clock on which it counts their months.
#[derive(Debug)]
pub(crate) struct Course {
    pub(crate) clock: Clock,
    pub(crate) applies: Applies,
}

impl Course {
    pub(crate) fn new(setting: &Setting, line: &Line, clock: Clock) -> Self {
        Self { clock, applies: Applies::new(setting, line) }
    }
}

/// Every calendar month, as bits.
pub(crate) const ANY_MONTH: u16 = 0xFFF;

/// How an item is charged.
#[derive(Debug)]
pub(crate) struct Charging {
    pub(crate) item: Item,
    /// The place of its category in the setting.
    pub(crate) category: usize,
    /// The factor of its percentages and refunds on the price, without its sign; none of a price alone.
    pub(crate) multiplier: Option<Factor>,
    pub(crate) kind: Kind,
    pub(crate) course: Course,
    /// Where the percentages apply through which it is charged.
    pub(crate) over: Vec<Applies>,
    /// The entitlements that its relief requires, or that of the line of which it is a refund.
    pub(crate) requires: Option<Entitlements>,
    /// The calendar months of the schedule as bits 0 to 11.
    pub(crate) calendar: u16,
    /// The months in which a charge may fall.
    pub(crate) valid: Valid,
    /// True if its cost depends on the place.
    pub(crate) by_place: bool,
}

/// Where an item's amounts come from.
#[derive(Debug)]
pub(crate) enum Kind {
    /// Units at a price.
    Priced {
        drivers: Drivers,
        /// The place of the profile that relieves a household of a part of it.
        profile: Option<usize>,
        /// The numbers of the price levels by place; empty where all are 1.
        levels: Vec<u32>,
    },
    /// The charges of another item, by its place.
    Refund(usize),
}

impl Charging {
    /// How an item is charged; `of_line` has the item of each line that is no percentage, and `levels` the price levels
    /// so far. `None` of what has no price.
    pub(super) fn new(
        setting: &Setting,
        (item, multiplier): (Item, Option<Factor>),
        of_line: &[usize],
        levels: &mut Vec<Factor>,
    ) -> Option<Self> {
        let base = setting.lines.get_index(item.base)?.1;
        let over: Vec<&Line> = item.over.iter().filter_map(|&place| Some(setting.lines.get_index(place)?.1)).collect();
        // The line whose charges there are: of a refund that of which it is one.
        let (charged, refunded) = match &base.charge {
            Charge::Refund(refund) => {
                let (place, _, of) = setting.lines.get_full(&refund.of)?;
                (of, Some(of_line.get(place).copied()?))
            }
            _ => (base, None),
        };
        let priced = charged.priced()?;
        let kind = match refunded {
            Some(of) => Kind::Refund(of),
            None => Kind::Priced {
                drivers: drivers(setting, priced),
                profile: priced.relief.as_ref().and_then(|relief| setting.profiles.get_index_of(&relief.profile)),
                levels: levels_of(setting, base, levels),
            },
        };
        let windows = over.iter().copied().chain(refunded.is_none().then_some(base)).map(|line| line.valid);
        Some(Self {
            category: setting.categories.iter().position(|category| category.id == item.category).unwrap_or(0),
            multiplier,
            course: Course::new(setting, charged, priced.clock),
            requires: priced.relief.as_ref().map(|relief| bits(setting, &relief.requires)),
            calendar: match &priced.schedule {
                Schedule::Calendar { months, .. } => months.iter().fold(0, |bits, month| bits | 1 << (month - 1)),
                _ => ANY_MONTH,
            },
            valid: windows.reduce(Valid::and).unwrap_or_default(),
            by_place: by_place(setting, charged, priced) || over.iter().any(|line| !line.places.is_empty()),
            over: over.into_iter().map(|line| Applies::new(setting, line)).collect(),
            kind,
            item,
        })
    }

    pub(crate) fn drivers(&self) -> Option<Drivers> {
        match &self.kind {
            Kind::Priced { drivers, .. } => Some(*drivers),
            Kind::Refund(_) => None,
        }
    }

    /// The place of the profile of its relief.
    pub(crate) fn profile(&self) -> Option<usize> {
        match self.kind {
            Kind::Priced { profile, .. } => profile,
            Kind::Refund(_) => None,
        }
    }

    /// The item of which it is a refund, or a percentage of one.
    pub(crate) fn refunded(&self) -> Option<usize> {
        match self.kind {
            Kind::Refund(of) => Some(of),
            Kind::Priced { .. } => None,
        }
    }

    /// Every entitlement that its lines name.
    pub(crate) fn named(&self) -> Entitlements {
        let of = |applies: &Applies| applies.when | applies.unless;
        let over = self.over.iter().fold(0, |named, over| named | of(over));
        of(&self.course.applies) | over | self.requires.unwrap_or(0)
    }
}

fn drivers(setting: &Setting, priced: &Priced) -> Drivers {
    let needs = priced.relief.as_ref().and_then(|relief| relief.needs.as_ref());
    Drivers {
        driver: DriverPlace::of(setting, &priced.driver),
        who: Who::of(&priced.schedule),
        needs: needs.map(|name| DriverPlace::of(setting, name)),
    }
}

/// True if the cost of a line depends on the place.
fn by_place(setting: &Setting, line: &Line, priced: &Priced) -> bool {
    let has_level =
        |levels: &PriceLevels| line.category.as_ref().is_some_and(|category| levels.by_category.contains_key(category));
    !line.places.is_empty()
        || priced.clock == Clock::Place
        || !setting.rates.level_factors.is_empty()
        || setting.rates.level.values().any(has_level)
}

/// The numbers of a line's price levels by place; empty where all are 1.
fn levels_of(setting: &Setting, line: &Line, levels: &mut Vec<Factor>) -> Vec<u32> {
    let Some(category) = line.category.as_ref().filter(|_| line.places.is_empty()) else { return Vec::new() };
    if !setting.places.iter().any(|place| setting.rates.level_at(&place.id, category).is_some()) {
        return Vec::new();
    }
    let numbers = setting.places.iter().map(|place| {
        let Some(level) = setting.rates.level_at(&place.id, category).filter(|level| !level.is_one()) else {
            return 0;
        };
        let known = levels.iter().position(|known| known.exact == level).unwrap_or_else(|| {
            levels.push(Factor::of(level));
            levels.len() - 1
        });
        u32::try_from(known + 1).unwrap_or(0)
    });
    numbers.collect()
}
