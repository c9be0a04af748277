//! Reading the table `programme`.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use crate::error::Code;
use crate::exact;
use crate::limits;
use crate::message;
use crate::names::{QueueOrder, did_you_mean};
use crate::reading::{Path, Reader};
use crate::scenario::Setting;
use crate::scenario::expectation::{is_year, no_such};
use crate::syntax::Node;
use crate::types::{Amount, Id, Month};

/// The keys of the table `programme`.
pub(crate) const PROGRAMME_KEYS: &[&str] = &[
    "first_fiscal_year",
    "fiscal_years",
    "processing_months",
    "queue",
    "waiting",
    "settled",
    "support_months",
    "run_off_months",
    "ceiling",
    "lines",
];

/// The values of the table; names of solutions and funds are looked up when the setting is known.
pub(super) struct Head {
    pub(super) first_month: Option<Month>,
    pub(super) first_fiscal_year: i32,
    pub(super) fiscal_years: u32,
    pub(super) processing_months: u32,
    pub(super) order: QueueOrder,
    pub(super) waiting: usize,
    pub(super) settled: usize,
    pub(super) support: Vec<Option<u32>>,
    pub(super) run_off_months: u32,
    pub(super) ceilings: IndexMap<Id, BTreeMap<i32, i128>>,
}

impl Default for Head {
    fn default() -> Self {
        Self {
            first_month: None,
            first_fiscal_year: Month::EPOCH.year(),
            fiscal_years: 1,
            processing_months: 1,
            order: QueueOrder::Arrival,
            waiting: 0,
            settled: 0,
            support: Vec::new(),
            run_off_months: 0,
            ceilings: IndexMap::new(),
        }
    }
}

impl Head {
    /// The month after the last.
    pub(super) fn until(&self) -> Option<Month> {
        Some(self.first_month?.plus(i32::try_from(12 * self.fiscal_years).ok()?))
    }
}

/// Reads what needs no setting.
pub(super) fn read(reader: &mut Reader, node: &Node, fiscal_year_start: u32) -> Option<Head> {
    let (root, mut head) = (Path::Root, Head::default());
    let path = root.key("programme");
    let fields = reader.fields(node, &path, PROGRAMME_KEYS)?;
    let expected = message!("the first fiscal year, such as 2026", "le premier exercice budgétaire, tel que 2026");
    if let Some(node) = reader.need(&fields, &path, "first_fiscal_year", &expected)
        && let Some(year) = reader.whole(node, &path.key("first_fiscal_year"), 1900, 2800)
    {
        head.first_fiscal_year = i32::try_from(year).unwrap_or(head.first_fiscal_year);
        head.first_month = Month::new(head.first_fiscal_year, fiscal_year_start);
    }
    let expected = message!("how many fiscal years", "combien d'exercices budgétaires");
    if let Some(node) = reader.need(&fields, &path, "fiscal_years", &expected) {
        let years = reader.whole(node, &path.key("fiscal_years"), 1, limits::FISCAL_YEARS);
        head.fiscal_years = years.unwrap_or(head.fiscal_years);
    }
    let mut whole = |key: &str, low: u32, high: u32, default: u32| {
        fields.get(key).and_then(|node| reader.whole(node, &path.key(key), low, high)).unwrap_or(default)
    };
    head.processing_months = whole("processing_months", 1, limits::RUN_OFF_MONTHS, 1);
    head.run_off_months = whole("run_off_months", 0, limits::RUN_OFF_MONTHS, 0);
    if let Some(node) = fields.get("queue") {
        head.order = reader.named(node, &path.key("queue")).unwrap_or(head.order);
    }
    Some(head)
}

/// Looks up the solutions and funds of a table that was read.
pub(super) fn resolve(reader: &mut Reader, node: &Node, setting: &Setting, complete: bool, head: &mut Head) {
    let root = Path::Root;
    let path = root.key("programme");
    head.support = vec![None; setting.solutions.len()];
    let near =
        |reader: &Reader, name: &str| did_you_mean(reader.closest(name, setting.solutions.keys().map(Id::as_str)));
    let solution = |reader: &mut Reader, key: &str, default: &str| {
        let path = path.key(key);
        let (id, at) = match node.get(key) {
            Some(node) => (reader.id(node, &path)?, node.at),
            None => (Id::parse(default).ok()?, node.at),
        };
        let place = setting.solutions.get_index_of(&id);
        if place.is_none() && complete {
            let hint = near(reader, id.as_str());
            let message =
                message!("no solution is called \"{id}\"{hint}", "aucune solution ne s'appelle « {id} »{hint}", hint);
            reader.fail(Code::UnknownName, at, &path, message);
        }
        place
    };
    let waiting = solution(reader, "waiting", "temporary");
    head.waiting = waiting.unwrap_or(0);
    head.settled = solution(reader, "settled", "permanent").unwrap_or(0);
    if let Some(table) = node.get("support_months") {
        let path = path.key("support_months");
        for entry in reader.open(table, &path).map_or(&[][..], |fields| fields.entries()) {
            let path = path.key(&entry.key);
            let months = reader.whole(&entry.node, &path, 1, limits::MONTHS);
            match setting.solutions.get_index_of(entry.key.as_str()) {
                None if complete => {
                    let message = no_such("solution", &near(reader, &entry.key));
                    reader.fail(Code::UnknownName, entry.at, &path, message);
                }
                None => {}
                Some(place) if Some(place) == waiting => {
                    let message = message!(
                        "is the solution of those who wait, whose support has no limit",
                        "est la solution de ceux qui attendent, dont le soutien n'a pas de limite"
                    );
                    reader.fail(Code::Conflict, entry.at, &path, message);
                }
                Some(place) => head.support[place] = months,
            }
        }
    }
    if let Some(table) = node.get("ceiling") {
        ceilings(reader, table, &path.key("ceiling"), setting, complete, head);
    }
}

fn ceilings(reader: &mut Reader, node: &Node, path: &Path<'_>, setting: &Setting, complete: bool, head: &mut Head) {
    let last = head.first_fiscal_year + i32::try_from(head.fiscal_years).unwrap_or(1) - 1;
    for fund in reader.open(node, path).map_or(&[][..], |fields| fields.entries()) {
        let path = path.key(&fund.key);
        let declared = setting.funds.iter().find(|declared| declared.id.as_str() == fund.key);
        if declared.is_none() && complete {
            let near = reader.closest(&fund.key, setting.funds.iter().map(|declared| declared.id.as_str()));
            reader.fail(Code::UnknownName, fund.at, &path, no_such("fund", &did_you_mean(near)));
        }
        let (mut by_year, mut default) = (BTreeMap::new(), None);
        for entry in reader.open(&fund.node, &path).map_or(&[][..], |fields| fields.entries()) {
            let path = path.key(&entry.key);
            let amount: Option<Amount> = reader.amount(&entry.node, &path);
            let minor = amount.and_then(|amount| {
                exact::to_minor(&exact::from_decimal(amount.to_decimal()), setting.currency.decimals())
            });
            if entry.key == "default" {
                default = minor;
            } else if let Some(year) =
                Some(&entry.key).filter(|key| is_year(key)).and_then(|key| key.parse::<i32>().ok())
            {
                by_year.extend(minor.map(|minor| (year, minor)));
            } else {
                let message = message!(
                    "unknown key; expected a fiscal year such as 2027, or `default`",
                    "clé inconnue ; attendu : un exercice budgétaire tel que 2027, ou `default`"
                );
                reader.fail(Code::UnknownKey, entry.at, &path, message);
            }
        }
        if let Some(minor) = default {
            for year in head.first_fiscal_year..=last {
                by_year.entry(year).or_insert(minor);
            }
        }
        by_year.retain(|year, _| (head.first_fiscal_year..=last).contains(year));
        if let Some(declared) = declared {
            head.ceilings.insert(declared.id.clone(), by_year);
        }
    }
}
