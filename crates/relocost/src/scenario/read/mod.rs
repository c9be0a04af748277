//! The one validator: from the trees of a scenario and its catalogue to a checked scenario, or to all their errors.
//!
//! Each file is read into its parts, the scenario's parts replace the catalogue's entry by entry, and only then are
//! names looked up, since either file may use what the other declares.

mod assumptions;
mod contents;
mod distribution;
mod driver;
mod head;
mod identified;
mod line;
mod merge;
mod rates;
mod relations;
mod solution;
mod variants;

use std::ops::RangeInclusive;
use std::sync::Arc;

use indexmap::{IndexMap, IndexSet};

use self::identified::Identified;
use self::rates::{GivenFx, GivenIndex};
use crate::error::{Code, Error};
use crate::limits;
use crate::message;
use crate::message::Message;
use crate::names::{Driver, Named};
use crate::reading::{Fields, NOT_SHOWN, Path, Reader};
use crate::scenario::Derived;
use crate::scenario::expectation::{Names, noun};
use crate::scenario::household::Household;
use crate::scenario::pathway::Declared;
use crate::scenario::places::{Part, Places};
use crate::scenario::rates::{Index, Rates};
use crate::scenario::{Catalogue, Inner, Scenario, Setting, fiscal_years};
use crate::syntax::Node;
use crate::types::{Currency, Id, Label, Month};

pub(crate) use self::assumptions::{CORRELATION_KEYS, EXPECT_KEYS, UNCERTAIN_KEYS};
pub(crate) use self::assumptions::{NOTHING, expectations, parameters};
pub(crate) use self::contents::{Contents, SHARED_KEYS};
pub(crate) use self::distribution::{DISTRIBUTION_KEYS, at_least_zero, read as distribution};
pub(crate) use self::driver::DRIVER_KEYS;
pub(crate) use self::head::{
    Frame, HOUSEHOLD_KEYS, MEMBER_KEYS, SCENARIO_KEYS, Stay, age_range, catalogue, members, reference as pseudonym,
};
use self::identified::Kind;
pub(crate) use self::identified::Reference;
pub(crate) use self::line::{LINE_KEYS, of_no_household};
pub(crate) use self::rates::{RATE_KEYS, share};
pub(crate) use self::solution::shares;
pub(crate) use self::variants::VARIANT_HOUSEHOLD_KEYS;
pub use self::variants::Variant;

/// The key of the price levels, which are by place and then by category.
const LEVELS: &str = "rates.level.";

/// Checks a catalogue for itself, and gives what it says: the names that it uses may still be declared by a scenario.
pub(crate) fn check_catalogue(mut reader: Reader, root: &Node) -> Result<Contents, Error> {
    let mut contents = catalogue_contents(&mut reader, root, None);
    reader.finish()?;
    contents.drop_references_to_its_own();
    Ok(contents)
}

/// The contents below a scenario.
#[derive(Clone, Copy)]
pub(crate) enum Base<'n> {
    /// Nothing: it gives everything itself.
    Nothing,
    /// Catalogues, each on top of those before it.
    Catalogues(&'n [Catalogue]),
    /// Catalogues that could not be had, by their place in a list, and why. What the scenario leaves to them is not held
    /// against it.
    Missing(&'n [(Option<usize>, Message)]),
}

/// The parts that a file lies over, catalogue by catalogue.
fn base_contents(reader: &mut Reader, root: &Node, base: Base<'_>) -> Contents {
    match base {
        Base::Catalogues(catalogues) => {
            catalogues.iter().enumerate().fold(Contents::default(), |below, (place, catalogue)| {
                let parts = match catalogue.contents().filter(|_| place == 0) {
                    Some(contents) => contents.clone(),
                    None => catalogue_contents(reader, &catalogue.root_at(place), below.price_base_year),
                };
                merge::lay(reader, below, parts)
            })
        }
        Base::Nothing => Contents::default(),
        Base::Missing(why) => {
            let at = root.get("catalogue").map_or(root.at, |node| node.at);
            let (root_path, list) = (Path::Root, root.get("catalogue"));
            let path = root_path.key("catalogue");
            for (place, why) in why {
                match place {
                    Some(place) => {
                        let at = list.and_then(|list| list.items().get(*place)).map_or(at, |node| node.at);
                        reader.fail(Code::Catalogue, at, &path.index(*place), why.clone());
                    }
                    None => reader.fail(Code::Catalogue, at, &path, why.clone()),
                }
            }
            Contents {
                price_base_year: Some(Month::EPOCH.year()),
                currency: Some(Currency::EUR),
                ..Contents::default()
            }
        }
    }
}

/// Checks a scenario with its catalogue.
pub(crate) fn scenario(mut reader: Reader, root: &Node, base: Base<'_>) -> Result<Scenario, Error> {
    let complete = !matches!(base, Base::Missing(_));
    let base = base_contents(&mut reader, root, base);
    let Some(fields) = head::fields(&mut reader, root) else { return Err(finished(reader)) };
    let head = head::read(&mut reader, &fields);
    let (mut setting, names) = read_setting(&mut reader, &fields, base, complete, &head.frame);
    if let Some(at) = head.members_at {
        setting.places_in_files.note(Part::Members, at);
    }
    for (index, at) in head.members.iter().enumerate() {
        setting.places_in_files.note(Part::Member(index), *at);
    }
    // Where one of these is missing, that has been reported, and what stands in for it is never returned.
    let start = head.frame.start.unwrap_or(Month::EPOCH);
    let nobody = Household {
        reference: None,
        members: Vec::new(),
        school_age: Household::SCHOOL_AGE,
        working_age: Household::WORKING_AGE,
    };
    assumptions::read(&mut reader, &fields, &names, &mut setting);
    variants::read(&mut reader, &fields, &names, head.ages_at, head.members.len(), &mut setting);
    reader.finish()?;
    let household = head.household.unwrap_or(nobody);
    Ok(Scenario::from_inner(Inner { start, household, setting: Arc::new(setting) }))
}

/// Reads the setting of a file with another head than a scenario's.
pub(crate) fn setting(
    reader: &mut Reader,
    root: &Node,
    fields: &Fields<'_>,
    base: Base<'_>,
    frame: &Frame,
) -> (Setting, Declarations) {
    let complete = !matches!(base, Base::Missing(_));
    let base = base_contents(reader, root, base);
    read_setting(reader, fields, base, complete, frame)
}

/// Reads what a file gives its setting, on top of what lies below it, and looks up every name. The file's head gives the
/// frame; the assumptions, which name what the setting has, are read after it.
fn read_setting(
    reader: &mut Reader,
    fields: &Fields<'_>,
    base: Contents,
    complete: bool,
    head: &Frame,
) -> (Setting, Declarations) {
    let own = contents::read(reader, fields, base.price_base_year);
    let currency = own.currency.or(base.currency);
    if fields.get("currency").is_none() && currency.is_none() {
        let expected = message!(
            "the code of a currency of ISO 4217, such as \"EUR\"",
            "le code d'une monnaie ISO 4217, tel que \"EUR\""
        );
        reader.need(fields, &Path::Root, "currency", &expected);
    }
    // Without the catalogue its currency is not known either.
    if let Some(currency) = currency.filter(|_| complete || own.currency.is_some())
        && let Some(part) = own.rates.fx.iter().find(|part| part.currency == currency)
    {
        let message = if own.currency.is_some() {
            message!(
                "is the scenario's own currency, whose rate is 1 and may not be given",
                "est la monnaie du scénario lui-même, dont le taux est 1 et ne se donne pas"
            )
        } else {
            message!(
                "is the scenario's currency (its catalogue's), whose rate is 1 and may not be given",
                "est la monnaie du scénario (celle de son catalogue), dont le taux est 1 et ne se donne pas"
            )
        };
        reader.fail_key(Code::Conflict, part.at, format!("rates.fx.{currency}"), message);
    }
    let root_at = fields.at;
    let laid = merge::lay(reader, base, own);
    let mut names = Declarations::of(&laid);
    let Contents {
        price_base_year,
        entitlements,
        places,
        categories,
        funds,
        drivers,
        profiles,
        rates,
        quoted,
        solutions,
        pathways,
        lines,
        unreadable,
        unreadable_kinds,
        loose,
        ..
    } = laid;
    let lines = merge::lines(lines);
    // The last currency in which a catalogue quotes rates, where none of them are inherited.
    let quoted_in = quoted.iter().rev().find(|(_, rates)| !rates.is_empty()).map(|(quoted_in, _)| *quoted_in);
    let quoted_in = quoted_in.filter(|_| !quoted.iter().any(|(quoted_in, _)| Some(*quoted_in) == currency));
    let mut fx = Vec::new();
    for (_, inherited) in quoted.into_iter().filter(|(quoted_in, _)| Some(*quoted_in) == currency) {
        merge::merge_fx(&mut fx, inherited);
    }
    merge::merge_fx(&mut fx, rates.fx);

    names.names.extend(unreadable);
    names.unreadable = unreadable_kinds;
    names.horizon = head.horizon_months.unwrap_or(limits::HORIZON_MONTHS);
    names.fiscal_years =
        head.start.zip(head.horizon_months).map(|(start, months)| fiscal_years(start, months, head.fiscal_year_start));
    names.complete = complete;
    names.check(reader, solutions.iter().flat_map(|part| &part.references));
    names.check(reader, pathways.iter().flat_map(|part| &part.references));
    names.check(reader, lines.iter().flat_map(|part| &part.references));
    names.check(reader, rates.level.iter().flat_map(|part| &part.references));
    names.check(reader, loose.iter());
    relations::check(reader, &lines, root_at);
    if complete && names.of_kind(Kind::Solution).next().is_none() {
        reader.need(
            fields,
            &Path::Root,
            "solutions",
            &message!("at least one solution{hint}", "au moins une solution{hint}", hint = without_catalogue(fields)),
        );
    }
    if complete && funds.is_empty() {
        let expected = message!(
            "at least one fund, which pays where no shares are given",
            "au moins un fonds, qui paie là où aucune part n'est donnée"
        );
        reader.need(fields, &Path::Root, "funds", &expected);
    }
    for pathway in pathways.iter().filter(|pathway| solutions.iter().any(|solution| solution.id == pathway.id)) {
        let key = format!("pathways.{}", pathway.id);
        reader.fail_key(
            Code::Duplicate,
            pathway.at,
            key,
            message!(
                "a solution has this name, and is a pathway of that name already",
                "une solution porte ce nom, et est déjà un parcours de ce nom"
            ),
        );
    }
    for (count, most, key) in [
        (solutions.len() + pathways.len(), limits::PATHWAYS, "pathways"),
        (lines.len(), limits::LINES, "lines"),
        (entitlements.len(), limits::ENTITLEMENTS, "entitlements"),
    ] {
        if count > most {
            reader.fail(
                Code::TooMany,
                root_at,
                &Path::Root.key(key),
                message!(
                    "{count} with those of the catalogue; expected at most {most}",
                    "{count} avec ceux du catalogue ; au plus {most} sont admis"
                ),
            );
        }
    }
    let mut places_in_files = Places::of(reader.sources().clone());
    for line in &lines {
        places_in_files.note(Part::Line(line.id.clone()), line.at);
    }
    for pathway in &pathways {
        places_in_files.note(Part::Pathway(pathway.id.clone()), pathway.at);
    }
    for index in &rates.index {
        places_in_files.note(Part::Index(index.id.clone()), index.at);
    }
    for GivenFx { currency, at, .. } in &fx {
        places_in_files.note(Part::ExchangeRates(*currency), *at);
    }
    if let Some(at) = rates.discount_at {
        places_in_files.note(Part::Discount, at);
    }
    // Where the currency is missing, that has been reported, and what stands in for it is never returned.
    let setting = Setting {
        title: head.title.clone(),
        currency: currency.unwrap_or(Currency::EUR),
        horizon_months: names.horizon,
        fiscal_year_start: head.fiscal_year_start,
        price_base_year,
        tariffs_at: None,
        entitlements: labelled(entitlements),
        places: labelled(places),
        categories: labelled(categories),
        funds: labelled(funds),
        drivers: by_id(drivers),
        profiles: by_id(profiles),
        rates: Rates {
            discount: rates.discount,
            index: by_id(rates.index)
                .into_iter()
                .map(|(id, GivenIndex { increases, month })| (id, Index { increases, month: month.unwrap_or(1) }))
                .collect(),
            fx: fx.into_iter().map(|part| (part.currency, part.rates)).collect(),
            level: by_id(rates.level),
            fx_factors: IndexMap::new(),
            level_factors: IndexMap::new(),
        },
        solutions: by_id(solutions),
        pathways: by_id(pathways),
        lines: by_id(lines),
        category_factors: IndexMap::new(),
        uncertain: Vec::new(),
        correlations: Vec::new(),
        expectations: Vec::new(),
        variants: IndexMap::new(),
        places_in_files,
        quoted_in,
        derived: Derived::default(),
    };
    (setting, names)
}

/// The hint for a scenario that names no catalogue, as the end of a message.
fn without_catalogue(fields: &Fields<'_>) -> Message {
    if fields.get("catalogue").is_some() {
        return Message::default();
    }
    message!(
        "; a scenario that gives none takes them from a catalogue: catalogue = \"reference\" is the one built in, whose amounts are illustrative",
        " ; un scénario qui n'en donne pas les prend d'un catalogue : catalogue = \"reference\" est celui qui est intégré, dont les montants sont illustratifs"
    )
}

/// The errors of a reader that has some.
fn finished(reader: Reader) -> Error {
    reader
        .finish()
        .err()
        .unwrap_or_else(|| Error::single(Code::WrongKind, "", message!("not a scenario", "n'est pas un scénario")))
}

fn catalogue_contents(reader: &mut Reader, root: &Node, base: Option<i32>) -> Contents {
    let path = Path::Root;
    let Some(fields) = reader.fields(root, &path, SHARED_KEYS) else { return Contents::default() };
    let mut parts = contents::read(reader, &fields, base);
    match (parts.currency, parts.rates.fx.first()) {
        (None, Some(GivenFx { at, .. })) if fields.get("currency").is_none() => {
            reader.fail(
                Code::MissingKey,
                *at,
                &path.key("currency"),
                message!(
                    "missing; a catalogue with exchange rates states the currency in which they are quoted",
                    "manque ; un catalogue qui a des taux de change dit dans quelle monnaie ils sont cotés"
                ),
            );
        }
        (Some(currency), _) => {
            let rates = std::mem::take(&mut parts.rates.fx);
            if let Some(part) = rates.iter().find(|part| part.currency == currency) {
                let message = message!(
                    "is the catalogue's own currency, whose rate is 1 and may not be given",
                    "est la monnaie du catalogue lui-même, dont le taux est 1 et ne se donne pas"
                );
                reader.fail_key(Code::Conflict, part.at, format!("rates.fx.{currency}"), message);
            }
            parts.quoted.push((currency, rates));
        }
        _ => {}
    }
    parts
}

fn labelled(parts: Vec<Identified<Label>>) -> Vec<Declared> {
    parts.into_iter().map(|part| Declared { id: part.id, label: part.value }).collect()
}

fn by_id<T>(parts: Vec<Identified<T>>) -> IndexMap<Id, T> {
    parts.into_iter().map(|part| (part.id, part.value)).collect()
}

/// Every name that is declared, by what it is, whether or not the rest of its entry could be read.
#[derive(Default)]
pub(crate) struct Declarations {
    names: IndexSet<(Kind, Id)>,
    horizon: u32,
    /// Those of the horizon, if it is known.
    fiscal_years: Option<RangeInclusive<i32>>,
    /// True if a name that is not among them is declared nowhere.
    complete: bool,
    /// Kinds of which some declaration could not be read at all, not even its name.
    unreadable: Vec<Kind>,
}

impl Declarations {
    /// What the entries of one or more files declare.
    fn of(contents: &Contents) -> Self {
        let mut names = Self::default();
        names.declare(Kind::Entitlement, &contents.entitlements);
        names.declare(Kind::Place, &contents.places);
        names.declare(Kind::Category, &contents.categories);
        names.declare(Kind::Fund, &contents.funds);
        names.declare(Kind::Driver, &contents.drivers);
        names.declare(Kind::Index, &contents.rates.index);
        names.declare(Kind::Profile, &contents.profiles);
        names.declare(Kind::Solution, &contents.solutions);
        names.declare(Kind::Pathway, &contents.pathways);
        names.declare(Kind::Line, &contents.lines);
        names
    }

    fn declare<T>(&mut self, kind: Kind, parts: &[Identified<T>]) {
        self.names.extend(parts.iter().map(|part| (kind, part.id.clone())));
    }

    fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Id> {
        self.names.iter().filter(move |(declared, _)| *declared == kind).map(|(_, id)| id)
    }

    pub(crate) fn has(&self, kind: Kind, name: &Id) -> bool {
        !self.complete || self.unreadable.contains(&kind) || self.names.contains(&(kind, name.clone()))
    }

    pub(crate) fn check<'r>(&self, reader: &mut Reader, references: impl Iterator<Item = &'r Reference>) {
        for Reference { kind, name, at, key } in references {
            if self.has(*kind, name) {
                continue;
            }
            let standard: &[&str] = if *kind == Kind::Driver { Driver::NAMES } else { &[] };
            let hide = reader.is_full() || kind.is_private();
            let known: Vec<&str> = if hide {
                Vec::new()
            } else {
                standard.iter().copied().chain(self.of_kind(*kind).map(Id::as_str)).collect()
            };
            let what = noun(kind.noun());
            let close = reader.closest(name.as_str(), known.iter().copied());
            let (mut key, mut shown) = (key.to_string(), kind.shown(name));
            // Under `rates.level` a place may stand where a category should.
            if !kind.is_private() && close.is_none() && key.starts_with(LEVELS) {
                (key, shown) = (format!("{LEVELS}{NOT_SHOWN}.{NOT_SHOWN}"), Kind::Place.shown(name));
            }
            let hint = match close {
                Some(close) => message!("did you mean \"{close}\"?", "vouliez-vous dire « {close} » ?"),
                None if kind.is_private() => message!("expected one that is", "attendu : un nom qui l'est"),
                None if known.is_empty() => {
                    message!("no {what} is declared", "rien n'est déclaré comme {what}", what = &what)
                }
                None => {
                    let known = known.into_iter().take(20).collect::<Vec<_>>().join(", ");
                    message!("declared are {known}", "sont déclarés : {known}")
                }
            };
            reader.fail_key(
                Code::UnknownName,
                *at,
                key,
                message!(
                    "{name} is not declared as {what}; {hint}",
                    "{name} n'est pas déclaré comme {what} ; {hint}",
                    name = shown,
                    what,
                    hint,
                ),
            );
        }
    }
}

impl Names for Declarations {
    fn of(&self, noun: &str) -> Vec<&str> {
        let named = |kind: Kind| kind.noun() == noun || (kind == Kind::Solution && noun == "pathway");
        self.names.iter().filter(|(kind, _)| named(*kind)).map(|(_, id)| id.as_str()).collect()
    }

    fn has(&self, noun: &str, name: &str) -> bool {
        let Ok(id) = Id::parse(name) else { return false };
        let named =
            Kind::ALL.iter().filter(|kind| kind.noun() == noun || (**kind == Kind::Solution && noun == "pathway"));
        !self.complete || named.copied().any(|kind| Declarations::has(self, kind, &id))
    }

    fn horizon(&self) -> u32 {
        self.horizon
    }

    fn fiscal_years(&self) -> Option<RangeInclusive<i32>> {
        self.fiscal_years.clone()
    }
}
