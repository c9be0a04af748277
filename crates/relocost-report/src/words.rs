//! The one table of words in both languages.

use relocost::{Band, Basis, Estimate, Label};

/// A language of reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// French.
    Fr,
}

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident: $en:literal, $fr:literal;)*) => {
        impl Lang {
            $($(#[$doc])*
            pub(crate) const fn $name(self) -> &'static str {
                match self { Self::En => $en, Self::Fr => $fr }
            })*
        }
    };
}

words! {
    internal: "Internal: exact figures of one household. Not for publication.",
        "Interne : chiffres exacts d'un seul ménage. Ne pas publier.";
    by_category: "By category", "Par catégorie";
    by_fiscal_year: "By budget year", "Par exercice budgétaire";
    by_fund: "By fund", "Par fonds";
    total: "Total", "Total";
    constant: "Total in constant prices", "Total en prix constants";
    present_value: "Present value", "Valeur actualisée";
    extra: "extra", "surcoût";
    premium: "premium", "surcoût relatif";
    other_pathways: "Other pathways:", "Autres parcours :";
    causes: "What causes the extra cost", "Ce qui cause le surcoût";
    residual: "Not explained by entitlements (timing, moves)", "Non expliqué par les droits (calendrier, déménagements)";
    nothing_missing: "No entitlement is missing on either side: all of it is timing and moves.",
        "Aucun droit ne manque d'un côté ni de l'autre : tout tient au calendrier et aux déménagements.";
    curve: "The premium depends on the horizon", "Le surcoût relatif dépend de l'horizon";
    months: "months", "mois";
    average: "the band is an average over households, so for a single one the verdict only orients",
        "la fourchette est une moyenne sur les ménages ; pour un seul, le verdict n'est qu'indicatif";
    no_premium: "Premium: none, because the base is not above 0", "Surcoût relatif : aucun, car la base n'est pas supérieure à 0";
    month: "month", "mois";
    line: "line", "poste";
    quantity: "quantity", "quantité";
    unit_price: "unit price", "prix unitaire";
    index_factor: "index", "indice";
    exchange_rate: "exchange", "change";
    relief: "relief", "allègement";
    amount: "amount", "montant";
    part: "part", "part";
    solution: "solution", "solution";
    sources: "Sources", "Sources";
    no_source: "(no source given)", "(aucune source indiquée)";
    steps: "One entry, step by step", "Une écriture, pas à pas";
    rounded: "rounded once, half to even", "arrondi une seule fois, au pair le plus proche";
    nothing: "No entry: the figure is 0.", "Aucune écriture : le chiffre est 0.";
    per_year_over_12: "a year / 12 × mean cost of an event", "par an / 12 × coût moyen d'un événement";
    units_of: "units of", "unités de";
    after_relief: "still needed, after", "encore nécessaire, après";
    within_horizon: "within horizon", "dans l'horizon";
    full_course: "full course", "parcours entier";
    plot_of_delay: "What waiting costs more over the full course, by months of waiting", "Ce que l'attente coûte de plus sur le parcours entier, par mois d'attente";
    internal_rows: "Internal: exact figures of single households. Not for publication.",
        "Interne : chiffres exacts de ménages isolés. Ne pas publier.";
    reference: "reference", "référence";
    as_it_stands: "as it stands", "tel quel";
    change: "change", "variation";
    change_of_extra: "change of extra", "variation du surcoût";
    before: "before", "avant";
    after: "after", "après";
    changes: "What changed", "Ce qui a changé";
    no_change: "Nothing that a total depends on has changed.", "Rien de ce dont un total dépend n'a changé.";
    order: "Changes are applied one after another in this order", "Les changements sont appliqués l'un après l'autre dans cet ordre";
    count: "count", "nombre";
    of_caseload: "the band is an average, and so is the premium of a caseload", "la fourchette est une moyenne, et le surcoût relatif d'un ensemble de cas aussi";
    permanent: "permanent", "permanente";
    temporary: "temporary", "temporaire";
}

impl Lang {
    /// The language of a code, `en` or `fr`.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "en" => Some(Self::En),
            "fr" => Some(Self::Fr),
            _ => None,
        }
    }

    /// The code of the language.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
        }
    }

    pub(crate) fn label(self, label: &Label) -> &str {
        match self {
            Self::En => label.en.as_str(),
            Self::Fr => label.fr.as_str(),
        }
    }

    pub(crate) fn title(self, months: u32, start: &str, currency: &str, basis: Basis) -> String {
        match (self, basis) {
            (Self::En, Basis::Constant) => {
                format!("Relocation costs over {months} months from {start}, in {currency}, constant prices")
            }
            (Self::En, _) => {
                format!("Relocation costs over {months} months from {start}, in {currency}, prices of each year")
            }
            (Self::Fr, Basis::Constant) => {
                format!("Coûts de réinstallation sur {months} mois à partir de {start}, en {currency}, prix constants")
            }
            (Self::Fr, _) => format!(
                "Coûts de réinstallation sur {months} mois à partir de {start}, en {currency}, prix de chaque année"
            ),
        }
    }

    pub(crate) fn verdict(self, premium: &str, months: u32, band: Band, low: &str, high: &str) -> String {
        match self {
            Self::En => {
                let place = match band {
                    Band::Below => "below",
                    Band::Above => "above",
                    _ => "within",
                };
                format!(
                    "Premium: {premium} over {months} months, {place} the {low} to {high} that the Court reported in 2015;"
                )
            }
            Self::Fr => {
                let place = match band {
                    Band::Below => "au-dessous de",
                    Band::Above => "au-dessus de",
                    _ => "dans",
                };
                format!(
                    "Surcoût relatif : {premium} sur {months} mois, {place} la fourchette de {low} à {high} indiquée par la Cour en 2015 ;"
                )
            }
        }
    }

    pub(crate) fn illustrative(self, all: usize, marked: usize) -> String {
        match self {
            Self::En => format!(
                "{marked} of the {all} lines charged have illustrative amounts: these figures show the method and are no budget."
            ),
            Self::Fr => format!(
                "{marked} des {all} postes imputés ont des montants illustratifs : ces chiffres montrent la méthode et ne sont pas un budget."
            ),
        }
    }

    pub(crate) fn illustrative_scenario(self, all: usize, marked: usize) -> String {
        match self {
            Self::En => format!(
                "{marked} of the scenario's {all} lines have illustrative amounts: these figures show the method and are no budget."
            ),
            Self::Fr => format!(
                "{marked} des {all} postes du scénario ont des montants illustratifs : ces chiffres montrent la méthode et ne sont pas un budget."
            ),
        }
    }

    pub(crate) fn entries(self, count: usize, pathway: &str, total: &str) -> String {
        match self {
            Self::En if count == 1 => format!("{total} is the sum of 1 entry of the ledger of \"{pathway}\""),
            Self::Fr if count == 1 => format!("{total} est la somme d'une écriture du livre de « {pathway} »"),
            Self::En => format!("{total} is the sum of {count} entries of the ledger of \"{pathway}\""),
            Self::Fr => format!("{total} est la somme de {count} écritures du livre de « {pathway} »"),
        }
    }

    pub(crate) fn waiting(self, alternative: &str, base: &str, months: u32, month: &str, whole: &str) -> String {
        match self {
            Self::En => format!(
                "Each further month of waiting for \"{base}\" in \"{alternative}\" costs {month} on average over {months} months, {whole} in all (full course)."
            ),
            Self::Fr => format!(
                "Chaque mois d'attente de plus de « {base} » en « {alternative} » coûte en moyenne {month} sur {months} mois, {whole} en tout (parcours entier)."
            ),
        }
    }

    pub(crate) fn title_of_caseload(self, count: u64, months: u32, currency: &str, basis: Basis) -> String {
        match (self, basis) {
            (Self::En, Basis::Constant) => {
                format!("Relocation costs of {count} households over {months} months, in {currency}, constant prices")
            }
            (Self::En, _) => format!(
                "Relocation costs of {count} households over {months} months, in {currency}, prices of each year"
            ),
            (Self::Fr, Basis::Constant) => {
                format!("Coûts de réinstallation de {count} ménages sur {months} mois, en {currency}, prix constants")
            }
            (Self::Fr, _) => format!(
                "Coûts de réinstallation de {count} ménages sur {months} mois, en {currency}, prix de chaque année"
            ),
        }
    }

    pub(crate) fn more_rows(self, count: usize) -> String {
        match self {
            Self::En => format!("... and {count} more rows, which --format csv or json prints"),
            Self::Fr => format!("... et {count} lignes de plus, que --format csv ou json imprime"),
        }
    }

    pub(crate) fn left_out(self, count: usize) -> String {
        match self {
            Self::En if count == 1 => "... 1 row more, not shown here ...".to_owned(),
            Self::Fr if count == 1 => "... 1 ligne de plus, non affichée ici ...".to_owned(),
            Self::En => format!("... {count} rows more, not shown here ..."),
            Self::Fr => format!("... {count} lignes de plus, non affichées ici ..."),
        }
    }

    pub(crate) fn title_of_estimate(self, known: &str, cost: &str) -> String {
        match (self, known) {
            (Self::En, _) => format!("What a {known} cost of {cost} implies"),
            (Self::Fr, "permanent") => format!("Ce qu'implique un coût permanent de {cost}"),
            (Self::Fr, _) => format!("Ce qu'implique un coût temporaire de {cost}"),
        }
    }

    pub(crate) fn rests_on(self, estimate: &Estimate) -> &'static str {
        match (self, estimate.is_of_the_court()) {
            (Self::En, _) => estimate.rests_on,
            (Self::Fr, true) => {
                "La moyenne indiquée par la Cour (ICC-ASP/14, 2015, par. 41) reportée sur un seul coût ; pas un résultat du modèle"
            }
            (Self::Fr, false) => "Une fourchette donnée reportée sur un seul coût ; pas un résultat du modèle",
        }
    }

    pub(crate) fn calibrated(self, lines: &str, factor: &str, premium: &str, months: u32) -> String {
        match self {
            Self::En => format!(
                "With the amounts of {lines} multiplied by {factor}, the premium is {premium} over {months} months."
            ),
            Self::Fr => format!(
                "Avec les montants de {lines} multipliés par {factor}, le surcoût relatif est de {premium} sur {months} mois."
            ),
        }
    }

    pub(crate) fn title_of_variants(self, months: u32, currency: &str, basis: Basis) -> String {
        match (self, basis) {
            (Self::En, Basis::Constant) => format!("Variants over {months} months, in {currency}, constant prices"),
            (Self::En, _) => format!("Variants over {months} months, in {currency}, prices of each year"),
            (Self::Fr, Basis::Constant) => format!("Variantes sur {months} mois, en {currency}, prix constants"),
            (Self::Fr, _) => format!("Variantes sur {months} mois, en {currency}, prix de chaque année"),
        }
    }

    pub(crate) fn title_of_what_ifs(self, months: u32, currency: &str, basis: Basis) -> String {
        match (self, basis) {
            (Self::En, Basis::Constant) => format!("What-ifs over {months} months, in {currency}, constant prices"),
            (Self::En, _) => format!("What-ifs over {months} months, in {currency}, prices of each year"),
            (Self::Fr, Basis::Constant) => format!("Hypothèses sur {months} mois, en {currency}, prix constants"),
            (Self::Fr, _) => format!("Hypothèses sur {months} mois, en {currency}, prix de chaque année"),
        }
    }

    pub(crate) fn title_of_diff(self, currency: &str, basis: Basis) -> String {
        match (self, basis) {
            (Self::En, Basis::Constant) => {
                format!("What each change does to each total, in {currency}, constant prices")
            }
            (Self::En, _) => format!("What each change does to each total, in {currency}, prices of each year"),
            (Self::Fr, Basis::Constant) => {
                format!("Ce que chaque changement fait à chaque total, en {currency}, prix constants")
            }
            (Self::Fr, _) => {
                format!("Ce que chaque changement fait à chaque total, en {currency}, prix de chaque année")
            }
        }
    }
}
