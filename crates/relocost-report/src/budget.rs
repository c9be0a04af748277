//! The difference of two budgets for a reader: what each cause adds, by year and fund, and what changed.

use std::collections::BTreeSet;

use relocost::diff::{BudgetChange, BudgetDiff, BudgetLine, BudgetSide, BudgetSums};
use relocost::names::BudgetCause;
use relocost::{Id, Money};

use crate::document::Document;
use crate::number::{grouped, money};
use crate::table::ReportTable;
use crate::variants::signed;
use crate::words::{Lang, Sentences as _, Words as _};
use crate::{Style, declared_label, pathway_head};

/// The difference of two budgets: of each line what each cause adds, by budget year, in total and by fund; and the cases
/// and values that changed. Of a programme the line as planned is shown so, and the others by their totals.
///
/// ```
/// use relocost_report::{Style, budget_diff};
/// # let file = "schema = 1\ncatalogue = \"reference\"\nprogramme = { first_fiscal_year = 2026, fiscal_years = 2 }\ncases = [{ members = [{ age = 34 }], arrives = \"2026-01\" }]";
/// let [old, new] = [file.to_owned(), file.replace("2026-01", "2026-05")].map(|text| relocost::Programme::parse(&text));
/// let text = budget_diff(&old?.diff(&new?)?, Style::default());
/// assert!(text.starts_with("What changed from the budget of 2026-01 to 2027-12 to that of 2026-01 to 2027-12, in EUR"));
/// # Ok::<(), relocost::Error>(())
/// ```
pub fn budget_diff(diff: &BudgetDiff, style: Style) -> String {
    let lang = style.lang;
    let mut out = Document::new(style);
    out.title(title(diff, lang));
    out.notice(lang.internal_programme());
    out.notices(lang.budget_year(diff.about().fiscal_year_start()));
    let is_programme = diff.lines.contains_key("as_planned");
    for (name, line) in diff.lines.iter().filter(|(name, _)| !is_programme || name.as_str() == "as_planned") {
        out.gap();
        out.heading(&budget_line(diff, name, lang));
        out.table(by_year(diff, line, style));
    }
    if is_programme {
        out.gap();
        out.heading(lang.total());
        out.table(totals(diff, style));
    }
    out.line(lang.budget_cells());
    let cases = &diff.cases;
    let counts = [
        (BudgetCause::CasesGone, cases.gone),
        (BudgetCause::CasesNew, cases.new),
        (BudgetCause::Households, cases.households),
        (BudgetCause::Timing, cases.timing),
        (BudgetCause::Policy, cases.policy),
    ];
    out.gap();
    out.heading(lang.cases_changed());
    let mut table = ReportTable::new(style, 1);
    table.row([lang.before().to_owned(), count(diff.old.cases, lang)]);
    for (cause, number) in counts.into_iter().filter(|(_, number)| *number > 0) {
        table.inner([cause_name(cause, lang).to_owned(), count(number, lang)]);
    }
    table.row([lang.after().to_owned(), count(diff.new.cases, lang)]);
    out.table(table);
    if !diff.changes.is_empty() {
        out.gap();
        out.heading(lang.changes());
        let changes = diff.changes.iter();
        out.list(changes.map(|change| told(change, lang)).collect());
    }
    out.line(lang.budget_order());
    out.finish()
}

/// The name of a line, as the head of its table has it: of a programme's in words, of a pathway its own.
///
/// ```
/// use relocost_report::{Lang, budget_line};
/// # let file = "schema = 1\ncatalogue = \"reference\"\nprogramme = { first_fiscal_year = 2026, fiscal_years = 2 }";
/// let programme = relocost::Programme::parse(file)?;
/// assert_eq!(budget_line(&programme.diff(&programme)?, "as_planned", Lang::Fr), "Prévu");
/// # Ok::<(), relocost::Error>(())
/// ```
pub fn budget_line(diff: &BudgetDiff, line: &str, lang: Lang) -> String {
    let name = match line {
        "as_signed" => lang.as_signed(),
        "as_planned" => lang.as_planned(),
        "all_settled" => lang.all_settled(),
        _ => return pathway_head(diff.about().scenario(), line, lang),
    };
    let mut letters = name.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// The causes that change some cell of a line.
fn causes(line: &BudgetLine) -> impl Iterator<Item = (BudgetCause, &BudgetSums)> {
    let causes = line.causes.iter().map(|(cause, sums)| (*cause, sums));
    causes.filter(|(_, sums)| !sums.by_fiscal_year_and_fund.is_empty())
}

/// What each cause adds, by year, in total and for each fund.
fn by_year(diff: &BudgetDiff, line: &BudgetLine, style: Style) -> ReportTable {
    let lang = style.lang;
    let zero = Money::zero(diff.currency);
    let steps = || [&line.old, &line.new].into_iter().chain(line.causes.values());
    let years: BTreeSet<i32> = steps().flat_map(|sums| sums.by_fiscal_year.keys().copied()).collect();
    let mut table = ReportTable::new(style, 1);
    let heads = years.iter().map(ToString::to_string);
    table.heads(std::iter::once(String::new()).chain(heads).chain([lang.total().to_lowercase()]));
    let figures = |sums: &BudgetSums, fund: Option<&Id>, show: &dyn Fn(Money) -> String| {
        let year = |year: &i32| match fund {
            None => sums.by_fiscal_year.get(year).copied(),
            Some(fund) => sums.by_fiscal_year_and_fund.get(year).and_then(|funds| funds.get(fund).copied()),
        };
        let total = match fund {
            None => Some(sums.total),
            Some(fund) => sums.by_fund.get(fund).copied(),
        };
        let all = years.iter().map(year).chain([total]);
        all.map(|figure| show(figure.unwrap_or(zero))).collect::<Vec<_>>()
    };
    let rows = |table: &mut ReportTable, fund: Option<&Id>| {
        let amount = |amount: Money| money(amount, lang);
        let added = |amount: Money| signed(amount, lang);
        let row = |name: &str, figures: Vec<String>| std::iter::once(name.to_owned()).chain(figures);
        table.row(row(lang.before(), figures(&line.old, fund, &amount)));
        for (cause, sums) in causes(line) {
            if fund.is_none_or(|fund| sums.by_fiscal_year_and_fund.values().any(|funds| funds.contains_key(fund))) {
                table.inner(row(cause_name(cause, lang), figures(sums, fund, &added)));
            }
        }
        table.row(row(lang.after(), figures(&line.new, fund, &amount)));
    };
    rows(&mut table, None);
    let mut funds: Vec<&Id> = Vec::new();
    for fund in steps().flat_map(|sums| sums.by_fund.keys()) {
        if !funds.contains(&fund) {
            funds.push(fund);
        }
    }
    if funds.len() > 1 {
        for fund in funds {
            table.group(&fund_name(diff, fund, lang));
            rows(&mut table, Some(fund));
        }
    }
    table
}

/// What each cause adds to the total of each line.
fn totals(diff: &BudgetDiff, style: Style) -> ReportTable {
    let lang = style.lang;
    let mut table = ReportTable::new(style, 1);
    let names = diff.lines.keys().map(|name| budget_line(diff, name, lang));
    table.heads(std::iter::once(String::new()).chain(names));
    let row = |name: &str, figures: Vec<String>| std::iter::once(name.to_owned()).chain(figures);
    let totals =
        |of: fn(&BudgetLine) -> &BudgetSums| diff.lines.values().map(|line| money(of(line).total, lang)).collect();
    table.row(row(lang.before(), totals(|line| &line.old)));
    for cause in BudgetCause::ALL {
        if diff.lines.values().any(|line| causes(line).any(|(found, _)| found == *cause)) {
            let added = diff.lines.values().filter_map(|line| line.causes.get(cause));
            table.inner(row(cause_name(*cause, lang), added.map(|sums| signed(sums.total, lang)).collect()));
        }
    }
    table.row(row(lang.after(), totals(|line| &line.new)));
    table
}

fn count(number: u64, lang: Lang) -> String {
    grouped(&number.to_string(), lang)
}

fn fund_name(diff: &BudgetDiff, id: &Id, lang: Lang) -> String {
    declared_label(diff.about().scenario().funds(), id, lang)
}

/// A change on one line. Of an entry that is new or gone only that is said.
fn told(change: &BudgetChange, lang: Lang) -> String {
    let is_entry = |value: &String| value.starts_with(['{', '[']);
    let what = match (&change.old, &change.new) {
        (None, Some(new)) if is_entry(new) => lang.is_new().to_owned(),
        (Some(old), None) if is_entry(old) => lang.is_gone().to_owned(),
        (old, new) => {
            let [old, new] = [old, new].map(|value| value.as_deref().unwrap_or("–"));
            format!("{old} -> {new}")
        }
    };
    lang.titled(&change.key, &what)
}

pub(crate) fn cause_name(cause: BudgetCause, lang: Lang) -> &'static str {
    let [en, fr] = match cause {
        BudgetCause::CasesGone => ["cases gone", "dossiers partis"],
        BudgetCause::CasesNew => ["cases new", "nouveaux dossiers"],
        BudgetCause::Households => ["households", "ménages"],
        BudgetCause::Timing => ["timing", "calendrier"],
        BudgetCause::Policy => ["policy", "politique"],
        BudgetCause::Lines => ["lines and drivers", "postes et unités de charge"],
        BudgetCause::Prices => ["prices", "prix"],
        BudgetCause::Indices => ["indices", "indices"],
        BudgetCause::ExchangeRates => ["exchange rates and levels", "taux de change et niveaux de prix"],
        _ => ["horizon", "horizon"],
    };
    match lang {
        Lang::En => en,
        Lang::Fr => fr,
    }
}

fn title(diff: &BudgetDiff, lang: Lang) -> String {
    let (code, prices) = (diff.currency.code(), lang.prices(diff.basis()));
    let span = |side: &BudgetSide| (side.from, side.until.plus(-1));
    let ((from, until), (new_from, new_until)) = (span(&diff.old), span(&diff.new));
    match lang {
        Lang::En => format!(
            "What changed from the budget of {from} to {until} to that of {new_from} to {new_until}, in {code}, {prices}"
        ),
        Lang::Fr => format!(
            "Ce qui a changé du budget de {from} à {until} à celui de {new_from} à {new_until}, en {code}, {prices}"
        ),
    }
}
