//! Reading agreements.

use super::Programming;
use crate::error::Code;
use crate::limits;
use crate::message;
use crate::names::PlaceUnit;
use crate::programme::agreement::{Agreement, Refusal, Slip, yearly_grants};
use crate::reading::{Fields, Path};
use crate::scenario::Distribution;
use crate::scenario::read::{distribution, share};
use crate::syntax::{Node, Value};
use crate::types::{Id, Month};

/// The keys of an agreement.
pub(crate) const AGREEMENT_KEYS: &[&str] = &[
    "id",
    "label",
    "solution",
    "signed",
    "unit",
    "grants",
    "from",
    "places_per_year",
    "until",
    "carry_over",
    "in_hand",
    "processing_months",
    "pauses",
    "max_persons",
    "slip",
    "until_slips",
    "processing",
    "refusal",
];

/// Reads every agreement; one that is wrong is left out, and that is reported.
pub(super) fn read(reading: &mut Programming<'_>, fields: &Fields<'_>) -> Vec<Agreement> {
    let root = Path::Root;
    let path = root.key("agreements");
    let Some(node) = fields.get("agreements") else { return Vec::new() };
    let expected = message!("a list of agreements", "une liste d'accords");
    let Some(nodes) = reading.reader.list(node, &path, limits::AGREEMENTS, &expected) else { return Vec::new() };
    let mut agreements: Vec<Agreement> = Vec::with_capacity(nodes.len());
    for (index, node) in nodes.iter().enumerate() {
        let path = path.index(index);
        let Some(agreement) = agreement(reading, node, &path) else { continue };
        if agreements.iter().any(|other| other.id == agreement.id) {
            let message = message!("another agreement has this id", "un autre accord a cet identifiant");
            reading.reader.fail(Code::Duplicate, node.at, &path.key("id"), message);
        } else {
            agreements.push(agreement);
        }
    }
    agreements
}

fn agreement(reading: &mut Programming<'_>, node: &Node, path: &Path<'_>) -> Option<Agreement> {
    let fields = reading.reader.fields(node, path, AGREEMENT_KEYS)?;
    let id = reading.reader.need(&fields, path, "id", &message!("an id", "un identifiant"));
    let id = id.and_then(|node| reading.reader.id(node, &path.key("id")));
    let label = reading.reader.need(&fields, path, "label", &message!("a text", "un texte"));
    let label = label.and_then(|node| reading.reader.label(node, &path.key("label")));
    let solution = match fields.get("solution") {
        Some(node) => reading.solution(node, &path.key("solution")),
        None => Some(reading.head.settled),
    };
    let signed = flag(reading, &fields, path, "signed", false);
    let unit = match fields.get("unit") {
        Some(node) => reading.reader.named(node, &path.key("unit")),
        None => Some(PlaceUnit::Case),
    };
    let until = month(reading, &fields, path, "until");
    let places = places(reading, &fields, path);
    let carry_over = flag(reading, &fields, path, "carry_over", false);
    let in_hand = whole(reading, &fields, path, "in_hand", (0, limits::PLACES));
    let processing = whole(reading, &fields, path, "processing_months", (1, limits::RUN_OFF_MONTHS));
    let pauses = pauses(reading, &fields, path);
    let max_persons = whole(reading, &fields, path, "max_persons", (1, limits::PLACES));
    let slip = chance(reading, &fields, path, "slip");
    let until_slips = flag(reading, &fields, path, "until_slips", true);
    let processing_by_chance = chance(reading, &fields, path, "processing");
    let refusal = refusal(reading, &fields, path);
    let Places { grants, yearly, first_grant } = places?;
    Some(Agreement {
        id: id?,
        label: label?,
        solution: solution?,
        signed: signed?,
        by_person: unit? == PlaceUnit::Person,
        grants,
        yearly,
        first_grant,
        until: until?,
        carry_over: carry_over?,
        in_hand: in_hand?.unwrap_or(0),
        processing: processing?.unwrap_or(reading.head.processing_months),
        pauses: pauses?,
        max_persons: max_persons?,
        slip: slip?.zip(until_slips).map(|(by, with_until)| Slip { by, with_until }),
        processing_by_chance: processing_by_chance?,
        refusal: refusal?,
    })
}

fn flag(reading: &mut Programming<'_>, fields: &Fields<'_>, path: &Path<'_>, key: &str, default: bool) -> Option<bool> {
    match fields.get(key).map(|node| (node, &node.value)) {
        None => Some(default),
        Some((_, Value::Bool(value))) => Some(*value),
        Some((node, _)) => {
            let expected = message!("true or false", "true ou false");
            reading.reader.refuse(Code::WrongKind, node, &path.key(key), &expected)
        }
    }
}

/// A whole number that may be left out: `None` if it is there and wrong.
#[expect(clippy::option_option, reason = "there and wrong, not there, there")]
pub(super) fn whole(
    reading: &mut Programming<'_>,
    fields: &Fields<'_>,
    path: &Path<'_>,
    key: &str,
    (low, high): (u32, u32),
) -> Option<Option<u32>> {
    match fields.get(key) {
        Some(node) => reading.reader.whole(node, &path.key(key), low, high).map(Some),
        None => Some(None),
    }
}

/// A month that may be left out: `None` if it is there and wrong.
#[expect(clippy::option_option, reason = "there and wrong, not there, there")]
pub(super) fn month(
    reading: &mut Programming<'_>,
    fields: &Fields<'_>,
    path: &Path<'_>,
    key: &str,
) -> Option<Option<Month>> {
    match fields.get(key) {
        Some(node) => reading.reader.month(node, &path.key(key)).map(Some),
        None => Some(None),
    }
}

/// The places that an agreement grants, as the agreement has them.
struct Places {
    grants: Vec<(Month, u32)>,
    yearly: Option<(Month, u32)>,
    first_grant: Option<Month>,
}

fn places(reading: &mut Programming<'_>, fields: &Fields<'_>, path: &Path<'_>) -> Option<Places> {
    let until = reading.head.until();
    match (fields.get("grants"), fields.get("from"), fields.get("places_per_year")) {
        (Some(node), None, None) => {
            let grants = listed(reading, node, &path.key("grants"))?;
            let first_grant = grants.first().map(|(month, _)| *month);
            Some(Places { grants, yearly: None, first_grant })
        }
        (None, Some(from), Some(places)) => {
            let from = reading.reader.month(from, &path.key("from"));
            let places = reading.reader.whole(places, &path.key("places_per_year"), 0, limits::PLACES);
            let yearly = (from?, places?);
            Some(Places { grants: yearly_grants(yearly, until), yearly: Some(yearly), first_grant: Some(yearly.0) })
        }
        _ => {
            let message = message!(
                "expected its places either as `grants`, or as `from` with `places_per_year`",
                "ses places sont attendues dans `grants`, ou dans `from` avec `places_per_year`"
            );
            reading.reader.fail(Code::Conflict, fields.at, path, message);
            None
        }
    }
}

fn listed(reading: &mut Programming<'_>, node: &Node, path: &Path<'_>) -> Option<Vec<(Month, u32)>> {
    let expected = || {
        message!("a list of {{ month = \"...\", places = ... }}", "une liste de {{ month = \"...\", places = ... }}")
    };
    let nodes = reading.reader.list(node, path, limits::DECLARED, &expected())?;
    let mut grants: Vec<(Month, u32)> = Vec::with_capacity(nodes.len());
    for (index, node) in nodes.iter().enumerate() {
        let path = path.index(index);
        let Some(fields) = reading.reader.fields(node, &path, &["month", "places"]) else { continue };
        let month = reading.reader.need(&fields, &path, "month", &message!("a month", "un mois"));
        let month = month.and_then(|node| reading.reader.month(node, &path.key("month")));
        let places = reading.reader.need(&fields, &path, "places", &message!("how many places", "combien de places"));
        let places = places.and_then(|node| reading.reader.whole(node, &path.key("places"), 0, limits::PLACES));
        let (Some(month), Some(places)) = (month, places) else { continue };
        if grants.last().is_some_and(|(before, _)| month <= *before) {
            let message = message!(
                "does not come after the grant before it; expected ascending months",
                "ne vient pas après l'octroi qui le précède ; attendu : des mois croissants"
            );
            reading.reader.fail(Code::OutOfRange, node.at, &path.key("month"), message);
        } else {
            grants.push((month, places));
        }
    }
    (grants.len() == nodes.len()).then_some(grants)
}

fn pauses(reading: &mut Programming<'_>, fields: &Fields<'_>, path: &Path<'_>) -> Option<Vec<(Month, Month)>> {
    let Some(node) = fields.get("pauses") else { return Some(Vec::new()) };
    let path = path.key("pauses");
    let expected = message!(
        "a list of {{ from = \"...\", until = \"...\" }}",
        "une liste de {{ from = \"...\", until = \"...\" }}"
    );
    let nodes = reading.reader.list(node, &path, limits::DECLARED, &expected)?;
    let mut pauses = Vec::with_capacity(nodes.len());
    for (index, node) in nodes.iter().enumerate() {
        let path = path.index(index);
        let Some(fields) = reading.reader.fields(node, &path, &["from", "until"]) else { continue };
        let mut month = |key: &str| {
            let node = reading.reader.need(&fields, &path, key, &message!("a month", "un mois"))?;
            reading.reader.month(node, &path.key(key))
        };
        let (Some(from), Some(until)) = (month("from"), month("until")) else { continue };
        if until < from {
            let message = message!("comes before `from`", "vient avant `from`");
            reading.reader.fail(Code::OutOfRange, node.at, &path.key("until"), message);
        } else {
            pauses.push((from, until));
        }
    }
    (pauses.len() == nodes.len()).then_some(pauses)
}

/// Reads a distribution that may be left out: `None` if it is there and wrong.
#[expect(clippy::option_option, reason = "there and wrong, not there, there")]
fn chance(
    reading: &mut Programming<'_>,
    fields: &Fields<'_>,
    path: &Path<'_>,
    key: &str,
) -> Option<Option<Distribution>> {
    match fields.get(key) {
        Some(node) => distribution(reading.reader, node, &path.key(key)).map(Some),
        None => Some(None),
    }
}

#[expect(clippy::option_option, reason = "there and wrong, not there, there")]
fn refusal(reading: &mut Programming<'_>, fields: &Fields<'_>, path: &Path<'_>) -> Option<Option<Refusal>> {
    let Some(node) = fields.get("refusal") else { return Some(None) };
    let path = path.key("refusal");
    let fields = reading.reader.fields(node, &path, &["probability", "after_months"])?;
    let expected = message!("a share from 0 to 1", "une part de 0 à 1");
    let probability = reading.reader.need(&fields, &path, "probability", &expected);
    let probability = probability.and_then(|node| share(reading.reader, node, &path.key("probability")));
    let expected = message!("a number of months", "un nombre de mois");
    let after = reading.reader.need(&fields, &path, "after_months", &expected);
    let after = after.and_then(|node| reading.reader.whole(node, &path.key("after_months"), 1, limits::RUN_OFF_MONTHS));
    Some(Some(Refusal { probability: probability?, after_months: after? }))
}

/// The agreements that a list names, as a set of bits; `None` if one is not declared.
pub(super) fn named(reading: &mut Programming<'_>, node: &Node, path: &Path<'_>, ids: &[Id]) -> Option<u64> {
    let expected = message!("a list of ids of agreements", "une liste d'identifiants d'accords");
    let nodes = reading.reader.list(node, path, limits::AGREEMENTS, &expected)?;
    let mut set = Some(0);
    for (index, node) in nodes.iter().enumerate() {
        let path = path.index(index);
        let id = reading.reader.id(node, &path);
        let place = id.as_ref().and_then(|id| ids.iter().position(|known| known == id));
        if id.is_some() && place.is_none() {
            let message = message!("no agreement has this id", "aucun accord n'a cet identifiant");
            reading.reader.fail(Code::UnknownName, node.at, &path, message);
        }
        set = set.zip(place).map(|(set, place)| set | 1_u64 << place);
    }
    set
}
