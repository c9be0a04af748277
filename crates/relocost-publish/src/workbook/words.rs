//! The words of a workbook, in both languages.

use relocost::{Basis, Decimal, Lang, Month};
use relocost_report::number::{grouped, whole_percent};
use relocost_report::typeset;

use crate::charts::words::word;

macro_rules! words {
    ($($name:ident: $en:literal, $fr:literal;)*) => {
        /// Words and sentences in which nothing stands.
        pub(super) trait Words: Copy {
            $(fn $name(self) -> &'static str;)*
        }

        impl Words for Lang {
            $(fn $name(self) -> &'static str {
                match self { Self::En => $en, Self::Fr => $fr }
            })*
        }

        #[cfg(test)]
        const ALL: &[(&str, &str)] = &[$(($en, $fr),)*];
    };
}

words! {
    title: "Relocost: workbook for audit", "Relocost\u{202f}: classeur pour l’audit";
    sheet_first: "Read me", "Lisez-moi";
    sheet_inputs: "Inputs", "Données";
    sheet_rates: "Rates", "Taux";
    sheet_entries: "Entries", "Écritures";
    sheet_totals: "Totals", "Totaux";
    sheet_premium: "Premium", "Surcoût";
    sheet_months: "By month", "Par mois";
    sheet_charts: "Charts", "Graphiques";
    inputs_about: "Prices, exchange rates, growth, shares and the discount rate. These cells can be changed.",
        "Prix, taux de change, croissance, parts et taux d’actualisation. Ces cellules peuvent être changées.";
    rates_about: "What follows from the inputs: factors of indices, needs after relief, discount factors.",
        "Ce qui résulte des données\u{202f}: facteurs d’indice, besoins après allègement, facteurs d’actualisation.";
    entries_about: "One row for each charge, with each factor of its amount.",
        "Une ligne par charge, avec chaque facteur de son montant.";
    totals_about: "Sums by pathway, category and budget year, and the present value.",
        "Sommes par parcours, catégorie et exercice, et la valeur actualisée.";
    premium_about: "What the alternative costs more, in total, by category and by budget year.",
        "Ce que l’autre parcours coûte de plus, au total, par catégorie et par exercice.";
    months_about: "Both pathways and the premium up to each month.", "Les deux parcours et le surcoût jusqu’à chaque mois.";
    charts_about: "The same as pictures, which follow the figures.", "Les mêmes chiffres en images, qui les suivent.";
    how: "How to use it", "Mode d’emploi";
    change: "Change a yellow cell on the sheet of inputs. Everything else is a formula and follows, down to the premium.",
        "Changer une cellule jaune de la feuille des données. Tout le reste est en formules et suit, jusqu’au surcoût.";
    fixed: "The structure is fixed: members, stages, months, quantities and the categories of charges do not follow from the inputs. For another household, another horizon or another date of a move, run Relocost again.",
        "La structure est fixe\u{202f}: membres, étapes, mois, quantités et catégories des charges ne dépendent pas des données. Pour un autre ménage, un autre horizon ou une autre date de déménagement, relancer Relocost.";
    halves: "Each entry is rounded once, and a half goes to the even neighbour, as in Relocost: the formula of the amount does so, because ROUND alone would take a half away from zero. Spreadsheets count in binary, to some 15 digits: of an input with more the last are lost, and a value that is a half to eight decimals of a minor unit, in large amounts to fewer, is taken for one. An entry can differ by one minor unit there, and nowhere else.",
        "Chaque écriture est arrondie une seule fois, et une moitié va au voisin pair, comme dans Relocost\u{202f}: la formule du montant le fait, car ROUND (ARRONDI) seul éloignerait une moitié de zéro. Les tableurs comptent en binaire, à quelque 15 chiffres\u{202f}: d’une donnée qui en a plus, les derniers se perdent, et une valeur qui est une moitié à huit décimales d’unité mineure, à moins dans les grands montants, passe pour une moitié. Une écriture peut y différer d’une unité mineure, et nulle part ailleurs.";
    not_here: "Not in here: the division among funds, the causes of the premium, and what is uncertain.",
        "N’y sont pas\u{202f}: la répartition entre fonds, les causes du surcoût, et l’incertitude.";
    names: "Inputs, rates and totals have names, such as premium, which formulas use (Formulas, Name Manager).",
        "Données, taux et totaux ont des noms, tels que premium, dont les formules se servent (Formules, Gestionnaire de noms).";
    zero: "Charges that round to nothing have a row too, so that they count once their price is changed.",
        "Les charges qui s’arrondissent à rien ont aussi leur ligne, pour compter dès que leur prix change.";
    sheets: "Sheets", "Feuilles";
    check: "Has anything been changed?", "Quelque chose a-t-il été changé\u{202f}?";
    as_computed: "As Relocost computed it", "Calculé par Relocost";
    now: "In this workbook now", "Dans ce classeur à présent";
    difference: "Difference", "Écart";
    pathway: "Pathway", "Parcours";
    base: "base", "base";
    alternative: "alternative", "autre parcours";
    extra: "Extra cost", "Surcoût";
    premium: "Premium", "Surcoût relatif";
    total: "Total", "Total";
    present_value: "Present value", "Valeur actualisée";
    discount_factor: "Discount factor", "Facteur d’actualisation";
    below: "below", "en dessous";
    within: "within", "dedans";
    above: "above", "au-dessus";
    name: "Name", "Nom";
    input: "Input", "Donnée";
    value: "Value", "Valeur";
    unit: "Unit", "Unité";
    source: "Source", "Source";
    key: "Key in the files", "Clé dans les fichiers";
    no_source: "(no source given)", "(aucune source indiquée)";
    what: "What", "Quoi";
    prices: "Prices", "Prix";
    events: "Events", "Événements";
    shares: "Shares of percentages and refunds", "Parts des pourcentages et des remboursements";
    exchange: "Exchange rates", "Taux de change";
    growth: "Growth of prices", "Croissance des prix";
    levels: "Price levels", "Niveaux de prix";
    relief: "Relief", "Allègement";
    discount: "Discount", "Actualisation";
    index_factors: "Factors of indices", "Facteurs d’indice";
    needs: "Needs after relief", "Besoins après allègement";
    expectations: "Expected cost of events in a month", "Coût attendu des événements par mois";
    a_year: "a year", "par an";
    of_price: "of the price", "du prix";
    of_charge: "of the charge", "de la charge";
    of_cost: "of the cost", "du coût";
    events_a_year: "events a year for each unit", "événements par an et par unité";
    event_cost: "mean cost of an event", "coût moyen d’un événement";
    discount_rate: "Discount rate", "Taux d’actualisation";
    change_here: "Input: a number. Everything follows it.", "Donnée\u{202f}: un nombre. Tout le suit.";
    numbers_only: "Only a number can stand here.", "Seul un nombre peut se trouver ici.";
    month: "Month", "Mois";
    year: "Budget year", "Exercice";
    stage: "Stage", "Étape";
    solution: "Solution", "Solution";
    place: "Place", "Lieu";
    line: "Line", "Poste";
    label: "Label", "Libellé";
    category: "Category", "Catégorie";
    currency: "Currency", "Monnaie";
    quantity: "Quantity", "Quantité";
    unit_price: "Unit price", "Prix unitaire";
    price_level: "Price level", "Niveau de prix";
    index_factor: "Index factor", "Facteur d’indice";
    exchange_rate: "Exchange rate", "Taux de change";
    needed: "Share needed", "Part nécessaire";
    returned: "Less entries returned", "Moins écritures rendues";
    share: "Share", "Part";
    exact: "Before rounding", "Avant arrondi";
    amount: "Amount", "Montant";
    by_category: "By category", "Par catégorie";
    by_year: "By budget year", "Par exercice";
    cumulative: "up to the month", "jusqu’au mois";
    chart_years: "Cost by budget year", "Coût par exercice";
    chart_categories: "Cost by category", "Coût par catégorie";
    chart_cumulative: "Cumulative cost", "Coût cumulé";
    chart_premium: "Premium by horizon", "Surcoût relatif selon l’horizon";
    page: "Page", "Page";
    of_pages: "of", "sur";
}

/// The mark of all that is internal, as charts have it.
pub(super) fn internal(lang: Lang) -> String {
    typeset(&word("internal", lang), lang)
}

/// Beside the verdict against the band that the Court reported.
pub(super) fn band(lang: Lang, low: Decimal, high: Decimal) -> String {
    let [low, high] = [low, high].map(|share| whole_percent(share, lang));
    match lang {
        Lang::En => {
            format!("Against the reported band of {low} to {high} (ICC-ASP/14, 2015), an average over households")
        }
        Lang::Fr => format!(
            "Par rapport à la fourchette rapportée de {low} à {high} (ICC-ASP/14, 2015), une moyenne sur les ménages"
        ),
    }
}

/// The first cells of the page: what version made it, of what prices.
pub(super) fn made(lang: Lang, currency: &str, basis: Basis) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let constant = basis == Basis::Constant;
    match lang {
        Lang::En => {
            let prices = if constant { "constant prices" } else { "prices of each year" };
            format!("Made by Relocost {version}. Amounts in {currency}, {prices}.")
        }
        Lang::Fr => {
            let prices = if constant { "prix constants" } else { "prix de chaque année" };
            format!("Fait par Relocost {version}. Montants en {currency}, {prices}.")
        }
    }
}

/// Something, and of what.
pub(super) fn of(lang: Lang, what: &str, of: &str) -> String {
    match lang {
        Lang::En => format!("{what}: {of}"),
        Lang::Fr => format!("{what}\u{202f}: {of}"),
    }
}

/// The entries are on more than one sheet.
pub(super) fn split(lang: Lang, entries: usize) -> String {
    let entries = grouped(&entries.to_string(), lang);
    match lang {
        Lang::En => {
            format!("A sheet holds no more than {entries} entries, so that those of a pathway stand on several sheets.")
        }
        Lang::Fr => format!(
            "Une feuille ne contient pas plus de {entries} écritures\u{202f}: celles d’un parcours sont sur plusieurs feuilles."
        ),
    }
}

/// A name with the month from which something holds.
pub(super) fn since(lang: Lang, what: &str, month: Month) -> String {
    match lang {
        Lang::En => format!("{what}, from {month}"),
        Lang::Fr => format!("{what}, à partir de {month}"),
    }
}

/// Something of a year, of a month, or of all that are not given.
pub(super) fn of_time(lang: Lang, what: &str, time: Option<&str>) -> String {
    match (time, lang) {
        (Some(time), _) => format!("{what}, {time}"),
        (None, Lang::En) => format!("{what}, where no other is given"),
        (None, Lang::Fr) => format!("{what}, faute d’autre indication"),
    }
}

/// What a household no longer needs so many months on.
pub(super) fn after_months(lang: Lang, what: &str, months: u32) -> String {
    match lang {
        Lang::En => format!("{what}, after {months} months"),
        Lang::Fr => format!("{what}, après {months} mois"),
    }
}

/// An index between two years.
pub(super) fn between(lang: Lang, what: &str, from: i32, to: i32) -> String {
    match lang {
        Lang::En => format!("{what}, from {from} to {to}"),
        Lang::Fr => format!("{what}, de {from} à {to}"),
    }
}

/// The unit of an exchange rate.
pub(super) fn per_unit(lang: Lang, home: &str, foreign: &str) -> String {
    match lang {
        Lang::En => format!("{home} for 1 {foreign}"),
        Lang::Fr => format!("{home} pour 1 {foreign}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_missing_in_either_language() {
        for (en, fr) in ALL {
            assert!(!en.is_empty() && !fr.is_empty(), "{en} {fr}");
            assert_eq!(
                (typeset(en, Lang::En).as_str(), typeset(fr, Lang::Fr).as_str()),
                (*en, *fr),
                "as it is printed"
            );
        }
    }
}
