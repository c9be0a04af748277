//! The part that only a scenario has: its time, its household.

use super::contents::SHARED_KEYS;
use crate::error::Code;
use crate::limits;
use crate::message;
use crate::reading::{Fields, Path, Reader};
use crate::scenario::household::{AgeRange, Household, Member};
use crate::syntax::{At, Node, Value};
use crate::types::{Month, Text, is_reference};

/// The keys of a scenario beside those that it shares with a catalogue.
pub(crate) const SCENARIO_KEYS: &[&str] = &[
    "title",
    "catalogue",
    "start",
    "horizon_months",
    "fiscal_year_start",
    "household",
    "uncertain",
    "correlations",
    "expect",
    "variants",
];

/// The keys of a household.
pub(crate) const HOUSEHOLD_KEYS: &[&str] = &["reference", "members", "ages_at", "school_age", "working_age"];

/// The keys of a member.
pub(crate) const MEMBER_KEYS: &[&str] = &["role", "born", "age", "joins", "leaves"];

/// The frame of a setting.
pub(crate) struct Frame {
    pub(crate) title: Option<Text>,
    pub(crate) start: Option<Month>,
    pub(crate) horizon_months: Option<u32>,
    pub(crate) fiscal_year_start: u32,
}

/// The values that a scenario itself gives.
pub(super) struct Head {
    pub(super) frame: Frame,
    pub(super) household: Option<Household>,
    /// The month at which ages given are those: `ages_at`, or else the start.
    pub(super) ages_at: Option<Month>,
    /// Where the members stand, and each of them.
    pub(super) members_at: Option<At>,
    pub(super) members: Vec<At>,
}

/// The keys of a scenario file, known ones only.
pub(super) fn fields<'n>(reader: &mut Reader, root: &'n Node) -> Option<Fields<'n>> {
    reader.fields(root, &Path::Root, &[SHARED_KEYS, SCENARIO_KEYS].concat())
}

pub(super) fn read(reader: &mut Reader, fields: &Fields<'_>) -> Head {
    let root = Path::Root;
    let title = fields.get("title").and_then(|node| reader.text(node, &root.key("title")));
    if let Some(node) = fields.get("catalogue") {
        catalogue(reader, node, &root.key("catalogue"));
    }
    let start = reader
        .need(
            fields,
            &root,
            "start",
            &message!("the first month, such as \"2026-03\"", "le premier mois, tel que \"2026-03\""),
        )
        .and_then(|node| reader.month(node, &root.key("start")));
    let horizon_months = reader
        .need(
            fields,
            &root,
            "horizon_months",
            &message!("the number of months to cost", "le nombre de mois à chiffrer"),
        )
        .and_then(|node| reader.whole(node, &root.key("horizon_months"), 1, limits::HORIZON_MONTHS));
    let fiscal_year_start = fields
        .get("fiscal_year_start")
        .and_then(|node| reader.whole(node, &root.key("fiscal_year_start"), 1, 12))
        .unwrap_or(1);
    let mut head = Head {
        frame: Frame { title, start, horizon_months, fiscal_year_start },
        household: None,
        ages_at: start,
        members_at: None,
        members: Vec::new(),
    };
    if let Some(node) =
        reader.need(fields, &root, "household", &message!("a table with the members", "une table avec les membres"))
    {
        head.household = household(reader, node, &root.key("household"), &mut head);
    }
    head
}

/// The name of a catalogue, or a list of names; which files they are is the loader's business.
pub(crate) fn catalogue(reader: &mut Reader, node: &Node, path: &Path<'_>) {
    let one = || {
        message!(
            "the name of a catalogue's file, or \"reference\"",
            "le nom du fichier d'un catalogue, ou \"reference\""
        )
    };
    let expected = || message!("{one}, or a list of these", "{one}, ou une liste de ceux-ci", one = one());
    let Value::List(nodes) = &node.value else {
        reader.raw_text(node, path, &expected());
        return;
    };
    if nodes.is_empty() {
        let message = message!(
            "is empty; expected at least one catalogue, or the key left out",
            "est vide ; attendu : au moins un catalogue, ou pas de clé"
        );
        reader.fail(Code::OutOfRange, node.at, path, message);
    }
    if reader.list(node, path, limits::CATALOGUES, &expected()).is_none() {
        return;
    }
    for (index, name) in nodes.iter().enumerate() {
        let path = path.index(index);
        reader.raw_text(name, &path, &one());
        if nodes.iter().take(index).any(|earlier| earlier == name) {
            let message = message!("is listed twice", "figure deux fois");
            reader.fail(Code::Duplicate, name.at, &path, message);
        }
    }
}

fn household(reader: &mut Reader, node: &Node, path: &Path<'_>, head: &mut Head) -> Option<Household> {
    let fields = reader.fields(node, path, HOUSEHOLD_KEYS)?;
    let reference = reference(reader, &fields, path);
    if let Some(node) = fields.get("ages_at") {
        head.ages_at = reader.month(node, &path.key("ages_at"));
    }
    let members = reader
        .need(&fields, path, "members", &message!("a list of members", "une liste de membres"))
        .and_then(|node| {
            head.members_at = Some(node.at);
            members(reader, node, &path.key("members"), head.ages_at, Stay::Ordered, &mut head.members)
        });
    let school_age = age_range(reader, &fields, path, "school_age", Household::SCHOOL_AGE);
    let working_age = age_range(reader, &fields, path, "working_age", Household::WORKING_AGE);
    Some(Household { reference: reference?, members: members?, school_age: school_age?, working_age: working_age? })
}

/// A household's pseudonym: `None` if it is there and wrong.
#[expect(clippy::option_option, reason = "there and wrong, not there, there")]
pub(crate) fn reference(reader: &mut Reader, fields: &Fields<'_>, path: &Path<'_>) -> Option<Option<String>> {
    let Some(node) = fields.get("reference") else { return Some(None) };
    let path = path.key("reference");
    let text = reader.raw_text(node, &path, &message!("a pseudonym", "un pseudonyme"));
    let fine = text.is_none_or(is_reference);
    if !fine {
        reader.fail(
            Code::BadName,
            node.at,
            &path,
            message!(
                "expected a pseudonym of letters, digits, \"-\" and \"_\", at most 64, and never a name",
                "attendu : un pseudonyme de lettres, de chiffres, de « - » et de « _ », 64 au plus, et jamais un nom"
            ),
        );
    }
    text.filter(|_| fine).map(|text| Some(text.to_owned()))
}

/// The rule on a member who leaves before the month of joining, and so never counts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stay {
    Ordered,
    Any,
}

/// A list of members, of whom `at` keeps where each stands.
pub(crate) fn members(
    reader: &mut Reader,
    node: &Node,
    path: &Path<'_>,
    ages_at: Option<Month>,
    stay: Stay,
    at: &mut Vec<At>,
) -> Option<Vec<Member>> {
    let nodes = reader.list(node, path, limits::MEMBERS, &message!("a list of members", "une liste de membres"))?;
    let mut members = Vec::with_capacity(nodes.len());
    for (index, node) in nodes.iter().enumerate() {
        if let Some(member) = member(reader, node, &path.index(index), ages_at, stay) {
            members.push(member);
            at.push(node.at);
        }
    }
    (members.len() == nodes.len()).then_some(members)
}

/// A member whose `age`, if it gives one, is that of a month.
pub(crate) fn member(
    reader: &mut Reader,
    node: &Node,
    path: &Path<'_>,
    ages_at: Option<Month>,
    stay: Stay,
) -> Option<Member> {
    let fields = reader.fields(node, path, MEMBER_KEYS)?;
    let role = match fields.get("role") {
        Some(node) => reader.named(node, &path.key("role")).map(Some),
        None => Some(None),
    };
    let born = match (fields.get("born"), fields.get("age")) {
        (Some(node), None) => reader.month(node, &path.key("born")),
        (None, Some(node)) => {
            let age = reader.whole(node, &path.key("age"), 0, limits::AGE_YEARS);
            let months = age.and_then(|age| i32::try_from(age * 12).ok());
            let born = ages_at.zip(months).map(|(month, months)| month.plus(-months));
            if born.is_some_and(|born| born.year() < Month::FIRST_YEAR) {
                reader.fail(
                    Code::OutOfRange,
                    node.at,
                    &path.key("age"),
                    message!(
                        "means a birth before 1800; expected one from then on",
                        "signifie une naissance avant 1800 ; attendu : une naissance à partir de cette année"
                    ),
                );
            }
            born
        }
        (Some(_), Some(node)) => {
            reader.fail(
                Code::Conflict,
                node.at,
                &path.key("age"),
                message!("a member has `born` or `age`, not both", "un membre a `born` ou `age`, pas les deux"),
            );
            None
        }
        (None, None) => {
            reader.fail(
                Code::MissingKey,
                node.at,
                &path.key("born"),
                message!(
                    "missing; expected the month of birth in `born`, or the `age` at the start (or at `ages_at`)",
                    "manque ; attendu : le mois de naissance dans `born`, ou l'âge au début (ou à `ages_at`) dans `age`"
                ),
            );
            None
        }
    };
    let mut month = |key| match fields.get(key) {
        Some(node) => reader.month(node, &path.key(key)).map(Some),
        None => Some(None),
    };
    let (joins, leaves) = (month("joins"), month("leaves"));
    if let (Some(Some(joins)), Some(Some(leaves)), Some(node)) = (joins, leaves, fields.get("leaves"))
        && leaves < joins
        && stay == Stay::Ordered
    {
        reader.fail(
            Code::OutOfRange,
            node.at,
            &path.key("leaves"),
            message!("comes before `joins`", "vient avant `joins`"),
        );
        return None;
    }
    Some(Member { born: born?, role: role?, joins: joins?, leaves: leaves? })
}

pub(crate) fn age_range(
    reader: &mut Reader,
    fields: &Fields<'_>,
    path: &Path<'_>,
    key: &str,
    default: AgeRange,
) -> Option<AgeRange> {
    let Some(node) = fields.get(key) else { return Some(default) };
    let path = path.key(key);
    let fields = reader.fields(node, &path, &["from", "to"])?;
    let mut age = |key, default| match fields.get(key) {
        Some(node) => reader.whole(node, &path.key(key), 0, limits::AGE_YEARS),
        None => Some(default),
    };
    let (from, to) = (age("from", default.from), age("to", default.to));
    let (from, to) = (from?, to?);
    if to < from {
        reader.fail(Code::OutOfRange, node.at, &path, message!("`to` is below `from`", "`to` est inférieur à `from`"));
        return None;
    }
    Some(AgeRange { from, to })
}
