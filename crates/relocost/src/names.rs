//! The one table of names: every word that a file may use for a thing the model knows.
//!
//! The reader, its suggestions, the schema, the documentation and the bindings take them from here.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::limits;
use crate::message;
use crate::message::Message;

macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)*
        }

        impl $name {
            /// Every one, in the order of the model's text.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The name in files.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// The one of a name in files.
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($text => Some(Self::$variant),)* _ => None }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.name())
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }

        impl Named for $name {
            const NAMES: &'static [&'static str] = &[$($text,)*];

            fn of(name: &str) -> Option<Self> {
                Self::from_name(name)
            }
        }
    };
}

/// A closed set of names in files.
pub(crate) trait Named: Sized {
    /// The names, in order.
    const NAMES: &'static [&'static str];

    /// The value of a name.
    fn of(name: &str) -> Option<Self>;
}

named! {
    /// The quantity of a month for which a line's amount is paid, over the members that count in it.
    Driver {
        /// 1 if anyone counts, else 0.
        Household = "household",
        /// The members who count.
        Person = "person",
        /// Those aged 18 or more.
        Adult = "adult",
        /// Those under 18.
        Minor = "minor",
        /// Those of school age (by default 4 to 17 completed years, both included).
        SchoolAge = "school_age",
        /// Those of working age (by default 18 to 64 completed years, both included).
        WorkingAge = "working_age",
        /// The OECD-modified scale: 1.0, 0.5 for each further person aged 14 or more, 0.3 for each younger one.
        EquivalentAdult = "equivalent_adult",
    }
}

named! {
    /// The role of a member in the household; own drivers may count by it.
    Role {
        /// The protected witness.
        Witness = "witness",
        /// A spouse or partner.
        Partner = "partner",
        /// A child.
        Child = "child",
        /// A parent.
        Parent = "parent",
        /// A brother or sister.
        Sibling = "sibling",
        /// Anyone else who depends on the household.
        Dependant = "dependant",
    }
}

named! {
    /// The kind of a solution: with or without an agreement with a host State.
    SolutionKind {
        /// It does: the household has a status and integrates.
        Permanent = "permanent",
        /// It does not: the gap is bridged.
        Temporary = "temporary",
    }
}

named! {
    /// The event from which a line's months are counted.
    Clock {
        /// The start of the first of the consecutive stages, up to the present one, to all of which the line applies.
        Entitled = "entitled",
        /// As [`Clock::Entitled`], but a change of place breaks it too.
        Place = "place",
        /// The start of the stage.
        Stage = "stage",
        /// The start of the pathway.
        Pathway = "pathway",
    }
}

named! {
    /// The names of schedules: in which months a line is charged.
    ScheduleName {
        /// Every month.
        Monthly = "monthly",
        /// One month.
        Once = "once",
        /// Every n months.
        Every = "every",
        /// Certain calendar months.
        Calendar = "calendar",
        /// Certain months of certain years.
        Dates = "dates",
        /// The last month of a stage that another one follows.
        OnExit = "on_exit",
        /// The last month of the run of stages that the line's clock counts.
        OnEnd = "on_end",
        /// The month in which a member joins, for the members who do.
        OnJoin = "on_join",
        /// The last month of a member who leaves, for the members who do.
        OnLeave = "on_leave",
    }
}

named! {
    /// The names of distributions.
    DistributionName {
        /// Between two ends, alike everywhere.
        Uniform = "uniform",
        /// Between two ends, most often at a mode.
        Triangular = "triangular",
        /// A beta distribution between two ends around a mode.
        Pert = "pert",
        /// The normal distribution.
        Normal = "normal",
        /// The lognormal distribution, by its own mean and standard deviation or by two quantiles.
        Lognormal = "lognormal",
        /// The gamma distribution.
        Gamma = "gamma",
        /// The beta distribution between two ends.
        Beta = "beta",
        /// A few values with weights.
        Discrete = "discrete",
        /// Observed values.
        Empirical = "empirical",
    }
}

named! {
    /// In which prices a figure is given.
    Basis {
        /// Prices of each year, as they will be paid.
        Nominal = "nominal",
        /// Every index factor 1, exchange rates unchanged.
        Constant = "constant",
    }
}

named! {
    /// The verdict on a premium against the band of 45 to 75 per cent that the Court reported.
    Band {
        /// Below 0.45.
        Below = "below",
        /// From 0.45 to 0.75, both included.
        Within = "within",
        /// Above 0.75.
        Above = "above",
    }
}

named! {
    /// The placement of the draws of a simulation in the unit cube.
    Sampling {
        /// Independent of one another.
        Random = "random",
        /// Latin hypercubes: each parameter stratified within blocks of 256 draws of each of 16 randomisations. Draws that fill
        /// no block are as plain ones: ask for a multiple of 4,096.
        LatinHypercube = "latin_hypercube",
        /// Sobol' points, Owen-scrambled in 16 independent randomisations.
        Sobol = "sobol",
    }
}

named! {
    /// The draws of a simulation that are kept, a number for each draw and output, [`limits::KEPT`] at most.
    Keep {
        /// None: only what summarises them.
        Nothing = "nothing",
        /// Totals of pathways, the extra cost and the premium.
        Totals = "totals",
        /// Those by fiscal year and category too.
        Everything = "everything",
    }
}

named! {
    /// The figures of a simulation: totals always, and the parts that are summed and counted beside them.
    Figures {
        /// Totals of pathways, the extra cost and the premium, no parts.
        Totals = "totals",
        /// Parts by fiscal year.
        ByFiscalYear = "by_fiscal_year",
        /// Parts by category.
        ByCategory = "by_category",
        /// Parts by fund.
        ByFund = "by_fund",
        /// Parts of all kinds.
        All = "all",
    }
}

impl Figures {
    /// True if there are parts by fiscal year.
    pub const fn by_fiscal_year(self) -> bool {
        matches!(self, Self::ByFiscalYear | Self::All)
    }

    /// True if there are parts by category.
    pub const fn by_category(self) -> bool {
        matches!(self, Self::ByCategory | Self::All)
    }

    /// True if there are parts by fund.
    pub const fn by_fund(self) -> bool {
        matches!(self, Self::ByFund | Self::All)
    }
}

named! {
    /// What a price list does to a price of a catalogue.
    PriceStatus {
        /// It has another amount, or another currency, or a tariff from another month.
        Changed = "changed",
        /// It confirms the amount; the source is that of the list.
        Confirmed = "confirmed",
        /// It has no price for this line.
        Missing = "missing",
        /// It has a price for a line that the catalogue does not have.
        Unknown = "unknown",
    }
}

named! {
    /// Who comes first in a programme's queue.
    QueueOrder {
        /// Who arrived first, and then who is declared first.
        Arrival = "arrival",
        /// The lower priority, and then who arrived first.
        Priority = "priority",
        /// Fewer persons first, sorted anew each month.
        Smallest = "smallest",
        /// More persons first, sorted anew each month.
        Largest = "largest",
    }
}

named! {
    /// A cause of what changed from one budget to the next, in the order in which causes are applied.
    BudgetCause {
        /// Cases that the newer budget no longer has.
        CasesGone = "cases_gone",
        /// Cases that the older budget does not have.
        CasesNew = "cases_new",
        /// The members of households.
        Households = "households",
        /// Arrivals, moves and ends, and the course of a case.
        Timing = "timing",
        /// Agreements, the queue, processing, support, solutions, pathways, and the funds that pay.
        Policy = "policy",
        /// Lines and drivers, profiles, categories, and the ages of school and of work.
        Lines = "lines",
        /// Amounts of lines that both have, with their currency, index and price base; shares of percentages.
        Prices = "prices",
        /// Rates of indices.
        Indices = "indices",
        /// Exchange rates and price levels.
        ExchangeRates = "exchange_rates",
        /// The first month, the fiscal years, the horizon.
        Horizon = "horizon",
    }
}

named! {
    /// The unit in which an agreement counts its places.
    PlaceUnit {
        /// A case, however many persons it has.
        Case = "case",
        /// A person.
        Person = "person",
    }
}

named! {
    /// The quantity of a month for which a line of a programme is paid.
    ProgrammeCount {
        /// 1.
        Programme = "programme",
        /// Cases under support in which somebody counts.
        Cases = "cases",
        /// The persons in them.
        Persons = "persons",
        /// Cases in the queue without a place.
        Waiting = "waiting",
        /// Cases that were given a place or placed, and have not moved yet.
        Processing = "processing",
        /// Cases that arrive in the month.
        Arrivals = "arrivals",
        /// Cases that are given a place in the month.
        Given = "given",
        /// Moves of the month.
        Moves = "moves",
        /// Agreements in force.
        Agreements = "agreements",
    }
}

/// The keys that files have at their top and in their most frequent tables.
pub(crate) const KEYS: &[&str] = &[
    "schema",
    "title",
    "catalogue",
    "currency",
    "start",
    "horizon_months",
    "fiscal_year_start",
    "price_base_year",
    "household",
    "reference",
    "members",
    "school_age",
    "working_age",
    "ages_at",
    "role",
    "born",
    "age",
    "joins",
    "leaves",
    "entitlements",
    "places",
    "place",
    "categories",
    "funds",
    "drivers",
    "of",
    "roles",
    "per",
    "steps",
    "profiles",
    "knots",
    "rates",
    "index",
    "fx",
    "level",
    "month",
    "discount",
    "default",
    "source",
    "solutions",
    "label",
    "kind",
    "funding",
    "by_category",
    "pathways",
    "stages",
    "solution",
    "months",
    "lines",
    "id",
    "category",
    "driver",
    "schedule",
    "amount",
    "amounts",
    "event",
    "percentage",
    "refund",
    "share",
    "except",
    "valid",
    "when",
    "unless",
    "relief",
    "profile",
    "requires",
    "needs",
    "clock",
    "drop",
    "inherit",
    "uncertain",
    "parameter",
    "distribution",
    "correlations",
    "between",
    "spearman",
    "expect",
    "figure",
    "equals",
    "within",
    "at_most",
    "at_least",
    "why",
    "variants",
    "programme",
    "first_fiscal_year",
    "fiscal_years",
    "processing_months",
    "queue",
    "waiting",
    "settled",
    "support_months",
    "run_off_months",
    "ceiling",
    "cases",
    "scenario",
    "caseload",
    "row",
    "arrives",
    "count",
    "every_months",
    "ends",
    "priority",
    "agreements",
    "placed",
    "moves",
    "pathway",
    "signed",
    "unit",
    "grants",
    "places_per_year",
    "carry_over",
    "in_hand",
    "pauses",
    "max_persons",
    "slip",
    "until_slips",
    "processing",
    "refusal",
    "probability",
    "after_months",
    "arrivals",
    "per_year",
    "en",
    "fr",
    "low",
    "mode",
    "high",
    "shape",
    "mean",
    "sd",
    "p5",
    "p95",
    "alpha",
    "beta",
    "values",
    "weights",
];

/// The name that was probably meant, as the end of a message; nothing if there is none.
pub(crate) fn did_you_mean(name: Option<&str>) -> Message {
    name.map_or_else(Message::default, |name| {
        message!("; did you mean \"{name}\"?", " ; vouliez-vous dire « {name} » ?")
    })
}

/// The keys under which an error may show what it found. Everything else is named and not shown, so a key that is left
/// out here is on the safe side: none says who somebody is, or where.
pub(crate) const OPEN_KEYS: &[&str] = &[
    "schema",
    "currency",
    "start",
    "horizon_months",
    "fiscal_year_start",
    "price_base_year",
    "kind",
    "solution",
    "months",
    "category",
    "driver",
    "schedule",
    "from",
    "until",
    "at",
    "amount",
    "percentage",
    "refund",
    "share",
    "lines",
    "categories",
    "except",
    "of",
    "per",
    "steps",
    "month",
    "index",
    "when",
    "unless",
    "solutions",
    "valid",
    "profile",
    "requires",
    "needs",
    "clock",
    "drop",
    "inherit",
    "default",
    "discount",
    "knots",
    "parameter",
    "between",
    "spearman",
    "figure",
    "equals",
    "within",
    "at_most",
    "at_least",
    "per_year",
    "low",
    "mode",
    "high",
    "shape",
    "mean",
    "sd",
    "p5",
    "p95",
    "alpha",
    "beta",
    "values",
    "weights",
    "factor",
    "stretch",
    "first_fiscal_year",
    "fiscal_years",
    "processing_months",
    "queue",
    "waiting",
    "settled",
    "support_months",
    "run_off_months",
    "ceiling",
    "count",
];

/// The keys that tell of a household, where it is, or a file: nothing at or below one is shown, wherever it stands.
pub(crate) const PRIVATE_KEYS: &[&str] = &[
    "title",
    "catalogue",
    "household",
    "reference",
    "members",
    "role",
    "born",
    "age",
    "ages_at",
    "joins",
    "leaves",
    "school_age",
    "working_age",
    "add",
    "leave_out",
    "place",
    "places",
    "cases",
    "arrivals",
    "agreements",
];

/// Words that are often tried as keys of a household or a member, and say nothing about anyone.
pub(crate) const USUAL_WORDS: &[&str] = &[
    "name",
    "names",
    "title",
    "label",
    "note",
    "notes",
    "comment",
    "sex",
    "gender",
    "birth",
    "birthday",
    "date_of_birth",
    "date",
    "year",
    "month",
    "from",
    "until",
    "start",
    "end",
    "id",
    "currency",
    "household",
    "member",
    "size",
    "count",
    "to",
    "add",
    "leave_out",
    "ages_at",
];

/// The one of `names` that was probably meant.
pub(crate) fn closest<'n>(found: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let allowed = (found.chars().count() / 3).clamp(1, 4);
    if found.len() > limits::ID_CHARACTERS * 2 {
        return None;
    }
    // The distance is at least the difference in length, which is cheap to know.
    names
        .into_iter()
        .filter(|name| name.len().abs_diff(found.len()) <= 4 * allowed)
        .map(|name| (strsim::osa_distance(found, name), name))
        .filter(|&(distance, _)| distance <= allowed)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, name)| name)
}
