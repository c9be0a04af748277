//! Reading variants: a scenario's own what-ifs.

use std::fmt;

use indexmap::IndexMap;

use super::Declarations;
use super::assumptions::misfit;
use super::head::{Stay, member};
use crate::error::Code;
use crate::limits;
use crate::message;
use crate::reading::{Fields, Path, Reader};
use crate::scenario::places::Part;
use crate::scenario::{Member, Setting};
use crate::syntax::{At, Node, Value};
use crate::types::{Month, Parameter, ParameterValue, no_path};

/// A variant of a scenario: parameters set by their paths, members added or left out.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Variant {
    /// Parameters and their values, in the order written.
    pub parameters: Vec<(Parameter, ParameterValue)>,
    /// Members who are added to the household.
    pub add: Vec<Member>,
    /// Members who are left out, by their places in the household, from 0.
    pub leave_out: Vec<usize>,
}

/// Who is added or left out is not shown.
impl fmt::Debug for Variant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Variant").field("parameters", &self.parameters).finish_non_exhaustive()
    }
}

/// The keys of a variant's household.
pub(crate) const VARIANT_HOUSEHOLD_KEYS: &[&str] = &["add", "leave_out"];

pub(super) fn read(
    reader: &mut Reader,
    fields: &Fields<'_>,
    names: &Declarations,
    ages_at: Option<Month>,
    members: usize,
    setting: &mut Setting,
) {
    let root = Path::Root;
    let path = root.key("variants");
    let Some(table) = fields.get("variants").and_then(|node| reader.open(node, &path)) else { return };
    if table.entries().len() > limits::PATHWAYS {
        reader.too_many(table.at, &path, table.entries().len(), limits::PATHWAYS);
        return;
    }
    let mut variants = IndexMap::new();
    for entry in table.entries() {
        let path = path.key(&entry.key);
        let name = reader.name(&entry.key, entry.at, &path);
        let (mut variant, mut values) = (Variant::default(), Vec::new());
        let Some(table) = reader.open(&entry.node, &path) else { continue };
        for entry in table.entries() {
            let path = path.key(&entry.key);
            if entry.key == "household" {
                household(reader, &entry.node, &path, ages_at, members, &mut variant);
            } else {
                parameters(reader, &entry.key, &entry.node, &path, names, setting, (&mut variant, &mut values));
            }
        }
        let Some(name) = name else { continue };
        for (place, at) in values.into_iter().enumerate() {
            setting.places_in_files.note(Part::VariantValue(name.clone(), place), at);
        }
        variants.insert(name, variant);
    }
    setting.variants = variants;
}

/// Parameters below a key, whose path may be one key in quotes or several with points between them; with where each value
/// stands.
fn parameters(
    reader: &mut Reader,
    prefix: &str,
    node: &Node,
    path: &Path<'_>,
    names: &Declarations,
    setting: &Setting,
    (variant, values): (&mut Variant, &mut Vec<At>),
) {
    if let Value::Table(entries) = &node.value {
        for entry in entries.iter() {
            let prefix = format!("{prefix}.{}", entry.key);
            parameters(
                reader,
                &prefix,
                &entry.node,
                &path.key(&entry.key),
                names,
                setting,
                (&mut *variant, &mut *values),
            );
        }
        return;
    }
    let Some(parameter) = Parameter::parse(prefix) else {
        let expected = no_path(prefix, true);
        let message = message!(
            "no such parameter; {expected}, or household",
            "paramètre inconnu ; {expected}, ou household",
            expected
        );
        return reader.fail(Code::UnknownName, node.at, path, message);
    };
    if parameter.is_yearly() {
        let message = message!(
            "is drawn anew for each year; only an uncertain parameter can be",
            "est tiré à nouveau chaque année ; seul un paramètre incertain peut l'être"
        );
        return reader.fail(Code::Conflict, node.at, path, message);
    }
    if let Some(why) = misfit(&parameter, names, setting) {
        return reader.fail(Code::UnknownName, node.at, path, why);
    }
    if variant.parameters.iter().any(|(known, _)| *known == parameter) {
        return reader.fail(Code::Duplicate, node.at, path, message!("is set twice", "est fixé deux fois"));
    }
    let value = match parameter {
        Parameter::Start => reader.month(node, path).map(ParameterValue::Month),
        _ => reader.amount(node, path).map(ParameterValue::Number),
    };
    if let Some(value) = value {
        variant.parameters.push((parameter, value));
        values.push(node.at);
    }
}

fn household(
    reader: &mut Reader,
    node: &Node,
    path: &Path<'_>,
    ages_at: Option<Month>,
    members: usize,
    variant: &mut Variant,
) {
    let Some(fields) = reader.fields(node, path, VARIANT_HOUSEHOLD_KEYS) else { return };
    if let Some(node) = fields.get("add") {
        let path = path.key("add");
        for (index, node) in reader
            .list(node, &path, limits::MEMBERS, &message!("a list of members", "une liste de membres"))
            .into_iter()
            .flatten()
            .enumerate()
        {
            variant.add.extend(member(reader, node, &path.index(index), ages_at, Stay::Ordered));
        }
    }
    if let Some(node) = fields.get("leave_out") {
        let path = path.key("leave_out");
        let expected = message!(
            "a list of members' places in the household, from 0",
            "une liste de rangs de membres dans le ménage, à partir de 0"
        );
        for (index, node) in reader.list(node, &path, limits::MEMBERS, &expected).into_iter().flatten().enumerate() {
            let path = path.index(index);
            let last = u32::try_from(members.saturating_sub(1)).unwrap_or(0);
            let place = reader.whole(node, &path, 0, last).and_then(|place| usize::try_from(place).ok());
            match place {
                Some(place) if variant.leave_out.contains(&place) => {
                    reader.fail(Code::Duplicate, node.at, &path, message!("is left out twice", "est retiré deux fois"));
                }
                place => variant.leave_out.extend(place),
            }
        }
    }
}
