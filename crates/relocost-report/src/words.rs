//! The one table of words in both languages.

use relocost::Basis;
pub(crate) use relocost::Lang;
use relocost::message::counted;
use relocost::names::Band;
use relocost::types::Label;

use crate::month::{de, month_name};

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident: $en:literal, $fr:literal;)*) => {
        /// Words and sentences in which nothing stands.
        pub(crate) trait Words: Copy {
            $($(#[$doc])*
            fn $name(self) -> &'static str;)*
        }

        impl Words for Lang {
            $(fn $name(self) -> &'static str {
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
    causes: "What causes the extra cost", "Ce qui explique le surcoût";
    cause_place: "Place (where the household is)", "Lieu (où se trouve le ménage)";
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
    place: "place", "lieu";
    of: "of", "de";
    share: "share", "part";
    price_level: "price level", "niveau de prix";
    tariff: "from", "à partir de";
    share_of: "share of", "part de";
    entries_returned: "entries returned", "écritures rendues";
    exchange_rate: "exchange", "change";
    relief: "relief", "allègement";
    amount: "amount", "montant";
    part: "part", "part";
    solution: "solution", "solution";
    sources: "Sources, each with its key in the files", "Sources, chacune avec sa clé dans les fichiers";
    no_source: "(no source given)", "(aucune source indiquée)";
    illustration: "illustrative", "à titre d'illustration";
    steps: "One entry, step by step", "Une écriture, pas à pas";
    rounded: "rounded once, half to even", "arrondi une seule fois, au pair le plus proche";
    nothing: "No entry: the figure is 0.", "Aucune écriture : le chiffre est 0.";
    per_year_over_12: "a year / 12 × mean cost of an event", "par an / 12 × coût moyen d'un événement";
    between: ", ", " ; ";
    within_horizon: "within horizon", "dans l'horizon";
    full_course: "full course", "parcours entier";
    plot_of_delay: "What waiting costs more over the full course, by months of waiting", "Ce que l'attente coûte de plus sur le parcours entier, par mois d'attente";
    internal_rows: "Internal: exact figures of single households. Not for publication.",
        "Interne : chiffres exacts de ménages isolés. Ne pas publier.";
    internal_scenario: "Internal: the prices of one scenario. Not for publication.",
        "Interne : les prix d'un seul scénario. Ne pas publier.";
    internal_prices: "Internal: prices that somebody was given. Not for publication.",
        "Interne : des prix qui ont été communiqués. Ne pas publier.";
    price_from: "from", "à partir de";
    currency: "currency", "monnaie";
    source: "source", "source";
    prices_of_base: "An amount without a month is in prices of its line's price base year, as the old one was.",
        "Un montant sans mois est aux prix de l'année de base de son poste, comme l'ancien.";
    confirmed_prices: "Confirmed by the list", "Confirmés par la liste";
    missing_prices: "Not in the list, so as before", "Absents de la liste, donc comme avant";
    unknown_prices: "In the list, but not in the catalogue", "Dans la liste, mais pas dans le catalogue";
    reference: "reference", "référence";
    as_it_stands: "as it stands", "tel quel";
    change: "change", "variation";
    change_of_extra: "change of extra", "variation du surcoût";
    before: "before", "avant";
    after: "after", "après";
    changes: "What changed", "Ce qui a changé";
    odd: "Odd", "À vérifier";
    no_change: "Nothing that a total depends on has changed.", "Rien de ce dont un total dépend n'a changé.";
    order: "Changes are applied one after another in this order: time, household, drivers, profiles, indices, exchange rates, price levels, discount, solutions, categories, lines, pathways, then what is gone and the order of the lines; entries of a kind in the order of the new scenario",
        "Les changements sont appliqués l'un après l'autre dans cet ordre : temps, ménage, unités de charge, profils, indices, taux de change, niveaux de prix, actualisation, solutions, catégories, postes, parcours, puis ce qui a disparu et l'ordre des postes ; les éléments d'une sorte dans l'ordre du nouveau scénario";
    budget_order: "Causes are applied one after another in this order: cases gone, cases new, households, timing (arrivals, moves, ends), policy (agreements, queue, processing, support, solutions, pathways), lines and drivers, prices, indices, exchange rates and price levels, horizon.",
        "Les causes sont appliquées l'une après l'autre dans cet ordre : dossiers partis, nouveaux dossiers, ménages, calendrier (arrivées, installations, fins), politique (accords, file, traitement, prise en charge, solutions, parcours), postes et unités de charge, prix, indices, taux de change et niveaux de prix, horizon.";
    budget_cells: "Before and all causes add up to after, in every year and fund. A cause that changes nothing is not shown.",
        "Avant et toutes les causes s'additionnent pour donner après, dans chaque exercice et chaque fonds. Une cause qui ne change rien n'est pas montrée.";
    cases_changed: "Cases that changed", "Dossiers qui ont changé";
    is_new: "new", "nouveau";
    is_gone: "gone", "disparu";
    count: "count", "nombre";
    of_caseload: "the band is an average, and so is the premium of a caseload", "la fourchette est une moyenne, et le surcoût relatif d'un ensemble de cas aussi";
    internal_simulated: "Internal: figures of one household. Not for publication.",
        "Interne : chiffres d'un seul ménage. Ne pas publier.";
    what_it_may_cost: "What each may cost", "Ce que chacun peut coûter";
    mean: "mean", "moyenne";
    sd: "sd", "écart type";
    worst: "worst 5%", "pires 5\u{202f}%";
    counted_quantiles: "Quantiles come from counts and are exact to a thousandth (1/1024).",
        "Les quantiles viennent de comptages et sont exacts au millième près (1/1024).";
    standard_error: "± standard error", "± erreur type";
    reserve: "To set aside, by budget year", "À provisionner, par exercice budgétaire";
    reserve_by_fund: "To set aside, by fund", "À provisionner, par fonds";
    funds_do_not_add: "The funds' quantiles need not add up to the total's.",
        "Les quantiles des fonds ne s'additionnent pas nécessairement.";
    years_do_not_add: "The years' quantiles do not add up to the total's: not every year is dear at once.",
        "Les quantiles des exercices ne s'additionnent pas : tous les exercices ne sont pas chers à la fois.";
    how_sure: "How sure the premium is", "Ce qui est sûr du surcoût relatif";
    probability: "probability", "probabilité";
    without_premium: "without a premium, the base being not above 0", "sans surcoût relatif, la base n'étant pas supérieure à 0";
    three_figures: "The ledger beside the simulation", "Le livre à côté de la simulation";
    as_ledger: "ledger", "livre";
    at_means: "at means", "aux moyennes";
    twice_the_error: "± chance", "± hasard";
    up_to_ledger: "draws ≤ ledger", "tirages ≤ livre";
    about_at_means: "Ledger: as the scenario stands. At means: the ledger with every uncertain parameter at the mean of its distribution.",
        "Livre : le scénario tel quel. Aux moyennes : le livre avec chaque paramètre incertain à la moyenne de sa loi.";
    about_curvature: "Curvature: figures that bend with a parameter (products, growth over years, months, ratios), draws moved to the edge of their domain, and what the ledger rounds.",
        "Courbure : chiffres qui ne suivent pas un paramètre en ligne droite (produits, croissance sur plusieurs années, mois, rapports), tirages ramenés au bord de leur domaine, et ce que le livre arrondit.";
    moved: "Draws moved to the edge of what is possible", "Tirages ramenés au bord du possible";
    parameter: "parameter", "paramètre";
    draws: "draws", "tirages";
    nothing_uncertain: "The scenario declares no uncertain parameter: only events happen at random.",
        "Le scénario ne déclare aucun paramètre incertain : seuls les événements surviennent au hasard.";
    no_bars: "The scenario declares no uncertain parameter, so there is nothing to turn.",
        "Le scénario ne déclare aucun paramètre incertain : il n'y a rien à faire varier.";
    about_tornado: "Each parameter at its 10 and its 90 per cent quantile (P10, P90), all others as the scenario stands, events at their average.",
        "Chaque paramètre à son quantile de 10 et de 90 pour cent (P10, P90), les autres tels quels, les événements à leur moyenne.";
    swing: "swing", "amplitude";
    swings_of_totals: "How far each parameter moves the total of each pathway", "De combien chaque paramètre déplace le total de chaque parcours";
    factor: "factor", "facteur";
    first_order: "alone", "seul";
    total_order: "with others", "avec d'autres";
    stake_alone: "at stake alone", "en jeu seul";
    stake_total: "at stake with others", "en jeu avec d'autres";
    about_indices: "Shares of the variance, with bootstrap intervals of 95 per cent. Alone: what would go if the factor were known. With others: what would stay if all but the factor were known. At stake: the standard deviation that belongs to it. By chance an estimate may lie outside 0 to 100 per cent.",
        "Parts de la variance, avec des intervalles de bootstrap à 95 pour cent. Seul : ce qui disparaîtrait si le facteur était connu. Avec d'autres : ce qui resterait si tout était connu sauf le facteur. En jeu : l'écart type qui lui revient. Par hasard une estimation peut sortir de 0 à 100 pour cent.";
    no_variance: "It does not vary, so nothing explains it.", "Il ne varie pas : rien ne l'explique.";
    no_premium_to_explain: "Premium: not in every draw, because the base is not above 0 in some; so it has no indices.",
        "Surcoût relatif : pas dans chaque tirage, la base n'étant pas toujours supérieure à 0 ; il n'a donc pas d'indices.";
    spearman: "Rank correlation (Spearman) of each parameter with each figure", "Corrélation des rangs (Spearman) de chaque paramètre avec chaque chiffre";
    about_spearman: "From -1 to 1: how steadily the figure rises with the parameter. A parameter that another one carries along has a share of its correlation.",
        "De -1 à 1 : à quel point le chiffre croît régulièrement avec le paramètre. Un paramètre qu'un autre entraîne partage sa corrélation.";
    entitlements: "entitlements", "droits";
    category: "category", "catégorie";
    by_event: "by event", "par événement";
    permanent: "permanent", "permanente";
    temporary: "temporary", "temporaire";
    internal_programme: "Internal: single households can be told from figures of few cases. Not for publication.",
        "Interne : des ménages peuvent être reconnus dans les chiffres de peu de dossiers. Ne pas publier.";
    by_year_and_fund: "By budget year and fund", "Par exercice budgétaire et par fonds";
    as_signed: "as signed", "accords signés";
    as_planned: "as planned", "prévu";
    all_settled: "all settled", "tous réinstallés";
    avoidable: "avoidable", "évitable";
    about_lines: "As signed: with the agreements that are signed. As planned: with all of them. All settled: if every case in the queue were settled from its arrival. Avoidable: as planned less all settled.",
        "Accords signés : avec les accords qui le sont. Prévu : avec tous. Tous réinstallés : si chaque dossier de la file l'était dès son arrivée. Évitable : prévu moins tous réinstallés.";
    older_and_new: "As planned: cases that arrived before, new ones, and the programme's own costs",
        "Prévu : dossiers arrivés auparavant, nouveaux dossiers et coûts propres du programme";
    older: "older cases", "anciens dossiers";
    newer: "new cases", "nouveaux dossiers";
    own_costs: "programme", "programme";
    ceilings: "Against the ceilings, as planned", "Face aux plafonds, prévu";
    ceiling: "ceiling", "plafond";
    excess: "above it", "dépassement";
    avoidable_causes: "What the avoidable cost is the price of", "Ce que paie le coût évitable";
    own_costs_differ: "The programme's own costs", "Les coûts propres du programme";
    worth: "What agreements are worth", "Ce que valent les accords";
    agreement: "agreement", "accord";
    alone: "alone", "seul";
    lost_if_it_ends: "lost if it ends", "perdu s'il cesse";
    value: "value", "valeur";
    value_with_run_off: "value with the run-off", "valeur avec la suite";
    all_agreements: "All agreements", "Tous les accords";
    only_values_add_up: "Only values add up: agreements help each other, and a place for one case moves all behind it forward.",
        "Seules les valeurs s'additionnent : les accords s'aident entre eux, et une place pour un dossier avance tous les suivants.";
    single_steps: "What single steps would save", "Ce que chaque mesure économiserait";
    saves: "saves", "économie";
    saves_with_run_off: "with the run-off", "avec la suite";
    one_more_place: "One more place", "Une place de plus";
    grants_month_later: "Grants a month later", "Octrois un mois plus tard";
    shorter_processing: "Processing a month shorter, for every agreement", "Traitement plus court d'un mois, pour chaque accord";
    places: "Places of agreements", "Places des accords";
    in_hand: "in hand", "en main";
    granted: "granted", "octroyées";
    used: "used", "utilisées";
    lapsed: "lapsed", "périmées";
    left: "left", "restantes";
    cases: "cases", "dossiers";
    persons: "persons", "personnes";
    waiting_of_cases: "How long cases wait", "Combien de temps les dossiers attendent";
    queued: "cases that queued", "dossiers mis en file";
    given_a_place: "given a place", "ayant reçu une place";
    median_wait: "median wait, in months", "attente médiane, en mois";
    p90_wait: "P90 of waits, in months", "P90 des attentes, en mois";
    still_waiting: "still waiting at the end", "attendent encore à la fin";
    longest_wait: "longest wait among them, in months", "plus longue attente parmi eux, en mois";
    left_the_queue: "left without a place", "partis sans place";
    without_way: "that no agreement could take", "qu'aucun accord ne pourrait prendre";
    without_chance: "without chance", "sans hasard";
    spread: "sd", "écart type";
    error_of_mean: "se", "erreur type";
    futures_above: "futures above it", "avenirs au-dessus";
    mean_excess: "mean excess", "dépassement moyen";
    mean_excess_above: "mean of those above", "moyenne de ceux au-dessus";
    places_lapsed: "places lapsed", "places périmées";
    places_refused: "places refused", "places refusées";
    with_run_off: "With the run-off", "Avec la suite";
    later_costs: "What cases in hand cost after each budget year, as planned",
        "Ce que les dossiers en cours coûtent après chaque exercice, prévu";
    queue: "Queue", "File";
    months_as_planned: "Months, as planned", "Mois, prévu";
    single_cases: "Single cases, as planned", "Dossiers un à un, prévu";
    stages_of_cases: "Their stages", "Leurs étapes";
    by_line: "By line", "Par poste";
    model: "model", "modèle";
    paid: "paid", "payé";
    difference: "difference", "différence";
    why_paid: "Why payments differ from the model", "Pourquoi les paiements diffèrent du modèle";
    difference_parts: "The difference in its parts", "La différence en ses parts";
    paid_exchange: "exchange", "change";
    paid_price: "price", "prix";
    paid_volume: "volume", "quantités";
    paid_timing: "timing", "calendrier";
    not_paid: "not paid", "non payé";
    not_planned: "not planned", "non prévu";
    no_line: "no line", "sans poste";
    rest: "Still to come, by the model", "Reste à venir, selon le modèle";
    forecast: "Forecast: paid and still to come", "Prévision : payé et reste à venir";
    internal_payments: "Internal: prices that were paid for single households. Not for publication.",
        "Interne : prix payés pour des ménages isolés. Ne pas publier.";
    payments: "payments", "paiements";
    median: "median", "médiane";
    least: "least", "minimum";
    most: "most", "maximum";
    in_catalogue: "catalogue", "catalogue";
    weight: "weight", "poids";
    new_amount: "new amount", "nouveau montant";
    for_uncertain: "For [[uncertain]]: mean and standard deviation", "Pour [[uncertain]] : moyenne et écart type";
    how_often: "How often events happen", "Fréquence des événements";
    events: "events", "événements";
    years: "years", "années";
    a_year: "a year", "par an";
    assumptions: "What the figures rest on", "Ce sur quoi reposent les chiffres";
    lines_and_sources: "Cost lines and their sources", "Postes de coût et leurs sources";
    about_prices_of: "Prices of: the year in whose prices an amount is given; its index carries it to the year of a charge.",
        "Prix de : l'année aux prix de laquelle un montant est donné ; son indice le porte à l'année d'une écriture.";
    prices_of: "prices of", "prix de";
    rates_and_sources: "Rates, price levels and profiles", "Taux, niveaux de prix et profils";
    rate: "rate", "taux";
    value_of_rate: "by year", "par année";
    other_years: "other years", "autres années";
    by_month: "by month", "par mois";
    uncertain_parameters: "What is uncertain", "Ce qui est incertain";
    distribution: "distribution", "loi";
    uniform: "uniform", "uniforme";
    triangular: "triangular", "triangulaire";
    mode: "mode", "mode";
    normal: "normal", "normale";
    lognormal: "lognormal", "log-normale";
    beta: "beta", "bêta";
    discrete: "discrete", "discrète";
    empirical: "empirical", "empirique";
    as_modelled: "Everything was paid as the model has it.", "Tout a été payé comme le modèle le prévoit.";
}

/// Sentences in which something stands.
pub(crate) trait Sentences: Words {
    /// The language itself.
    fn lang(self) -> Lang;

    fn label(self, label: &Label) -> &str {
        label.text(self.lang())
    }

    fn title(self, months: u32, start: &str, currency: &str, basis: Basis) -> String {
        let prices = self.prices(basis);
        match self.lang() {
            Lang::En => {
                format!("Relocation costs over {span} from {start}, in {currency}, {prices}", span = span(months))
            }
            Lang::Fr => {
                format!("Coûts de réinstallation sur {months} mois à partir de {start}, en {currency}, {prices}")
            }
        }
    }

    /// A title and its subject.
    fn titled(self, title: &str, subject: &str) -> String {
        match self.lang() {
            Lang::En => format!("{title}: {subject}"),
            Lang::Fr => format!("{title} : {subject}"),
        }
    }

    /// When a budget year begins, where it is not in January.
    fn budget_year(self, first_month: u32) -> Option<String> {
        let month = month_name(first_month, self.lang()).filter(|_| first_month > 1)?;
        Some(match self.lang() {
            Lang::En => {
                format!("A budget year begins in {month} and has the number of the calendar year in which it begins.")
            }
            Lang::Fr => format!(
                "Un exercice budgétaire commence au mois {} et porte le numéro de l'année civile où il commence.",
                de(month)
            ),
        })
    }

    fn entries(self, count: usize, pathway: &str, total: &str) -> String {
        match self.lang() {
            Lang::En if count == 1 => format!("{total} is the sum of 1 entry of the ledger of \"{pathway}\""),
            Lang::Fr if count == 1 => format!("{total} est la somme d'une écriture du livre de « {pathway} »"),
            Lang::En => format!("{total} is the sum of {count} entries of the ledger of \"{pathway}\""),
            Lang::Fr => format!("{total} est la somme de {count} écritures du livre de « {pathway} »"),
        }
    }

    fn left_out(self, count: usize) -> String {
        match self.lang() {
            Lang::En if count == 1 => "... 1 row more, not shown here ...".to_owned(),
            Lang::Fr if count == 1 => "... 1 ligne de plus, non affichée ici ...".to_owned(),
            Lang::En => format!("... {count} rows more, not shown here ..."),
            Lang::Fr => format!("... {count} lignes de plus, non affichées ici ..."),
        }
    }

    fn prices(self, basis: Basis) -> &'static str {
        match (self.lang(), basis) {
            (Lang::En, Basis::Constant) => "constant prices",
            (Lang::En, _) => "prices of each year",
            (Lang::Fr, Basis::Constant) => "prix constants",
            (Lang::Fr, _) => "prix de chaque année",
        }
    }

    fn premium_over(self, months: u32) -> String {
        let months = counted(months, ["month", "months"], ["mois", "mois"]);
        format!("{} ({})", self.premium(), months.text(self.lang()))
    }

    fn band(self, band: Band, low: &str, high: &str) -> String {
        match (self.lang(), band) {
            (Lang::En, Band::Below) => format!("below {low}"),
            (Lang::En, Band::Above) => format!("above {high}"),
            (Lang::En, _) => format!("within {low} to {high}, which the Court reported in 2015"),
            (Lang::Fr, Band::Below) => format!("au-dessous de la fourchette (moins de {low})"),
            (Lang::Fr, Band::Above) => format!("au-dessus de la fourchette (plus de {high})"),
            (Lang::Fr, _) => format!("dans la fourchette de {low} à {high} indiquée par la Cour en 2015"),
        }
    }

    fn not_rounded(self, currency: &str) -> String {
        match self.lang() {
            Lang::En => format!(
                "Draws are binary floating point and are not rounded; shown here to the whole {currency}. JSON has every digit."
            ),
            Lang::Fr => format!(
                "Les tirages sont en virgule flottante binaire et non arrondis ; affichés ici à l'unité ({currency}). Le JSON donne tous les chiffres."
            ),
        }
    }
}

impl Sentences for Lang {
    fn lang(self) -> Lang {
        self
    }
}

/// A number of months, in English; French has the same word for one and many.
pub(crate) fn span(months: u32) -> String {
    counted(months, ["month", "months"], ["mois", "mois"]).en().to_owned()
}
