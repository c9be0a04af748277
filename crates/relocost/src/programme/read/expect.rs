//! Reading the expectations of a programme, which name figures of its JSON by their paths.

use super::head::Head;
use crate::message;
use crate::message::Message;
use crate::names::{Named, QueueOrder, closest, did_you_mean};
use crate::reading::{Fields, Reader};
use crate::scenario::expectation::{FigureKind, Names, is_year};
use crate::scenario::read::{Declarations, NOTHING, expectations};
use crate::scenario::{Bound, Figure, Setting};
use crate::types::Id;

/// The figures of a programme by their paths. What stands in `<>` is a name, a fiscal year, or a place in a list from 0.
const FIGURES: &[(&str, FigureKind)] = &[
    ("programme.currency", FigureKind::Text),
    ("programme.from", FigureKind::Text),
    ("programme.until", FigureKind::Text),
    ("programme.queue", FigureKind::Text),
    ("programme.fiscal_years.<number>", FigureKind::Amount),
    ("programme.cases", FigureKind::Amount),
    ("programme.left_out", FigureKind::Amount),
    ("lines.<of>.total", FigureKind::Amount),
    ("lines.<of>.constant", FigureKind::Amount),
    ("lines.<of>.present_value", FigureKind::Amount),
    ("lines.<of>.by_fiscal_year.<year>", FigureKind::Amount),
    ("lines.<of>.constant_by_fiscal_year.<year>", FigureKind::Amount),
    ("lines.<of>.by_category.<category>", FigureKind::Amount),
    ("lines.<of>.by_fund.<fund>", FigureKind::Amount),
    ("lines.<of>.by_kind.<kind>", FigureKind::Amount),
    ("lines.<of>.by_solution.<solution>", FigureKind::Amount),
    ("lines.<of>.by_place.<place>", FigureKind::Amount),
    ("lines.<of>.by_fiscal_year_and_category.<year>.<category>", FigureKind::Amount),
    ("lines.<of>.by_fiscal_year_and_fund.<year>.<fund>", FigureKind::Amount),
    ("lines.<of>.by_fiscal_year_and_kind.<year>.<kind>", FigureKind::Amount),
    ("lines.<of>.by_fiscal_year_and_origin.<year>.<origin>", FigureKind::Amount),
    ("lines.<of>.case_months.<year>.<kind>", FigureKind::Amount),
    ("lines.<of>.person_months.<year>.<kind>", FigureKind::Amount),
    ("extra.total", FigureKind::Amount),
    ("extra.by_fiscal_year.<year>", FigureKind::Amount),
    ("extra.by_fund.<fund>", FigureKind::Amount),
    ("extra.by_fiscal_year_and_fund.<year>.<fund>", FigureKind::Amount),
    ("extra.attribution.<cause>", FigureKind::Amount),
    ("extra.residual", FigureKind::Amount),
    ("extra.programme", FigureKind::Amount),
    ("with_run_off.until", FigureKind::Text),
    ("with_run_off.lines.<of>.total", FigureKind::Amount),
    ("with_run_off.lines.<of>.by_fiscal_year.<number>", FigureKind::Amount),
    ("with_run_off.lines.<of>.by_fund.<fund>", FigureKind::Amount),
    // Tables, of which an expectation can say that they are absent.
    ("with_run_off", FigureKind::Text),
    ("after", FigureKind::Text),
    ("ceiling.<fund>", FigureKind::Text),
    ("ceiling.<fund>.<year>", FigureKind::Text),
    ("values.with_run_off", FigureKind::Text),
    ("values.<window>.note", FigureKind::Text),
    ("values.<window>.agreements.<agreement>.value_by_fund", FigureKind::Text),
    ("steps.agreements.<agreement>.one_more_place", FigureKind::Text),
    ("steps.queue.<order>", FigureKind::Text),
    ("after.<year>", FigureKind::Amount),
    ("ceiling.<fund>.<year>.total", FigureKind::Amount),
    ("ceiling.<fund>.<year>.ceiling", FigureKind::Amount),
    ("ceiling.<fund>.<year>.excess", FigureKind::Amount),
    ("values.<window>.joint", FigureKind::Amount),
    ("values.<window>.joint_by_fund.<fund>", FigureKind::Amount),
    ("values.<window>.agreements.<agreement>.alone", FigureKind::Amount),
    ("values.<window>.agreements.<agreement>.last", FigureKind::Amount),
    ("values.<window>.agreements.<agreement>.value", FigureKind::Amount),
    ("values.<window>.agreements.<agreement>.alone_by_fund.<fund>", FigureKind::Amount),
    ("values.<window>.agreements.<agreement>.last_by_fund.<fund>", FigureKind::Amount),
    ("values.<window>.agreements.<agreement>.value_by_fund.<fund>", FigureKind::Amount),
    ("steps.agreements.<agreement>.one_more_place.month", FigureKind::Text),
    ("steps.agreements.<agreement>.one_more_place.places", FigureKind::Amount),
    ("steps.agreements.<agreement>.one_more_place.<window>", FigureKind::Amount),
    ("steps.agreements.<agreement>.month_later.<window>", FigureKind::Amount),
    ("steps.processing.<window>", FigureKind::Amount),
    ("steps.queue.<order>.<window>", FigureKind::Amount),
    ("months.<number>.month", FigureKind::Text),
    ("months.<number>.arrived", FigureKind::Amount),
    ("months.<number>.given", FigureKind::Amount),
    ("months.<number>.moved", FigureKind::Amount),
    ("months.<number>.ended", FigureKind::Amount),
    ("months.<number>.waiting", FigureKind::Amount),
    ("months.<number>.processing", FigureKind::Amount),
    ("months.<number>.cases.<kind>", FigureKind::Amount),
    ("months.<number>.persons.<kind>", FigureKind::Amount),
    ("months.<number>.total", FigureKind::Amount),
    ("months.<number>.cumulative", FigureKind::Amount),
    ("waiting.queued", FigureKind::Amount),
    ("waiting.given", FigureKind::Amount),
    ("waiting.given_within.<number>", FigureKind::Ratio),
    ("waiting.median", FigureKind::Ratio),
    ("waiting.p90", FigureKind::Ratio),
    ("waiting.still_waiting", FigureKind::Amount),
    ("waiting.longest_wait", FigureKind::Ratio),
    ("waiting.left", FigureKind::Amount),
    ("waiting.without_way", FigureKind::Amount),
    ("agreements.<agreement>.<account>", FigureKind::Amount),
    ("agreements.<agreement>.by_fiscal_year.<year>.<account>", FigureKind::Amount),
    ("cases.<number>.number", FigureKind::Amount),
    ("cases.<number>.reference", FigureKind::Text),
    ("cases.<number>.arrives", FigureKind::Text),
    ("cases.<number>.persons", FigureKind::Amount),
    ("cases.<number>.status", FigureKind::Text),
    ("cases.<number>.given", FigureKind::Text),
    ("cases.<number>.agreement", FigureKind::Text),
    ("cases.<number>.places", FigureKind::Amount),
    ("cases.<number>.moves", FigureKind::Text),
    ("cases.<number>.ends", FigureKind::Text),
    ("cases.<number>.stages.<number>.solution", FigureKind::Text),
    ("cases.<number>.stages.<number>.place", FigureKind::Text),
    ("cases.<number>.stages.<number>.from", FigureKind::Text),
    ("cases.<number>.stages.<number>.until", FigureKind::Text),
    ("cases.<number>.stages.<number>.total", FigureKind::Amount),
    ("cases.<number>.total", FigureKind::Amount),
    ("cases.<number>.settled_total", FigureKind::Amount),
    ("cases.<number>.extra", FigureKind::Amount),
];

/// Reads the expectations into the setting. `agreements` are `None` where some could not be read.
pub(super) fn read(
    reader: &mut Reader,
    fields: &Fields<'_>,
    names: &Declarations,
    agreements: Option<&[Id]>,
    head: &Head,
    setting: &mut Setting,
) {
    let first = head.first_fiscal_year;
    let last = first + i32::try_from(head.fiscal_years).unwrap_or(1) - 1;
    let parse = |text: &str| figure(text, (names, agreements), first..=last);
    expectations(reader, fields, setting, &NOTHING, parse, |reader, node, path, _| {
        reader.text(node, path).map(Bound::Is)
    });
}

/// A figure by its path. What is wrong with one is said without showing it: it can name an agreement.
fn figure(
    path: &str,
    (names, agreements): (&Declarations, Option<&[Id]>),
    years: std::ops::RangeInclusive<i32>,
) -> Result<Figure, Message> {
    let segments: Vec<&str> = path.split('.').collect();
    let fits = |form: &str, segment: &str| match form {
        "<of>" => ["as_signed", "as_planned", "all_settled"].contains(&segment),
        "<year>" => is_year(segment) && segment.parse().is_ok_and(|year| years.contains(&year)),
        "<number>" => segment.len() <= 6 && segment.parse::<u32>().is_ok_and(|number| number.to_string() == segment),
        "<category>" => Names::has(names, "category", segment),
        "<fund>" => Names::has(names, "fund", segment),
        "<solution>" => segment == Id::programme().as_str() || Names::has(names, "solution", segment),
        "<place>" => Names::has(names, "place", segment),
        "<cause>" => segment == Id::place().as_str() || Names::has(names, "entitlement", segment),
        "<agreement>" => agreements.is_none_or(|ids| ids.iter().any(|id| id.as_str() == segment)),
        "<kind>" => ["permanent", "temporary", "programme"].contains(&segment),
        "<origin>" => ["older", "new", "programme"].contains(&segment),
        "<window>" => ["within", "with_run_off"].contains(&segment),
        "<order>" => QueueOrder::NAMES.contains(&segment),
        "<account>" => ["in_hand", "granted", "used", "lapsed", "left", "cases", "persons"].contains(&segment),
        form => form == segment,
    };
    for &(form, kind) in FIGURES {
        let parts: Vec<&str> = form.split('.').collect();
        if parts.len() == segments.len() && parts.iter().zip(&segments).all(|(part, segment)| fits(part, segment)) {
            return Ok(Figure::new(path, kind));
        }
    }
    let hint = did_you_mean(closest(path, FIGURES.iter().map(|(form, _)| *form)));
    Err(message!("the programme has no such figure{hint}", "le programme n'a pas ce chiffre{hint}", hint,))
}
