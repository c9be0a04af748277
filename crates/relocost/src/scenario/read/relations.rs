//! The relations between lines: percentages of lines before them, refunds of lines that charge.

use std::collections::HashMap;

use super::identified::{Identified, Kind};
use crate::error::Code;
use crate::limits;
use crate::message;
use crate::message::Message;
use crate::reading::Reader;
use crate::scenario::items;
use crate::scenario::line::{Charge, Line, Price};
use crate::syntax::At;
use crate::types::Id;

/// Checks what each line says of others. Those that are not there have been reported.
pub(super) fn check(reader: &mut Reader, lines: &[Identified<Line>], root: At) {
    // Most files have none that says anything of another.
    let says = lines.iter().any(|part| !matches!(part.value.charge, Charge::Priced(_)));
    let said = lines.iter().enumerate().filter(|_| says);
    let places: HashMap<&Id, usize> = said.map(|(place, part)| (&part.id, place)).collect();
    for (place, part) in lines.iter().enumerate() {
        let mut wrong = |named: &Id, below: &str, message: Message| {
            let prefix = format!("lines.{}.{below}", part.id);
            let reference = part.references.iter().find(|reference| {
                reference.kind == Kind::Line
                    && reference.name == *named
                    && reference.key.to_string().starts_with(&prefix)
            });
            let (at, key) = reference.map_or((part.at, prefix.clone()), |found| (found.at, found.key.to_string()));
            reader.fail_key(Code::Conflict, at, key, message);
        };
        match &part.value.charge {
            Charge::Priced(_) => {}
            Charge::Percentage(percentage) => {
                for named in &percentage.lines {
                    let Some(&other) = places.get(named) else { continue };
                    let is_percentage = matches!(lines[other].value.charge, Charge::Percentage(_));
                    let message = if other == place {
                        message!("a line is no percentage of itself", "un poste n'est pas un pourcentage de lui-même")
                    } else if is_percentage && other > place {
                        message!(
                            "\"{named}\" is a percentage that stands after this line; expected one before it",
                            "« {named} » est un pourcentage placé après ce poste ; attendu : un pourcentage placé avant"
                        )
                    } else {
                        continue;
                    };
                    wrong(named, "percentage.lines", message);
                }
            }
            Charge::Refund(refund) => {
                let Some(&other) = places.get(&refund.of) else { continue };
                let what = match &lines[other].value.charge {
                    Charge::Percentage(_) => message!("a percentage", "un pourcentage"),
                    Charge::Refund(_) => message!("a refund", "un remboursement"),
                    Charge::Priced(priced) if matches!(priced.price, Price::Event { .. }) => {
                        message!("an event", "un événement")
                    }
                    Charge::Priced(_) => continue,
                };
                let message = message!(
                    "is of a line that is {what}; expected one with an amount",
                    "porte sur une ligne qui est {what} ; attendu : un poste avec un montant",
                    what
                );
                wrong(&refund.of, "refund.of", message);
            }
        }
    }
    let charged = items::count(lines.iter().map(|part| &part.value));
    if charged > limits::CHARGED_LINES {
        let most = limits::CHARGED_LINES;
        let message = message!(
            "more than {most} lines are charged, since percentages of percentages multiply; expected fewer of them",
            "plus de {most} postes sont imputés, car les pourcentages de pourcentages se multiplient ; attendu : moins"
        );
        reader.fail_key(Code::TooMany, root, "lines".to_owned(), message);
    }
}
