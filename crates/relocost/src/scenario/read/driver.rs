//! Reading drivers that a file declares.

use super::head::age_range;
use crate::error::Code;
use crate::limits;
use crate::message;
use crate::names::{Driver, Role};
use crate::reading::{Path, Reader};
use crate::scenario::driver::{DriverCount, DriverQuantity, OwnDriver};
use crate::scenario::household::AgeRange;
use crate::syntax::{Node, Value};
use crate::types::Amount;

/// The keys of a driver.
pub(crate) const DRIVER_KEYS: &[&str] = &["members", "of", "per", "steps"];

pub(super) fn driver(reader: &mut Reader, node: &Node, path: &Path<'_>) -> Option<OwnDriver> {
    let fields = reader.fields(node, path, DRIVER_KEYS)?;
    let count = match (fields.get("members"), fields.get("of")) {
        (Some(node), None) => members(reader, node, &path.key("members")),
        (None, Some(node)) => of(reader, node, &path.key("of")),
        (Some(_), Some(node)) => {
            let message = message!(
                "a driver counts by `members` or as `of` says, not both",
                "un driver compte par `members` ou selon `of`, pas les deux"
            );
            reader.fail(Code::Conflict, node.at, &path.key("of"), message);
            None
        }
        (None, None) => {
            let message = message!(
                "missing; expected who is counted: `members`, or the driver that it is `of`",
                "manque ; attendu : qui est compté, par `members` ou par le driver de `of`"
            );
            reader.fail(Code::MissingKey, fields.at, &path.key("members"), message);
            None
        }
    };
    let quantity = match (fields.get("per"), fields.get("steps")) {
        (None, None) => Some(DriverQuantity::Count),
        (Some(node), None) => reader.whole(node, &path.key("per"), 1, limits::MONTHS).map(DriverQuantity::Per),
        (None, Some(node)) => steps(reader, node, &path.key("steps")).map(DriverQuantity::Steps),
        (Some(_), Some(node)) => {
            let message =
                message!("a driver has `per` or `steps`, not both", "un driver a `per` ou `steps`, pas les deux");
            reader.fail(Code::Conflict, node.at, &path.key("steps"), message);
            None
        }
    };
    Some(OwnDriver { count: count?, quantity: quantity? })
}

fn of(reader: &mut Reader, node: &Node, path: &Path<'_>) -> Option<DriverCount> {
    match reader.named(node, path)? {
        Driver::EquivalentAdult => {
            let expected = message!(
                "one of the drivers that count: household, person, adult, minor, school_age, working_age",
                "l'un des drivers qui comptent : household, person, adult, minor, school_age, working_age"
            );
            reader.refuse(Code::UnknownName, node, path, &expected)
        }
        driver => Some(DriverCount::Of(driver)),
    }
}

fn members(reader: &mut Reader, node: &Node, path: &Path<'_>) -> Option<DriverCount> {
    let fields = reader.fields(node, path, &["roles", "age"])?;
    let roles = match fields.get("roles") {
        Some(node) => roles(reader, node, &path.key("roles")),
        None => Some(Vec::new()),
    };
    let age = age_range(reader, &fields, path, "age", AgeRange { from: 0, to: u32::MAX });
    Some(DriverCount::Members { roles: roles?, age: age? })
}

fn roles(reader: &mut Reader, node: &Node, path: &Path<'_>) -> Option<Vec<Role>> {
    let nodes = reader.list(node, path, limits::DECLARED, &message!("a list of roles", "une liste de rôles"))?;
    let mut roles = Vec::with_capacity(nodes.len());
    for (index, node) in nodes.iter().enumerate() {
        let path = path.index(index);
        match reader.named::<Role>(node, &path) {
            Some(role) if roles.contains(&role) => {
                let message = message!("{role} is listed twice", "{role} figure deux fois");
                reader.fail(Code::Duplicate, node.at, &path, message);
            }
            role => roles.extend(role),
        }
    }
    if nodes.is_empty() {
        let message = message!(
            "is empty; expected at least one role, or the key left out",
            "est vide ; attendu : au moins un rôle, ou l'absence de la clé"
        );
        reader.fail(Code::OutOfRange, node.at, path, message);
    }
    (!roles.is_empty() && roles.len() == nodes.len()).then_some(roles)
}

fn steps(reader: &mut Reader, node: &Node, path: &Path<'_>) -> Option<Vec<(u32, Amount)>> {
    let step =
        || message!("[number, quantity], such as [3, \"1.35\"]", "[nombre, quantité], par exemple [3, \"1.35\"]");
    let expected = message!("a list of [number, quantity]", "une liste de [nombre, quantité]");
    let nodes = reader.list(node, path, limits::KNOTS, &expected)?;
    let mut steps: Vec<(u32, Amount)> = Vec::with_capacity(nodes.len());
    for (index, node) in nodes.iter().enumerate() {
        let path = path.index(index);
        let pair = match &node.value {
            Value::List(pair) => &pair[..],
            _ => &[],
        };
        let [number, quantity] = pair else {
            reader.refuse::<()>(Code::WrongKind, node, &path, &step());
            continue;
        };
        let at = number.at;
        let number = reader.whole(number, &path.index(0), 1, limits::MONTHS);
        let quantity = super::distribution::at_least_zero(reader, quantity, &path.index(1));
        let (Some(number), Some(quantity)) = (number, quantity) else { continue };
        if steps.last().is_some_and(|&(last, _)| number <= last) {
            let message =
                message!("the numbers of steps must increase", "les nombres des paliers doivent être croissants");
            reader.fail(Code::OutOfRange, at, &path, message);
        }
        steps.push((number, quantity));
    }
    if nodes.is_empty() {
        let message = message!(
            "is empty; expected at least one [number, quantity]",
            "est vide ; attendu : au moins un [nombre, quantité]"
        );
        reader.fail(Code::OutOfRange, node.at, path, message);
    }
    (!steps.is_empty() && steps.len() == nodes.len()).then_some(steps)
}
