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
    not_here: "Not in here: what is uncertain.", "N’y est pas\u{202f}: l’incertitude.";
    causes_note: "The causes of the premium are as delivered and do not follow: each comes from evaluations of the household with and without an entitlement, which formulas over these charges cannot make.",
        "Les causes du surcoût sont telles que livrées et ne suivent pas\u{202f}: chacune vient d’évaluations du ménage avec et sans un droit, que des formules sur ces charges ne peuvent pas faire.";
    funds_note: "Each charge is divided among funds by largest remainder, by formulas; the shares of funds are inputs. Shares of one solution must add up to 1: what they leave over stands below the totals by fund.",
        "Chaque charge est répartie entre fonds au plus fort reste, par des formules\u{202f}; les parts des fonds sont des données. Les parts d’une solution doivent faire 1 ensemble\u{202f}: ce qu’elles laissent se trouve sous les totaux par fonds.";
    funds_of_payments: "Each part of a difference is divided among funds by largest remainder, by formulas, in the shares that the budget of the line, or of its category, had as delivered: these shares are fixed.",
        "Chaque part d’un écart est répartie entre fonds au plus fort reste, par des formules, selon les parts que le budget du poste, ou de sa catégorie, avait à la livraison\u{202f}: ces parts sont fixes.";
    alike: "Charges of cases that are alike have one row, with their number: those of one line and month, of the same quantity, place, relief and solution. One is rounded, and the sum is so many times that amount, as in Relocost. A refund returns what it returned as delivered: it follows its share, and not the price of what it returns.",
        "Les charges de dossiers qui sont pareilles ont une seule ligne, avec leur nombre\u{202f}: celles d’un poste et d’un mois, de mêmes quantité, lieu, allègement et solution. Une seule est arrondie, et la somme est autant de fois ce montant, comme dans Relocost. Un remboursement rend ce qu’il rendait à la livraison\u{202f}: il suit sa part, et non le prix de ce qu’il rend.";
    left_out: "Charges that round to nothing are left out: a price of nothing has no row that could follow it.",
        "Les charges qui s’arrondissent à rien sont laissées de côté\u{202f}: un prix nul n’a pas de ligne qui pourrait le suivre.";
    change_programme: "Change a yellow cell on the sheet of inputs: prices, exchange rates, growth, price levels, relief, shares of percentages and of funds, the discount rate, of cases and of the programme’s own lines. The charges as planned, and their totals by budget year, category, fund and month, are formulas and follow.",
        "Changer une cellule jaune de la feuille des données\u{202f}: prix, taux de change, croissance, niveaux de prix, allègement, parts de pourcentages et de fonds, taux d’actualisation, des dossiers et des postes propres au programme. Les charges prévues, et leurs totaux par exercice, catégorie, fonds et mois, sont en formules et suivent.";
    fixed_programme: "The structure is fixed: cases, agreements and their places, the order of the queue, who moves when, quantities and counts. The lines as signed and all settled, what is avoidable, ceilings, what agreements are worth, and waiting stand as delivered: they come from other runs of the programme. For these, and for other cases or agreements, run Relocost again.",
        "La structure est fixe\u{202f}: dossiers, accords et leurs places, ordre de la file, qui déménage quand, quantités et décomptes. Les lignes des accords signés et de tous réinstallés, l’évitable, les plafonds, la valeur des accords et l’attente sont tels que livrés\u{202f}: ils viennent d’autres calculs du programme. Pour ceux-ci, et pour d’autres dossiers ou accords, relancer Relocost.";
    change_payments: "Change a yellow cell: of a payment its amount, its own rate or its quantity; on the sheet of inputs a price or a rate of the model. What payments are worth, the model, the difference and its parts are formulas and follow, by month, line, category, budget year and fund.",
        "Changer une cellule jaune\u{202f}: d’un paiement son montant, son propre taux ou sa quantité\u{202f}; sur la feuille des données un prix ou un taux du modèle. La valeur des paiements, le modèle, l’écart et ses parts sont en formules et suivent, par mois, poste, catégorie, exercice et fonds.";
    fixed_payments: "The structure is fixed: months, lines, categories and currencies of payments, which of them give a rate or a quantity, the model’s quantities, and which charge is paid in which month, and so for what reasons a difference can be. For another table of payments, run Relocost again.",
        "La structure est fixe\u{202f}: mois, postes, catégories et monnaies des paiements, lesquels donnent un taux ou une quantité, les quantités du modèle, et quelle charge est payée en quel mois, donc les raisons possibles d’un écart. Pour un autre tableau de paiements, relancer Relocost.";
    change_caseload: "Change a yellow cell on a sheet of households: how many there are of a kind, or what a pathway costs one of them. The number 0 leaves a household out. The sums, means and the premium of all follow.",
        "Changer une cellule jaune d’une feuille de ménages\u{202f}: combien il y en a d’une sorte, ou ce qu’un parcours coûte à l’un d’eux. Le nombre 0 laisse un ménage de côté. Les sommes, les moyennes et le surcoût de l’ensemble suivent.";
    fixed_caseload: "What a household costs stands as Relocost computed it: charges and their prices are not in here, but in the workbook of a scenario with that household. The tables by category, budget year and fund are of all households as delivered; below each stands what a change of households adds to them. The causes stand as delivered. Rows are of single households, which their figures can identify.",
        "Ce que coûte un ménage est tel que Relocost l’a calculé\u{202f}: charges et prix ne sont pas ici, mais dans le classeur d’un scénario avec ce ménage. Les tableaux par catégorie, exercice et fonds sont de tous les ménages, tels que livrés\u{202f}; sous chacun se trouve ce qu’un changement de ménages y ajoute. Les causes sont telles que livrées. Les lignes sont de ménages particuliers, que leurs chiffres peuvent identifier.";
    sheet_households: "Households", "Ménages";
    households: "Households", "Ménages";
    households_about: "One row for each household. Yellow cells can be changed.",
        "Une ligne par ménage. Les cellules jaunes peuvent être changées.";
    caseload_about: "All households together: sums, means, and the premium; by category, budget year and fund.",
        "Tous les ménages ensemble\u{202f}: sommes, moyennes et surcoût\u{202f}; par catégorie, exercice et fonds.";
    mean: "Mean of a household", "Moyenne par ménage";
    reference: "Reference", "Référence";
    not_of_households: "The households less this table", "Les ménages moins ce tableau";
    as_delivered: "As delivered: figures of Relocost, which do not follow a change.",
        "Tels que livrés\u{202f}: chiffres de Relocost, qui ne suivent pas un changement.";
    sheet_funds: "Funds", "Fonds";
    sheet_causes: "Causes", "Causes du surcoût";
    sheet_lines: "Lines", "Lignes";
    sheet_agreements: "Agreements", "Accords";
    sheet_cases: "Cases and waiting", "Dossiers et attente";
    sheet_variance: "Variance", "Écarts";
    sheet_payments: "Payments", "Paiements";
    sheet_cells: "Lines by month", "Postes par mois";
    sheet_parts: "Parts by fund", "Parts par fonds";
    funds_about: "What each fund pays, by budget year.", "Ce que paie chaque fonds, par exercice.";
    causes_about: "What causes the premium, as delivered.", "Ce qui cause le surcoût, tel que livré.";
    lines_about: "The programme’s lines, what is avoidable and its causes, and the run-off, as delivered.",
        "Les lignes du programme, l’évitable et ses causes, et la suite, tels que livrés.";
    agreements_about: "What agreements are worth, single steps, and places, as delivered.",
        "Valeur des accords, mesures et places, tels que livrés.";
    cases_about: "Waiting, support and the months of cases, as delivered.",
        "Attente, prise en charge et mois des dossiers, tels que livrés.";
    alike_about: "One row for charges that are alike, with each factor of their amount.",
        "Une ligne pour les charges pareilles, avec chaque facteur de leur montant.";
    months_of_programme: "The cost of each month, and what each fund pays of it.", "Le coût de chaque mois, et ce que chaque fonds en paie.";
    variance_about: "Model, payments and why they differ, by line, category, budget year and fund.",
        "Modèle, paiements et causes de l’écart, par poste, catégorie, exercice et fonds.";
    payments_about: "One row for each payment, with what it is worth. Yellow cells can be changed.",
        "Une ligne par paiement, avec ce qu’il vaut. Les cellules jaunes peuvent être changées.";
    cells_about: "Each line’s months: model, payments, and the parts of the difference.",
        "Les mois de chaque poste\u{202f}: modèle, paiements et parts de l’écart.";
    parts_about: "Each part of a difference, divided among funds.", "Chaque part d’un écart, répartie entre fonds.";
    fund_shares: "Shares of funds", "Parts des fonds";
    fund: "Fund", "Fonds";
    funds_left: "Left over by shares", "Laissé par les parts";
    programme: "Programme", "Programme";
    as_planned: "as planned", "tel que prévu";
    own_line: "(the programme’s own)", "(propre au programme)";
    cases: "Cases", "Dossiers";
    agreements: "Agreements", "Accords";
    times: "Number", "Nombre";
    sum: "Sum", "Somme";
    by_fund: "By fund", "Par fonds";
    by_line: "By line", "Par poste";
    model: "Model", "Modèle";
    paid: "Paid", "Payé";
    rest: "Still to come", "Reste à venir";
    forecast: "Paid and still to come", "Payé et reste à venir";
    compared_from: "Compared from", "Comparé depuis";
    compared_until: "Compared until", "Comparé jusqu’à";
    cell_number: "Number", "Numéro";
    amount_paid: "Amount paid", "Montant payé";
    rate_used: "Exchange rate used", "Taux de change utilisé";
    rate_of_model: "Exchange rate of the model", "Taux de change du modèle";
    worth: "Worth", "Valeur";
    of_exchange: "Of its own rate", "De son propre taux";
    meeting: "How both meet", "Rencontre";
    other_month: "Other month", "Autre mois";
    met_both: "in the same month", "le même mois";
    met_paid_in: "paid in another month", "payé un autre mois";
    met_model_in: "planned in another month", "prévu un autre mois";
    met_not_paid: "not paid", "pas payé";
    met_not_planned: "not planned", "pas prévu";
    quantity_of_model: "Quantity of the model", "Quantité du modèle";
    quantity_paid: "Quantity paid", "Quantité payée";
    part_exchange: "Exchange", "Change";
    part_price: "Price", "Prix";
    part_volume: "Volume", "Quantités";
    part_timing: "Timing", "Calendrier";
    part_not_paid: "Not paid", "Non payé";
    part_not_planned: "Not planned", "Non prévu";
    reason: "Reason", "Raison";
    part: "Part", "Montant de la part";
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
    chart_years_categories: "Cost by budget year and category", "Coût par exercice et par catégorie";
    chart_years_funds: "Cost by budget year and fund", "Coût par exercice et par fonds";
    chart_months: "Cost by month", "Coût par mois";
    chart_households: "Cost of all households together", "Coût de tous les ménages ensemble";
    chart_years_given: "Cost by budget year, as delivered", "Coût par exercice, tel que livré";
    chart_categories_given: "Cost by category, as delivered", "Coût par catégorie, tel que livré";
    chart_parts: "Why payments differ from the model", "Pourquoi les paiements diffèrent du modèle";
    chart_paid_years: "Model and payments by budget year", "Modèle et paiements par exercice";
    chart_paid_categories: "Model and payments by category", "Modèle et paiements par catégorie";
    chart_premium: "Premium by horizon", "Surcoût relatif selon l’horizon";
    page: "Page", "Page";
    of_pages: "of", "sur";
}

/// A mark of what is internal, by its name, as charts and reports have it.
pub(super) fn mark(lang: Lang, name: &str) -> String {
    typeset(&word(name, lang), lang)
}

/// The months of payments that are compared, and how far a payment may be from its charge.
pub(super) fn compared(lang: Lang, from: Month, until: Month, window: u32) -> String {
    match lang {
        Lang::En => format!("Months {from} to {until}; a charge and its payment at most {window} months apart"),
        Lang::Fr => format!("Mois de {from} à {until}\u{202f}; une charge et son paiement à {window} mois au plus"),
    }
}

/// The share of a fund before minor units are given out.
pub(super) fn undivided(lang: Lang, fund: &str) -> String {
    match lang {
        Lang::En => format!("{fund}, in minor units before division"),
        Lang::Fr => format!("{fund}, en unités mineures avant répartition"),
    }
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
            format!("A sheet holds no more than {entries} entries, so that they stand on several sheets.")
        }
        Lang::Fr => format!(
            "Une feuille ne contient pas plus de {entries} écritures\u{202f}: elles sont donc sur plusieurs feuilles."
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
