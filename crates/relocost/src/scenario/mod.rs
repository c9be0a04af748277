//! A checked scenario: time, household, solutions, pathways, lines, rates, assumptions and expectations.
//!
//! In: the trees of a scenario and of its catalogue (`read`), or calls in code ([`build`]). Out: a [`Scenario`], in
//! which every name is declared and every value lies in its range, so that nothing after it checks again.

pub mod build;
mod catalogue;
mod change;
pub(crate) mod charging;
mod derived;
mod distribution;
mod driver;
pub(crate) mod expectation;
mod factors;
mod household;
pub(crate) mod items;
mod line;
pub(crate) mod loader;
mod pathway;
pub(crate) mod places;
pub(crate) mod price_tables;
mod rates;
pub(crate) mod read;
mod timetable;
pub(crate) mod tree;
mod uncertain;
pub(crate) mod unit_price;

use std::collections::BTreeMap;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::{Deref, RangeInclusive};
use std::sync::Arc;

use indexmap::IndexMap;
use num_rational::BigRational;

pub use self::catalogue::Catalogue;
pub(crate) use self::change::{LEAST_INCREASE, LEAST_RATE, LEAST_STRETCH};
pub(crate) use self::derived::{Derived, EmptyTables};
pub use self::distribution::Distribution;
pub use self::driver::{DriverCount, DriverName, DriverQuantity, OwnDriver};
pub use self::expectation::{Bound, Expectation, Figure};
pub use self::household::{AgeRange, Household, Member};
pub use self::line::{Charge, Line, Percentage, Price, Priced, Refund, Relief, Schedule, Valid};
pub use self::loader::{CatalogueText, Loader, is_programme, is_scenario};
pub use self::pathway::{Declared, Funding, Pathway, Shares, Solution, Stage};
use self::places::Places;
pub use self::rates::{ExchangeRates, Index, PriceLevels, Profile, RateTable, Rates};
pub use self::read::Variant;
pub use self::uncertain::{Correlation, Uncertain};
use crate::error::{Code, Error, Place};
use crate::limits;
use crate::message;
use crate::syntax::{Node, Source, to_json, to_toml};
use crate::types::{Currency, Id, Month, Text};
use crate::watch::Pulse;

/// A checked scenario, standing by itself: what it took from a catalogue is part of it. Cheap to clone.
///
/// Two scenarios are equal if they say the same thing, wherever it was written. The `Debug` form shows nothing that
/// could identify a household.
///
/// ```
/// use relocost::Scenario;
/// let scenario = Scenario::parse(r#"
///     schema = 1
///     catalogue = "reference"
///     start = "2026-03"
///     horizon_months = 24
///     [household]
///     members = [{ age = 34 }, { age = 6 }]
/// "#)?;
/// assert_eq!(scenario.ledger("permanent")?.total().to_string(), "73760.02");
/// # Ok::<(), relocost::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Scenario(Arc<Inner>);

/// A household from its first month on, in a setting that other households can share.
#[derive(Clone)]
pub(crate) struct Inner {
    pub(crate) start: Month,
    pub(crate) household: Household,
    pub(crate) setting: Arc<Setting>,
}

/// All of a scenario but the household and its first month.
#[derive(Clone)]
pub(crate) struct Setting {
    pub(crate) title: Option<Text>,
    pub(crate) currency: Currency,
    pub(crate) horizon_months: u32,
    pub(crate) fiscal_year_start: u32,
    pub(crate) price_base_year: Option<i32>,
    /// The month whose tariffs hold throughout on the constant basis, where that is not the start.
    pub(crate) tariffs_at: Option<Month>,
    pub(crate) entitlements: Vec<Declared>,
    pub(crate) places: Vec<Declared>,
    pub(crate) categories: Vec<Declared>,
    pub(crate) funds: Vec<Declared>,
    pub(crate) drivers: IndexMap<Id, OwnDriver>,
    pub(crate) profiles: IndexMap<Id, Profile>,
    pub(crate) rates: Rates,
    pub(crate) solutions: IndexMap<Id, Solution>,
    pub(crate) pathways: IndexMap<Id, Pathway>,
    pub(crate) lines: IndexMap<Id, Line>,
    /// The factors on the charges of categories, where a question sets them; 0 or more.
    pub(crate) category_factors: IndexMap<Id, BigRational>,
    pub(crate) uncertain: Vec<Uncertain>,
    pub(crate) correlations: Vec<Correlation>,
    pub(crate) expectations: Vec<Expectation>,
    pub(crate) variants: IndexMap<Id, Variant>,
    /// Where things stand in their files, by the path of their keys.
    pub(crate) places_in_files: Places,
    /// The currency in which the catalogue quotes exchange rates, where it is another one, so that none are inherited.
    pub(crate) quoted_in: Option<Currency>,
    /// What follows from all of this.
    pub(crate) derived: Derived,
}

/// A setting from a first month on, whatever the household.
#[derive(Clone, Copy)]
pub(crate) struct SettingFrom<'s> {
    pub(crate) start: Month,
    pub(crate) setting: &'s Setting,
}

impl SettingFrom<'_> {
    /// The calendar month of a month since the start.
    pub(crate) fn month(&self, offset: u32) -> Month {
        self.start.plus(i32::try_from(offset).unwrap_or(i32::MAX))
    }
}

impl Deref for SettingFrom<'_> {
    type Target = Setting;

    fn deref(&self) -> &Setting {
        self.setting
    }
}

impl Inner {
    /// All but the household.
    pub(crate) fn without_household(&self) -> SettingFrom<'_> {
        SettingFrom { start: self.start, setting: &self.setting }
    }

    /// The setting, to be changed; other households keep theirs.
    pub(crate) fn setting_mut(&mut self) -> &mut Setting {
        let setting = Arc::make_mut(&mut self.setting);
        setting.derived = Derived::default();
        setting
    }
}

impl Deref for Inner {
    type Target = Setting;

    fn deref(&self) -> &Setting {
        &self.setting
    }
}

impl PartialEq for Inner {
    fn eq(&self, other: &Self) -> bool {
        tree::of(self) == tree::of(other)
    }
}

impl Eq for Inner {}

/// Equal scenarios are written alike, factors too.
impl Hash for Inner {
    fn hash<H: Hasher>(&self, state: &mut H) {
        to_json(&tree::of(self)).hash(state);
    }
}

impl Scenario {
    /// Reads a scenario in TOML. Its `catalogue` can only be `"reference"`, the one built in; [`Loader`] brings others.
    ///
    /// # Errors
    /// Everything that is wrong with the text, with line, column and key.
    pub fn parse(text: &str) -> Result<Self, Error> {
        Loader::new().load(Source::toml("scenario", text))
    }

    /// Reads a scenario in JSON with the same keys.
    ///
    /// # Errors
    /// Everything that is wrong with the text, with line, column and key.
    pub fn parse_json(text: &str) -> Result<Self, Error> {
        Loader::new().load(Source::json("scenario", text))
    }

    pub(crate) fn from_inner(inner: Inner) -> Self {
        Self(Arc::new(inner))
    }

    pub(crate) fn inner(&self) -> &Inner {
        &self.0
    }

    /// The same setting with another household from another month on.
    pub(crate) fn with_household(&self, household: Household, start: Month) -> Self {
        Self::from_inner(Inner { start, household, setting: Arc::clone(&self.inner().setting) })
    }

    /// Replaces the members and the first month: in place, where no other scenario shares the household. The setting then
    /// keeps its count of references, for which threads would have to wait. `None` if a member is missing: others must then
    /// move in before the scenario is used.
    pub(crate) fn move_in(&mut self, members: impl IntoIterator<Item = Option<Member>>, start: Month) -> Option<()> {
        let inner = Arc::make_mut(&mut self.0);
        inner.household.members.clear();
        for member in members {
            inner.household.members.push(member?);
        }
        inner.start = start;
        Some(())
    }

    /// A digest, in hexadecimal, of what the figures rest on: the catalogue's declarations, lines, profiles and rates as
    /// they stand in this scenario. It covers nothing of the household, its pathways or when it begins.
    ///
    /// ```
    /// # let text = "schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 24\n";
    /// let one = relocost::Scenario::parse(&format!("{text}household = {{ members = [{{ age = 34 }}] }}"))?;
    /// let other = relocost::Scenario::parse(&format!("{text}household = {{ members = [{{ age = 6 }}] }}"))?;
    /// assert_eq!(one.catalogue_digest(), other.catalogue_digest());
    /// let dearer = one.with(&[("lines.rent.amount".parse()?, "1000".parse()?)])?;
    /// assert_ne!(one.catalogue_digest(), dearer.catalogue_digest());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn catalogue_digest(&self) -> String {
        use sha2::{Digest, Sha256};
        let tree = tree::of(self.inner());
        let covered =
            ["currency", "price_base_year", "entitlements", "categories", "funds", "profiles", "rates", "lines"];
        let mut hasher = Sha256::new();
        for key in covered {
            hasher.update(key);
            hasher.update(tree.get(key).map_or_else(String::new, to_json));
        }
        hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
    }

    /// The title, for those who may see it.
    pub fn title(&self) -> Option<&Text> {
        self.0.title.as_ref()
    }

    /// The currency of every figure.
    pub fn currency(&self) -> Currency {
        self.0.currency
    }

    /// The first month.
    pub fn start(&self) -> Month {
        self.0.start
    }

    /// The number of months that are costed.
    pub fn horizon_months(&self) -> u32 {
        self.0.horizon_months
    }

    /// The calendar month (1 to 12) in which a fiscal year begins.
    pub fn fiscal_year_start(&self) -> u32 {
        self.0.fiscal_year_start
    }

    /// The fiscal years in which the horizon has months, first and last.
    pub(crate) fn fiscal_years(&self) -> RangeInclusive<i32> {
        fiscal_years(self.start(), self.horizon_months(), self.fiscal_year_start())
    }

    /// The fiscal years of the horizon, ascending, each with the number of its months that lie within the horizon:
    /// fewer than 12 for a part-year.
    ///
    /// ```
    /// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 24\nhousehold = { members = [{ age = 34 }] }")?;
    /// assert_eq!(scenario.months_by_fiscal_year().into_iter().collect::<Vec<_>>(), [(2026, 10), (2027, 12), (2028, 2)]);
    /// # Ok::<(), relocost::Error>(())
    /// ```
    pub fn months_by_fiscal_year(&self) -> BTreeMap<i32, u32> {
        let mut years = BTreeMap::new();
        for month in (0..).take(self.0.horizon_months as usize) {
            *years.entry(self.0.start.plus(month).fiscal_year(self.0.fiscal_year_start)).or_default() += 1;
        }
        years
    }

    /// The household.
    pub fn household(&self) -> &Household {
        &self.0.household
    }

    /// The entitlements, in the order declared.
    pub fn entitlements(&self) -> &[Declared] {
        &self.0.entitlements
    }

    /// The places, in the order declared.
    pub fn places(&self) -> &[Declared] {
        &self.0.places
    }

    /// The drivers that files declare, in the order declared.
    pub fn drivers(&self) -> &IndexMap<Id, OwnDriver> {
        &self.0.drivers
    }

    /// The categories, in the order declared.
    pub fn categories(&self) -> &[Declared] {
        &self.0.categories
    }

    /// The funds, in the order declared.
    pub fn funds(&self) -> &[Declared] {
        &self.0.funds
    }

    /// The profiles of relief.
    pub fn profiles(&self) -> &IndexMap<Id, Profile> {
        &self.0.profiles
    }

    /// Indices, exchange rates and the discount rate.
    pub fn rates(&self) -> &Rates {
        &self.0.rates
    }

    /// The solutions, in the order declared. Each is also a pathway of its name with one stage.
    pub fn solutions(&self) -> &IndexMap<Id, Solution> {
        &self.0.solutions
    }

    /// The pathways other than the solutions, in the order declared.
    pub fn pathways(&self) -> &IndexMap<Id, Pathway> {
        &self.0.pathways
    }

    /// The names of all pathways: the solutions, then the others.
    pub fn pathway_names(&self) -> impl Iterator<Item = &Id> {
        self.0.solutions.keys().chain(self.0.pathways.keys())
    }

    /// The cost lines, in the order declared.
    pub fn lines(&self) -> &IndexMap<Id, Line> {
        &self.0.lines
    }

    /// The uncertain parameters.
    pub fn uncertain(&self) -> &[Uncertain] {
        &self.0.uncertain
    }

    /// The correlations of uncertain parameters.
    pub fn correlations(&self) -> &[Correlation] {
        &self.0.correlations
    }

    /// The expectations that the scenario carries.
    pub fn expectations(&self) -> &[Expectation] {
        &self.0.expectations
    }

    /// The variants that the scenario carries, in the order written.
    pub fn variants(&self) -> &IndexMap<Id, Variant> {
        &self.0.variants
    }

    /// The scenario as a variant has it. Its variants leave out the same members as before, as far as they are there.
    ///
    /// # Errors
    /// There is no such variant, it sets a parameter outside its domain, or it makes the household larger than one may be
    /// ([`limits::MEMBERS`]).
    pub fn variant(&self, name: &str) -> Result<Self, Error> {
        let Some(variant) = self.0.variants.get(name) else {
            return Err(Error::single(
                Code::UnknownName,
                "variants",
                message!("the scenario has no such variant", "le scénario n'a pas cette variante"),
            ));
        };
        let set = self.changed(&variant.parameters, |place, path| {
            (format!("variants.{name}.{path}"), self.0.places_in_files.of_variant(name, place).cloned())
        });
        let mut changed = set?.with_members(|household| {
            let mut place = 0..;
            household.members.retain(|_| !place.next().is_some_and(|place| variant.leave_out.contains(&place)));
            household.members.extend(variant.add.iter().cloned());
        });
        if changed.household().members.len() > limits::MEMBERS {
            let message = message!(
                "expected a household of at most {most} members with those that are added",
                "attendu : un ménage d'au plus {most} membres avec ceux qui sont ajoutés",
                most = limits::MEMBERS,
            );
            return Err(Error::single(Code::TooMany, format!("variants.{name}.household.add"), message));
        }
        if !variant.leave_out.is_empty() {
            // Who comes after a member who is gone has an earlier place.
            let mut inner = changed.inner().clone();
            for other in inner.setting_mut().variants.values_mut() {
                other.leave_out.retain(|place| !variant.leave_out.contains(place));
                for place in &mut other.leave_out {
                    *place -= variant.leave_out.iter().filter(|gone| *gone < place).count();
                }
            }
            changed = Self::from_inner(inner);
        }
        Ok(changed)
    }

    /// Where something stands, by the path of its key, such as `lines.rent`, `pathways.delayed` or `expect[0]`.
    pub fn place(&self, key: &str) -> Option<&Place> {
        self.0.places_in_files.get(key)
    }

    /// The scenario in TOML, standing by itself. Reading it gives the same scenario.
    ///
    /// # Errors
    /// A factor is set that no file can say: [`Scenario::with`] scaled a line, a category, an exchange rate or the
    /// months of a profile.
    pub fn to_toml(&self) -> Result<String, Error> {
        tree::of_file(&self.0).map(|tree| to_toml(&tree))
    }

    /// The scenario in JSON, standing by itself. Reading it gives the same scenario.
    ///
    /// # Errors
    /// As [`Scenario::to_toml`].
    pub fn to_json(&self) -> Result<String, Error> {
        tree::of_file(&self.0).map(|tree| to_json(&tree))
    }
}

/// A scenario as the tree from which it is written.
///
/// # Errors
/// The watch cancels it.
pub(crate) fn tree_of(scenario: &Scenario, pulse: &Pulse<'_>) -> Result<Node, Error> {
    tree::under(&scenario.0, pulse)
}

/// All that a scenario says, also what no file can, as a text: equal for equal scenarios.
pub(crate) fn text_of(scenario: &Scenario) -> String {
    to_json(&tree::of(&scenario.0))
}

impl fmt::Debug for Scenario {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        f.debug_struct("Scenario")
            .field("currency", &inner.currency)
            .field("horizon_months", &inner.horizon_months)
            .field("solutions", &inner.solutions.len())
            .field("pathways", &inner.pathways.len())
            .field("lines", &inner.lines.len())
            .finish_non_exhaustive()
    }
}

/// The fiscal years of a horizon of some months, which begin in month `first`.
pub(crate) fn fiscal_years(start: Month, horizon: u32, first: u32) -> RangeInclusive<i32> {
    let last = start.plus(i32::try_from(horizon.saturating_sub(1)).unwrap_or(0));
    start.fiscal_year(first)..=last.fiscal_year(first)
}
