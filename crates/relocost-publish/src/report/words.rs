//! Sentences that reports of every kind have: verdicts, causes, what only illustrates, and how a report was made.

use relocost::comparison::{Difference, ReportedBand};
use relocost::names::Band;
use relocost::{Basis, Currency, Id, Lang, Message, Money, Scenario, message};
use relocost_report::number::{grouped, money_in, percent, whole_percent};
use relocost_report::shares_by_label;

use super::page::Page;
use crate::charts::words::word;

/// The causes that a summary names.
const CAUSES: usize = 3;

/// The currency, and of which year its prices are.
pub(super) fn prices(currency: Currency, basis: Basis, lang: Lang) -> String {
    let name = if basis == Basis::Constant { "amount_constant" } else { "amount_nominal" };
    word(name, lang).replace("{currency}", currency.code())
}

/// Whether a premium lies in the band that the Court reported.
pub(super) fn verdict(difference: &Difference, lang: Lang) -> Message {
    let Some(band) = difference.band() else {
        return message!(
            "There is no premium, because the base is not above 0.",
            "Il n'y a pas de surcoût relatif, car la base n'est pas supérieure à 0."
        );
    };
    let reported = ReportedBand::COURT_2015;
    let [low, high] = [reported.low, reported.high].map(|share| whole_percent(share, lang));
    let place = match band {
        Band::Below => message!("below", "au-dessous de"),
        Band::Above => message!("above", "au-dessus de"),
        _ => message!("within", "dans"),
    };
    message!(
        "The premium is {place} the {low} to {high} that the Court reported on average in 2015 (ICC-ASP/14, para. 41).",
        "Le surcoût relatif est {place} la fourchette de {low} à {high} que la Cour a indiquée en moyenne en 2015 (ICC-ASP/14, par. 41).",
        place,
        low,
        high,
    )
}

/// The causes that weigh most; none where nothing is missing.
pub(super) fn main_causes(shares: &indexmap::IndexMap<Id, Money>, scenario: &Scenario, lang: Lang) -> Option<Message> {
    let causes = shares_by_label(shares, scenario, lang).into_iter().filter(|(_, share)| share.minor() != 0);
    let told = causes.take(CAUSES).map(|(label, share)| format!("{label} ({})", money_in(share, lang)));
    let told: Vec<String> = told.collect();
    (!told.is_empty()).then(|| {
        message!(
            "What is missing and weighs most: {told}.",
            "Ce qui manque et pèse le plus : {told}.",
            told = told.join(", "),
        )
    })
}

/// How much more than another something costs, or how much less.
pub(super) fn dearer(extra: Money, lang: Lang) -> String {
    let told = if extra.minor() < 0 {
        message!("{less} less", "{less} de moins", less = money_in(extra.negated(), lang))
    } else {
        message!("{more} more", "{more} de plus", more = money_in(extra, lang))
    };
    told.text(lang).to_owned()
}

/// How much more the alternative costs than the base.
pub(super) fn more(difference: &Difference, lang: Lang) -> String {
    let extra = dearer(difference.extra, lang);
    let Some(ratio) = difference.premium().ratio() else { return extra };
    let premium = percent(ratio, lang);
    message!("{extra}, a premium of {premium}", "{extra}, un surcoût relatif de {premium}").text(lang).to_owned()
}

/// How many lines only illustrate, if any do.
pub(super) fn illustrative(scenario: &Scenario) -> Option<Message> {
    let [english, french] = [Lang::En, Lang::Fr].map(|lang| relocost_report::illustrative(scenario, lang));
    Some(Message::new(english?, french?))
}

/// The draws and the seed of what is random.
pub(super) struct Chance {
    pub(super) draws: u64,
    pub(super) seed: u64,
}

/// How the report was made, so that it can be made again: the last section.
pub(super) fn made(page: &mut Page, scenario: &Scenario, chance: Option<&Chance>) {
    let lang = page.lang;
    page.section("made", &message!("How this report was made", "Comment ce rapport a été fait"));
    let version = env!("CARGO_PKG_VERSION");
    let with = chance.map(|chance| {
        message!(
            " Draws: {draws}; seed: {seed}.",
            " Tirages : {draws} ; graine : {seed}.",
            draws = grouped(&chance.draws.to_string(), lang),
            seed = chance.seed,
        )
    });
    let told = message!(
        "Relocost {version}.{with} The same input, version and seed give the same report, to the byte.",
        "Relocost {version}.{with} La même entrée, la même version et la même graine donnent le même rapport, à l'octet près.",
        version,
        with = with.unwrap_or_default(),
    );
    page.paragraph(told.text(lang));
    let exact = message!(
        "Each charge is the exact value, rounded once, half to even, to the currency's smallest unit; each total is the sum of its charges. Only what is simulated is binary floating point, and says so.",
        "Chaque écriture est la valeur exacte, arrondie une seule fois, au pair le plus proche, à la plus petite unité de la monnaie ; chaque total est la somme de ses écritures. Seul ce qui est simulé est en virgule flottante binaire, et le dit.",
    );
    page.paragraph(exact.text(lang));
    let digest = message!(
        "Digest of the catalogue on which the figures rest:",
        "Empreinte du catalogue sur lequel reposent les chiffres :"
    );
    page.code(digest.text(lang), &scenario.catalogue_digest());
}
