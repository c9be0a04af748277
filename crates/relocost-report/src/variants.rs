//! Variants, and what lies between two scenarios, for a reader.

use relocost::comparison::Difference;
use relocost::diff::Diff;
use relocost::variants::{VariantFigures, Variants};
use relocost::{Basis, Money};

use crate::document::Document;
use crate::number::{money, premium};
use crate::table::ReportTable;
use crate::words::{Lang, Sentences as _, Words as _, span};
use crate::{Style, pathway_head};

/// A scenario's variants as columns of one table, each with its difference from the scenario as it stands. Shares and
/// rates that can only be per cents are named below.
pub fn variants(table: &Variants, style: Style) -> String {
    let lang = style.lang;
    let mut out = Document::new(style);
    out.title(title_of_variants(lang, table.horizon_months(), table.currency().code(), table.basis()));
    out.notice(lang.internal());
    out.gap();
    let mut rows = ReportTable::new(style, 1);
    let names = table.variants.keys().map(ToString::to_string);
    rows.heads([String::new(), lang.as_it_stands().to_owned()].into_iter().chain(names));
    let line = |name: &str, standing: String, each: Vec<String>| [name.to_owned(), standing].into_iter().chain(each);
    let figures = |get: fn(&Difference) -> Money| {
        table.variants.values().map(|variant| money(get(&variant.difference), lang)).collect::<Vec<_>>()
    };
    let changes = |get: fn(&VariantFigures) -> Money| {
        let each = table.variants.values().map(|variant| signed(get(variant), lang));
        line(lang.change(), String::new(), each.collect())
    };
    let standing = &table.as_it_stands;
    let head = |pathway| pathway_head(table.about().scenario(), pathway, lang);
    rows.row(line(&head(table.base()), money(standing.base, lang), figures(|difference| difference.base)));
    rows.inner(changes(|variant| variant.change_of_base));
    let alternative = figures(|difference| difference.alternative);
    rows.row(line(&head(table.alternative()), money(standing.alternative, lang), alternative));
    rows.inner(changes(|variant| variant.change_of_alternative));
    rows.row(line(lang.extra(), money(standing.extra, lang), figures(|difference| difference.extra)));
    rows.inner(changes(|variant| variant.change_of_extra));
    let premiums = table.variants.values().map(|variant| premium(variant.difference.premium(), lang)).collect();
    rows.row(line(lang.premium(), premium(standing.premium(), lang), premiums));
    out.table(rows);
    out.warnings(&table.warnings);
    out.finish()
}

/// The differences between two scenarios: the totals, and each change with its effect on each total.
pub fn diff(diff: &Diff, style: Style) -> String {
    let lang = style.lang;
    let mut out = Document::new(style);
    out.title(title_of_diff(lang, diff.currency().code(), diff.basis()));
    out.notice(lang.internal());
    out.gap();
    let mut names: Vec<&relocost::Id> = diff.old.keys().collect();
    names.extend(diff.new.keys().filter(|name| !diff.old.contains_key(*name)));
    let mut table = ReportTable::new(style, 1);
    let head = |name: &&relocost::Id| pathway_head(diff.about().scenario(), name.as_str(), lang);
    table.heads(std::iter::once(String::new()).chain(names.iter().map(head)));
    let zero = Money::zero(diff.currency());
    let row = |name: &str, figures: Vec<String>| std::iter::once(name.to_owned()).chain(figures);
    let totals = |totals: &indexmap::IndexMap<relocost::Id, Money>| {
        names.iter().map(|name| money(totals.get(*name).copied().unwrap_or(zero), lang)).collect::<Vec<_>>()
    };
    table.row(row(lang.before(), totals(&diff.old)));
    for change in &diff.changes {
        let effect = |name: &&relocost::Id| signed(change.effects.get(*name).copied().unwrap_or(zero), lang);
        table.inner(row(&change.key, names.iter().map(effect).collect()));
    }
    table.row(row(lang.after(), totals(&diff.new)));
    out.table(table);
    out.gap();
    if diff.changes.is_empty() {
        out.line(lang.no_change());
    } else {
        out.heading(lang.changes());
        let mut details = Vec::new();
        for change in &diff.changes {
            for detail in &change.details {
                let key =
                    if detail.key.is_empty() { change.key.clone() } else { format!("{}.{}", change.key, detail.key) };
                let [old, new] = [&detail.old, &detail.new].map(|value| value.as_deref().unwrap_or("–"));
                details.push(format!("{key}: {old} -> {new}"));
            }
        }
        out.list(details);
        out.line(format!("{}.", lang.order()));
    }
    out.finish()
}

/// An amount with its sign, and a point for nothing.
pub(crate) fn signed(amount: Money, lang: Lang) -> String {
    match amount.minor() {
        0 => "·".to_owned(),
        minor if minor > 0 => format!("+{}", money(amount, lang)),
        _ => money(amount, lang),
    }
}

fn title_of_variants(lang: Lang, months: u32, currency: &str, basis: Basis) -> String {
    let prices = lang.prices(basis);
    match lang {
        Lang::En => format!("Variants over {span}, in {currency}, {prices}", span = span(months)),
        Lang::Fr => format!("Variantes sur {months} mois, en {currency}, {prices}"),
    }
}

fn title_of_diff(lang: Lang, currency: &str, basis: Basis) -> String {
    let prices = lang.prices(basis);
    match lang {
        Lang::En => format!("What each change does to each total, in {currency}, {prices}"),
        Lang::Fr => format!("Ce que chaque changement fait à chaque total, en {currency}, {prices}"),
    }
}
