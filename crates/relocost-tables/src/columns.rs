//! Every column of every table, declared once.
//!
//! A constant here is the only place that gives a column its name, type, unit, labels and documentation. The builder of
//! [`Table`](crate::Table) takes values of the type that the constant declares, and no others.

use std::borrow::Cow;
use std::marker::PhantomData;

/// The type of a column's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Type {
    /// A calendar month.
    Month,
    /// A calendar or fiscal year.
    Year,
    /// The name of something declared: a category, a line, a pathway.
    Id,
    /// Other text.
    Text,
    /// Money, exact, in the currency of the table.
    Money,
    /// An exact decimal that is no money of the table: a premium, a factor, a quantity, a unit price.
    Ratio,
    /// A whole number.
    Count,
    /// An exact share, 0 to 1.
    Share,
    /// Binary floating point, of a simulation.
    Binary,
}

impl Type {
    /// Every type.
    pub const ALL: &[Self] = &[
        Self::Month,
        Self::Year,
        Self::Id,
        Self::Text,
        Self::Money,
        Self::Ratio,
        Self::Count,
        Self::Share,
        Self::Binary,
    ];

    /// The type's name on every face.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Year => "year",
            Self::Id => "id",
            Self::Text => "text",
            Self::Money => "money",
            Self::Ratio => "ratio",
            Self::Count => "count",
            Self::Share => "share",
            Self::Binary => "binary",
        }
    }

    /// True if values are numbers, which are aligned to the right.
    pub const fn is_number(self) -> bool {
        !matches!(self, Self::Month | Self::Year | Self::Id | Self::Text)
    }
}

/// The unit of a column's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Unit {
    /// Nothing in particular: names, factors, numbers of things that the label names.
    None,
    /// The currency of the table.
    Currency,
    /// The currency that the row names.
    RowCurrency,
    /// Months.
    Months,
    /// Shares of the base's cost.
    OfBase,
    /// Shares of the variance.
    OfVariance,
    /// The unit of the row's figure: the currency of the table or, of a premium, shares of the base's cost.
    OfFigure,
    /// The unit of the row's parameter.
    OfParameter,
}

impl Unit {
    /// The unit's name on every face; empty for none.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Currency => "currency",
            Self::RowCurrency => "row_currency",
            Self::Months => "months",
            Self::OfBase => "of_base",
            Self::OfVariance => "of_variance",
            Self::OfFigure => "of_figure",
            Self::OfParameter => "of_parameter",
        }
    }
}

/// A column as it is declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    name: Cow<'static, str>,
    kind: Type,
    unit: Unit,
    labels: [Cow<'static, str>; 2],
    about: &'static str,
}

impl Column {
    /// The name, the same on every face.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The type of its values.
    pub fn kind(&self) -> Type {
        self.kind
    }

    /// The unit of its numbers.
    pub fn unit(&self) -> Unit {
        self.unit
    }

    /// The head for a reader.
    pub fn label(&self, lang: relocost::Lang) -> &str {
        let [en, fr] = &self.labels;
        if lang == relocost::Lang::Fr { fr } else { en }
    }

    /// One line of documentation.
    pub fn about(&self) -> &'static str {
        self.about
    }
}

/// A column of values of a type, declared.
#[derive(Clone, Debug)]
pub struct Def<T> {
    column: Column,
    holds: PhantomData<fn() -> T>,
}

impl<T> Def<T> {
    /// The column.
    pub fn column(&self) -> Column {
        self.column.clone()
    }

    /// The same column under another name, for what only data names: a fund, a parameter.
    pub(crate) fn named(&self, name: String, labels: [String; 2]) -> Self {
        let column = Column { name: name.into(), labels: labels.map(Cow::Owned), ..self.column.clone() };
        Self { column, holds: PhantomData }
    }
}

/// The types of columns, as types of the language: what a [`Def`] holds.
pub mod of {
    macro_rules! kinds {
        ($($name:ident)*) => {
            $(
                #[doc = concat!("Columns of [`Type::", stringify!($name), "`](super::Type::", stringify!($name), ").")]
                #[derive(Clone, Copy, Debug)]
                pub enum $name {}
            )*
        };
    }
    kinds!(Month Year Id Text Money Ratio Count Share Binary);
}

macro_rules! columns {
    ($(
        $(#[doc = $about:literal])+
        $constant:ident: $kind:ident $name:literal, $unit:ident, $en:literal, $fr:literal;
    )*) => {
        $(
            $(#[doc = $about])+
            pub const $constant: Def<of::$kind> = Def {
                column: Column {
                    name: Cow::Borrowed($name),
                    kind: Type::$kind,
                    unit: Unit::$unit,
                    labels: [Cow::Borrowed($en), Cow::Borrowed($fr)],
                    about: concat!($($about),+).trim_ascii_start(),
                },
                holds: PhantomData,
            };
        )*

        /// Every column declared.
        #[cfg(test)]
        pub(crate) fn all() -> Vec<Column> {
            vec![$($constant.column()),*]
        }
    };
}

columns! {
    // The subjects of rows.
    /// The pathway.
    PATHWAY: Id "pathway", None, "pathway", "parcours";
    /// The category.
    CATEGORY: Id "category", None, "category", "catégorie";
    /// The fund that pays.
    FUND: Id "fund", None, "fund", "fonds";
    /// The cost line.
    LINE: Id "line", None, "line", "poste";
    /// The entitlement.
    ENTITLEMENT: Id "entitlement", None, "entitlement", "droit";
    /// The solution.
    SOLUTION: Id "solution", None, "solution", "solution";
    /// Where the household lives; no value where that is not said.
    PLACE: Id "place", None, "place", "lieu";
    /// The driver that the scenario declares.
    OWN_DRIVER: Id "driver", None, "driver", "unité de charge";
    /// The variant; no value for the scenario as it stands.
    VARIANT: Id "variant", None, "variant", "variante";
    /// The fiscal year, called by the calendar year in which it begins.
    FISCAL_YEAR: Year "fiscal_year", None, "budget year", "exercice";
    /// The calendar month.
    MONTH: Month "month", None, "month", "mois";
    /// Months since the start, from 0.
    MONTH_INDEX: Count "month_index", Months, "months since the start", "mois depuis le début";
    /// Months from the start, or of waiting.
    MONTHS: Count "months", Months, "months", "mois";
    /// By what the row is a figure, such as `total`, `category`, `fiscal_year`, `fund`, `entitlement` or `residual`.
    BY: Text "by", None, "by", "par";
    /// The key within it; `total` for the total, `residual` for the part that no entitlement explains.
    KEY: Text "key", None, "key", "clé";
    /// The pseudonym of the household; no value for the whole.
    REFERENCE: Text "reference", None, "reference", "référence";
    /// Households of the row, or of the whole.
    COUNT: Count "count", None, "count", "nombre";

    // Pairs.
    /// The cost of the base.
    BASE: Money "base", Currency, "base", "base";
    /// The cost of the alternative.
    ALTERNATIVE: Money "alternative", Currency, "alternative", "alternative";
    /// The extra cost of the alternative.
    EXTRA: Money "extra", Currency, "extra", "surcoût";
    /// The extra as a share of the base, to 12 decimals; no value unless the base is above 0.
    PREMIUM: Ratio "premium", OfBase, "premium", "surcoût relatif";
    /// The verdict on the premium against the reported band: `below`, `within` or `above`; no value without a premium.
    BAND: Text "band", None, "band", "fourchette";
    /// The change in the cost of the base from the scenario as it stands.
    CHANGE_OF_BASE: Money "change_of_base", Currency, "change of base", "variation de la base";
    /// The change in the cost of the alternative from the scenario as it stands.
    CHANGE_OF_ALTERNATIVE: Money "change_of_alternative", Currency, "change of alternative", "variation de l'alternative";
    /// The change in the extra cost from the scenario as it stands.
    CHANGE_OF_EXTRA: Money "change_of_extra", Currency, "change of extra", "variation du surcoût";
    /// The part of the extra cost that the entitlement explains.
    EXPLAINED: Money "amount", Currency, "amount", "montant";
    /// The saving if the entitlement alone were granted.
    ALONE: Money "alone", Currency, "granted alone", "accordé seul";
    /// The saving of granting it if all others are granted.
    LAST: Money "last", Currency, "granted last", "accordé en dernier";

    // Pathways and ledgers.
    /// The number of entries.
    ENTRIES: Count "entries", None, "entries", "écritures";
    /// The total, on the basis of the table.
    TOTAL: Money "total", Currency, "total", "total";
    /// The total in constant prices.
    CONSTANT: Money "constant", Currency, "total in constant prices", "total en prix constants";
    /// The present value of the nominal total.
    PRESENT_VALUE: Money "present_value", Currency, "present value", "valeur actualisée";
    /// The amount.
    AMOUNT: Money "amount", Currency, "amount", "montant";
    /// The place of the stage in the pathway, from 0.
    STAGE: Count "stage", None, "stage", "étape";
    /// The line of whose charge it is a percentage or a refund; no value for others.
    OF: Id "of", None, "of", "de";
    /// The share of that charge.
    SHARE_OF: Ratio "share", None, "share", "part de";
    /// Units of the line's driver.
    QUANTITY: Ratio "quantity", None, "quantity", "quantité";
    /// The price of one unit, in the currency and the prices of the line.
    UNIT_PRICE: Ratio "unit_price", RowCurrency, "unit price", "prix unitaire";
    /// The currency of the price.
    CURRENCY: Text "currency", None, "currency", "monnaie";
    /// The month from which the unit price holds, of dated amounts.
    TARIFF: Month "tariff", None, "price from", "prix à partir de";
    /// The price level at the place, as a share of the prices for which the amount stands.
    PRICE_LEVEL: Ratio "price_level", None, "price level", "niveau de prix";
    /// The growth of prices since the line's price base, as a factor to 12 decimals.
    INDEX_FACTOR: Ratio "index_factor", None, "index", "indice";
    /// Units of the table's currency for one of the price's, to 12 decimals.
    EXCHANGE_RATE: Ratio "exchange_rate", None, "exchange", "change";
    /// The share of the cost that the household no longer needs, to 12 decimals.
    RELIEF: Share "relief", None, "relief", "allègement";
    /// The part of the amount that the fund pays.
    FUND_PART: Money "fund_", Currency, "fund", "fonds";
    /// Where the amount or the rate comes from; no value where the file gives none.
    SOURCE: Text "source", None, "source", "source";
    /// The exact product before rounding, as a fraction in lowest terms.
    UNROUNDED: Text "unrounded", None, "before rounding", "avant arrondi";
    /// The part of the amount that the traced figure sums.
    PART: Money "part", Currency, "part", "part";
    /// The path of what the source is of.
    PATH: Text "key", None, "key", "clé";

    // Other questions.
    /// The cost to this budget of the wait and of the stages after it, cut at the horizon.
    WITHIN_HORIZON_TOTAL: Money "within_horizon_total", Currency, "total within horizon", "total dans l'horizon";
    /// The difference from no wait.
    WITHIN_HORIZON_EXTRA: Money "within_horizon_extra", Currency, "extra within horizon", "surcoût dans l'horizon";
    /// The part of the wait's last month in it.
    WITHIN_HORIZON_MONTH: Money "within_horizon_month", Currency, "last month within horizon", "dernier mois dans l'horizon";
    /// The cost with the horizon extended by the wait.
    FULL_COURSE_TOTAL: Money "full_course_total", Currency, "total of full course", "total du parcours entier";
    /// The difference from no wait.
    FULL_COURSE_EXTRA: Money "full_course_extra", Currency, "extra of full course", "surcoût du parcours entier";
    /// The part of the wait's last month in it.
    FULL_COURSE_MONTH: Money "full_course_month", Currency, "last month of full course", "dernier mois du parcours entier";
    /// A value of the changed parameter.
    PARAMETER_VALUE: Ratio "parameter", OfParameter, "parameter", "paramètre";
    /// A start that was set.
    PARAMETER_MONTH: Month "start", None, "start", "début";
    /// A cause of what changed in a budget; `old` and `new` for the budgets themselves.
    CAUSE: Text "cause", None, "cause", "cause";
    /// The total before.
    OLD_TOTAL: Money "old", Currency, "before", "avant";
    /// The total after.
    NEW_TOTAL: Money "new", Currency, "after", "après";
    /// The path of the entry of the inputs that changed.
    CHANGED: Text "key", None, "what changed", "ce qui a changé";
    /// The effect of the change on the total of the pathway.
    EFFECT: Money "effect", Currency, "effect", "effet";
    /// The path of the value within its entry; empty for the entry as a whole.
    DETAIL: Text "detail", None, "value", "valeur";
    /// The old value; none where it is new, and not shown of a household.
    OLD: Text "old", None, "before", "avant";
    /// The new value; none where it is gone, and not shown of a household.
    NEW: Text "new", None, "after", "après";
    /// What the list does to the price: `changed`, `confirmed`, `missing` from the list, `unknown` to the catalogue.
    PRICE_STATUS: Text "status", None, "status", "état";
    /// The old amount, of a new tariff the one that held in its month before; no value of a line that is unknown.
    OLD_PRICE: Ratio "old", RowCurrency, "before", "avant";
    /// The currency of the old amount.
    OLD_CURRENCY: Text "old_currency", None, "currency before", "monnaie avant";
    /// The amount of the list; no value of a line that it lacks.
    NEW_PRICE: Ratio "new", RowCurrency, "after", "après";
    /// The change as a share of the old amount, to 12 decimals; no value where it is 0 or in another currency.
    PRICE_CHANGE: Ratio "change", None, "change", "variation";
    /// The line of the list in its text, or the number of its row.
    LIST_ROW: Count "row", None, "row of the list", "ligne de la liste";
    /// The line of the catalogue that an unknown one may mean.
    MEANT: Id "meant", None, "may mean", "peut désigner";
    /// The path of the table of rates under `rates`: `fx.USD`, `index.housing`.
    RATES_KEY: Text "key", None, "table", "tableau";
    /// The year or the month for which the rate holds.
    PERIOD: Text "period", None, "period", "période";
    /// Units of the table's currency for one unit of the other one; of an index the increase as a share.
    RATE: Ratio "rate", None, "rate", "taux";
    /// The month of the year, 1 to 12, in which the increase of an index comes; no value of an exchange rate.
    INCREASE_MONTH: Count "increase_month", None, "month of the increase", "mois de la hausse";
    /// The cost of a permanent solution.
    PERMANENT: Money "permanent", Currency, "permanent", "permanente";
    /// The cost of a temporary solution.
    TEMPORARY: Money "temporary", Currency, "temporary", "temporaire";
    /// The path of the figure in the results' JSON.
    FIGURE_PATH: Text "figure", None, "figure", "chiffre";
    /// The expected value.
    EXPECTED: Text "expected", None, "expected", "attendu";
    /// The value found; no value where there is no such figure.
    FOUND: Text "found", None, "found", "trouvé";
    /// 1 where it is as expected, otherwise 0.
    PASSED: Count "passed", None, "passed", "réussi";
    /// Why it was expected.
    WHY: Text "why", None, "why", "pourquoi";
    /// The line of the file where it stands; no value in no file.
    FILE_LINE: Count "line", None, "line", "ligne";

    // Uncertainty.
    /// The figure: a pathway's name, `extra` or `premium`; of a pathway called like one of these, `pathways.<name>`.
    FIGURE: Text "figure", None, "figure", "chiffre";
    /// The number of draws that have the figure.
    DRAWS: Count "draws", None, "draws", "tirages";
    /// The mean of the draws.
    MEAN: Binary "mean", OfFigure, "mean", "moyenne";
    /// Their standard deviation.
    SD: Binary "sd", OfFigure, "sd", "écart type";
    /// The standard error of the mean.
    SE: Binary "se", OfFigure, "standard error", "erreur type";
    /// The smallest draw.
    LEAST: Binary "least", OfFigure, "least", "minimum";
    /// The largest draw.
    MOST: Binary "most", OfFigure, "most", "maximum";
    /// The 5 per cent quantile.
    P5: Binary "p5", OfFigure, "P5", "P5";
    /// The 10 per cent quantile.
    P10: Binary "p10", OfFigure, "P10", "P10";
    /// The median.
    P50: Binary "p50", OfFigure, "P50", "P50";
    /// The 80 per cent quantile: what suffices in four cases out of five.
    P80: Binary "p80", OfFigure, "P80", "P80";
    /// The 90 per cent quantile.
    P90: Binary "p90", OfFigure, "P90", "P90";
    /// The 95 per cent quantile.
    P95: Binary "p95", OfFigure, "P95", "P95";
    /// The standard error of P5.
    SE_P5: Binary "se_p5", OfFigure, "error of P5", "erreur de P5";
    /// The standard error of P10.
    SE_P10: Binary "se_p10", OfFigure, "error of P10", "erreur de P10";
    /// The standard error of P50.
    SE_P50: Binary "se_p50", OfFigure, "error of P50", "erreur de P50";
    /// The standard error of P80.
    SE_P80: Binary "se_p80", OfFigure, "error of P80", "erreur de P80";
    /// The standard error of P90.
    SE_P90: Binary "se_p90", OfFigure, "error of P90", "erreur de P90";
    /// The standard error of P95.
    SE_P95: Binary "se_p95", OfFigure, "error of P95", "erreur de P95";
    /// The mean of the worst 5 per cent of the draws.
    EXPECTED_SHORTFALL_95: Binary "expected_shortfall_95", OfFigure, "worst 5%", "pires 5\u{202f}%";
    /// The ledger's figure as the scenario stands.
    LEDGER: Ratio "ledger", OfFigure, "ledger", "grand livre";
    /// The figure without chance: an amount, a share or a number.
    DETERMINISTIC: Ratio "deterministic", OfFigure, "without chance", "sans hasard";
    /// The share of the futures that are above the ceiling.
    ABOVE: Binary "above", None, "share above", "part au-dessus";
    /// The mean excess over all futures; 0 in one that is not above.
    MEAN_EXCESS: Binary "mean_excess", Currency, "mean excess", "dépassement moyen";
    /// The mean excess over the futures that are above the ceiling; no value where none is.
    MEAN_EXCESS_ABOVE: Binary "mean_excess_above", Currency, "mean excess of those above", "dépassement moyen de ceux au-dessus";
    /// The ledger's figure with every uncertain parameter at its mean.
    LEDGER_AT_MEANS: Ratio "ledger_at_means", OfFigure, "ledger at the means", "grand livre aux moyennes";
    /// The uncertain parameter.
    PARAMETER: Text "parameter", None, "parameter", "paramètre";
    /// The number of its draws that were moved into its domain.
    MOVED: Count "moved", None, "moved", "ramenés";
    /// The difference of the extra cost between the ends; below 0 where it falls as the parameter rises.
    SWING: Binary "swing", Currency, "swing", "amplitude";
    /// The parameter's 10 per cent quantile, moved into its domain.
    LOW_VALUE: Binary "low_value", OfParameter, "P10", "P10";
    /// The extra cost at that value.
    LOW_EXTRA: Binary "low_extra", Currency, "extra (P10)", "surcoût (P10)";
    /// The premium at that value; no value unless the base is above 0.
    LOW_PREMIUM: Binary "low_premium", OfBase, "premium (P10)", "surcoût relatif (P10)";
    /// The parameter's 90 per cent quantile, moved into its domain.
    HIGH_VALUE: Binary "high_value", OfParameter, "P90", "P90";
    /// The extra cost at that value.
    HIGH_EXTRA: Binary "high_extra", Currency, "extra (P90)", "surcoût (P90)";
    /// The premium at that value; no value unless the base is above 0.
    HIGH_PREMIUM: Binary "high_premium", OfBase, "premium (P90)", "surcoût relatif (P90)";
    /// The figure, not rounded.
    VALUE: Binary "value", OfFigure, "value", "valeur";
    /// An independent source of uncertainty: parameters joined by ` + ` where correlations tie them, or the events of a
    /// line.
    FACTOR: Text "factor", None, "factor", "facteur";
    /// The share of the variance that goes if the factor is known.
    FIRST_ORDER: Binary "first_order", OfVariance, "first order", "premier ordre";
    /// The lower end of its interval of 95 per cent.
    FIRST_ORDER_LOW: Binary "first_order_low", OfVariance, "first order, low", "premier ordre, bas";
    /// The upper end of its interval of 95 per cent.
    FIRST_ORDER_HIGH: Binary "first_order_high", OfVariance, "first order, high", "premier ordre, haut";
    /// The share of the variance that stays if all but the factor are known.
    TOTAL_INDEX: Binary "total", OfVariance, "total", "total";
    /// The lower end of its interval of 95 per cent.
    TOTAL_LOW: Binary "total_low", OfVariance, "total, low", "total, bas";
    /// The upper end of its interval of 95 per cent.
    TOTAL_HIGH: Binary "total_high", OfVariance, "total, high", "total, haut";
    /// The standard deviation that the factor alone causes.
    SD_FIRST_ORDER: Binary "sd_first_order", OfFigure, "sd alone", "écart type seul";
    /// The same with what it does together with others.
    SD_TOTAL: Binary "sd_total", OfFigure, "sd with others", "écart type avec d'autres";
    /// The rank correlation of the parameter with the figure; no value where one of them does not vary.
    SPEARMAN: Binary "spearman", None, "rank correlation", "corrélation des rangs";

    // Programmes.
    /// The line of the programme: `as_signed`, `as_planned` or `all_settled`.
    PROGRAMME_LINE: Text "line", None, "line", "cas";
    /// The cost of the cases and of the programme with the agreements that are signed.
    AS_SIGNED: Money "as_signed", Currency, "as signed", "accords signés";
    /// Their cost with all agreements.
    AS_PLANNED: Money "as_planned", Currency, "as planned", "prévu";
    /// Their cost if every queueing case were settled from its arrival.
    ALL_SETTLED: Money "all_settled", Currency, "all settled", "tous réinstallés";
    /// The kind of solution; `programme` for the programme's own costs.
    KIND: Id "kind", None, "kind", "sorte";
    /// Months of cases under support.
    CASE_MONTHS: Count "case_months", None, "case-months", "mois-dossiers";
    /// Months of persons under support.
    PERSON_MONTHS: Count "person_months", None, "person-months", "mois-personnes";
    /// The most that the fund may pay in the fiscal year.
    CEILING: Money "ceiling", Currency, "ceiling", "plafond";
    /// By how much the total is above the ceiling; 0 if it is not.
    EXCESS: Money "excess", Currency, "above it", "dépassement";
    /// The agreement; no value for all of them together.
    AGREEMENT: Id "agreement", None, "agreement", "accord";
    /// Up to where the figure counts: `within` the programme or `with_run_off`.
    WINDOW: Text "window", None, "window", "période";
    /// The saving of the agreement if it is the only one.
    VALUE_ALONE: Money "alone", Currency, "alone", "seul";
    /// The loss if the agreement alone ends.
    VALUE_LAST: Money "last", Currency, "lost if it ends", "perdu s'il cesse";
    /// The agreement's share of what all save, which adds up; no value with too many agreements.
    WORTH: Money "value", Currency, "value", "valeur";
    /// The step: `one_more_place`, `month_later`, `processing` or `queue`.
    STEP: Text "step", None, "step", "mesure";
    /// The order of the queue; no value for other steps.
    ORDER: Text "order", None, "order", "ordre";
    /// The month of the grant.
    GRANT_MONTH: Month "month", None, "month", "mois";
    /// Places: how many more, or how many a case takes.
    PLACES: Count "places", None, "places", "places";
    /// The saving within the programme.
    SAVES_WITHIN: Money "within", Currency, "saves", "économie";
    /// The saving up to the end of the run-off; no value without one.
    SAVES_WITH_RUN_OFF: Money "with_run_off", Currency, "saves with the run-off", "économie avec la suite";
    /// Cases that arrive.
    ARRIVED: Count "arrived", None, "arrived", "arrivés";
    /// Cases that are given a place.
    GIVEN: Count "given", None, "given a place", "places attribuées";
    /// Moves.
    MOVED_CASES: Count "moved", None, "moved", "déménagés";
    /// Cases whose support ended with the month before.
    ENDED: Count "ended", None, "ended", "terminés";
    /// Cases in the queue without a place.
    WAITING: Count "waiting", None, "waiting", "en attente";
    /// Cases that have a place and have not moved yet.
    PROCESSING: Count "processing", None, "processing", "en traitement";
    /// Cases in permanent solutions.
    PERMANENT_CASES: Count "permanent_cases", None, "permanent cases", "dossiers permanents";
    /// Cases in temporary solutions.
    TEMPORARY_CASES: Count "temporary_cases", None, "temporary cases", "dossiers temporaires";
    /// Persons in permanent solutions.
    PERMANENT_PERSONS: Count "permanent_persons", None, "permanent persons", "personnes en permanent";
    /// Persons in temporary solutions.
    TEMPORARY_PERSONS: Count "temporary_persons", None, "temporary persons", "personnes en temporaire";
    /// The cost of the months up to this one.
    CUMULATIVE: Money "cumulative", Currency, "cumulative", "cumulé";
    /// Cases that queued.
    QUEUED: Count "queued", None, "queued", "en file";
    /// The median of the months to the place; no value if it falls on a case without one.
    MEDIAN_WAIT: Count "median", Months, "median wait", "attente médiane";
    /// The ninth decile of the months to the place, likewise.
    P90_WAIT: Count "p90", Months, "P90 of waits", "P90 des attentes";
    /// Cases that wait at the end.
    STILL_WAITING: Count "still_waiting", None, "still waiting", "attendent encore";
    /// The longest wait among them, up to the end.
    LONGEST_WAIT: Count "longest_wait", Months, "longest wait", "plus longue attente";
    /// Cases that left the queue without a place.
    LEFT_QUEUE: Count "left", None, "left", "partis";
    /// Cases that no agreement could ever take.
    WITHOUT_WAY: Count "without_way", None, "without a way", "sans issue";
    /// The share of the cases that joined at least so long before the end that were given a place by then; no value of none.
    GIVEN_WITHIN: Ratio "share", None, "share given a place", "part ayant reçu une place";
    /// Places at the beginning.
    IN_HAND: Count "in_hand", None, "in hand", "en main";
    /// Places granted.
    GRANTED: Count "granted", None, "granted", "octroyées";
    /// Places used.
    USED: Count "used", None, "used", "utilisées";
    /// Places lapsed.
    LAPSED: Count "lapsed", None, "lapsed", "périmées";
    /// Places at the end.
    PLACES_LEFT: Count "left", None, "left", "restantes";
    /// Cases that were given a place.
    CASES: Count "cases", None, "cases", "dossiers";
    /// Persons in the cases.
    PERSONS: Count "persons", None, "persons", "personnes";
    /// The number of the case, from 1, as declared.
    NUMBER: Count "number", None, "number", "numéro";
    /// The month of arrival.
    ARRIVES: Month "arrives", None, "arrives", "arrivée";
    /// The status of the case: `placed`, `pathway`, `given`, `waiting` or `left`.
    STATUS: Text "status", None, "status", "état";
    /// The month in which the case is given a place.
    GIVEN_IN: Month "given", None, "given a place", "place attribuée";
    /// The month of the move; no value for a pathway, or if support ends first.
    MOVES: Month "moves", None, "moves", "déménagement";
    /// The first month without support; no value if it never ends, or never begins.
    ENDS: Month "ends", None, "ends", "fin";
    /// The first month of the stage.
    FROM: Month "from", None, "from", "de";
    /// The month after the last; no value if it never ends.
    UNTIL: Month "until", None, "until", "jusqu'à";
    /// The cost of the case if all were settled.
    SETTLED_TOTAL: Money "settled_total", Currency, "if settled", "si réinstallé";

    // Payments.
    /// The sum of the model's entries.
    MODEL: Money "model", Currency, "model", "modèle";
    /// The sum of the payments.
    PAID: Money "paid", Currency, "paid", "payé";
    /// The payments less the model: the sum of the six parts.
    DIFFERENCE: Money "difference", Currency, "difference", "différence";
    /// The part that comes from the payments' own exchange rates.
    EXCHANGE: Money "exchange", Currency, "exchange", "change";
    /// The part that comes from prices, and from all else where no quantities are given.
    PRICE: Money "price", Currency, "price", "prix";
    /// The part that comes from quantities.
    VOLUME: Money "volume", Currency, "volume", "quantités";
    /// The part paid in another month than the model's; 0 over all months.
    TIMING: Money "timing", Currency, "timing", "calendrier";
    /// The part that the model expects and nobody paid.
    NOT_PAID: Money "not_paid", Currency, "not paid", "non payé";
    /// The part that was paid and the model does not expect.
    NOT_PLANNED: Money "not_planned", Currency, "not planned", "non prévu";
    /// The model's entries after the last month compared; no value but for the whole.
    REST: Money "rest", Currency, "still to come", "reste à venir";
    /// What was paid, and the rest; no value but for the whole.
    FORECAST: Money "forecast", Currency, "forecast", "prévision";

    // Bookings.
    /// The account of the line, which is debited.
    ACCOUNT: Text "account", None, "account", "compte";
    /// The account of the fund, which is credited.
    FUND_ACCOUNT: Text "fund_account", None, "fund's account", "compte du fonds";

    /// The number of prices that payments imply.
    PRICES: Count "count", None, "payments", "paiements";
    /// Their mean, at the line's price base.
    MEAN_PRICE: Ratio "mean", RowCurrency, "mean", "moyenne";
    /// Their median.
    MEDIAN_PRICE: Ratio "median", RowCurrency, "median", "médiane";
    /// Their standard deviation; no value of one.
    SD_OF_PRICES: Ratio "sd", RowCurrency, "sd", "écart type";
    /// The smallest.
    LEAST_PRICE: Ratio "least", RowCurrency, "least", "minimum";
    /// The largest.
    MOST_PRICE: Ratio "most", RowCurrency, "most", "maximum";
    /// The catalogue's amount; of an event line the mean of its severity.
    CATALOGUE_AMOUNT: Ratio "catalogue", RowCurrency, "catalogue", "catalogue";
    /// The weight of the payments beside the catalogue's amount.
    WEIGHT: Ratio "weight", None, "weight", "poids";
    /// The amount for the catalogue.
    ESTIMATED_AMOUNT: Ratio "amount", RowCurrency, "new amount", "nouveau montant";
    /// The standard deviation of a lognormal distribution with that mean; no value of few prices.
    LOGNORMAL_SD: Ratio "lognormal_sd", RowCurrency, "sd (lognormal)", "écart type (lognormale)";
    /// The number of events; no value but for event lines.
    EVENTS: Ratio "events", None, "events", "événements";
    /// The years of a unit of the driver in which they happened.
    EVENT_YEARS: Ratio "years", None, "years", "années";
    /// The number of events a year for the catalogue.
    PER_YEAR: Ratio "per_year", None, "a year", "par an";

    // Publications.
    /// The class of the number of persons in the household, the last one open.
    SIZE: Text "size", None, "persons", "personnes";
    /// `published`, or `suppressed` where few cases could be told apart.
    PUBLICATION_STATUS: Text "status", None, "status", "état";
    /// The cost, to the thousand; no value where base and alternative are compared.
    PUBLISHED_COST: Money "cost", Currency, "cost", "coût";
    /// By how many per cent the alternative costs more, of the figures as published.
    PREMIUM_PER_CENT: Count "premium_per_cent", None, "premium (per cent)", "surcoût relatif (pour cent)";
    /// The figure that is suppressed: `cost`, `base` or `alternative`.
    SUPPRESSED_FIGURE: Text "figure", None, "figure", "chiffre";
    /// The low end of the interval in which a reader can place it; no value if there is none in sight.
    LOW_END: Money "low", Currency, "at least", "au moins";
    /// The high end.
    HIGH_END: Money "high", Currency, "at most", "au plus";

    // Scenarios.
    /// The label in English.
    LABEL_EN: Text "label_en", None, "label (English)", "libellé (anglais)";
    /// The label in French.
    LABEL_FR: Text "label_fr", None, "label (French)", "libellé (français)";
    /// The unit for which the line is charged.
    DRIVER: Text "driver", None, "driver", "unité de charge";
    /// When the line is charged.
    SCHEDULE: Text "schedule", None, "schedule", "échéance";
    /// Who is counted: `members`, or the driver of the model whose units are.
    COUNTS: Text "counts", None, "counts", "compte";
    /// The amount of the line, in its currency; no value for events, dated amounts, percentages and refunds.
    LINE_AMOUNT: Ratio "amount", RowCurrency, "amount", "montant";
    /// The price index that the amount follows; no value for none.
    INDEX: Id "index", None, "index", "indice";
    /// The year whose prices the amount is in.
    PRICE_BASE_YEAR: Year "price_base_year", None, "price base", "base de prix";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_has_a_name_labels_and_one_line() {
        for column in all() {
            let name = column.name();
            assert!(name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_'), "{name}");
            assert!(relocost::Lang::ALL.iter().all(|lang| !column.label(*lang).is_empty()), "{name}");
            assert!(column.about().ends_with('.') && !column.about().contains('\n'), "{name}: {}", column.about());
            let text = !column.kind().is_number();
            assert!(!text || column.unit() == Unit::None, "{name} is no number and has a unit");
            assert_eq!(
                column.kind() == Type::Money,
                column.unit() == Unit::Currency && column.kind() != Type::Binary,
                "{name}"
            );
        }
    }
}
