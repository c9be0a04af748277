//! The words at the head of a journal.

use relocost::postings::Postings;
use relocost::{Basis, Lang, message};

/// What a journal says in words, in one language.
pub(super) struct Words {
    pub(super) lang: Lang,
}

impl Words {
    pub(super) fn of(lang: Lang) -> Self {
        Self { lang }
    }

    /// The lines of the head: that it is internal, what it is, and what was summed.
    pub(super) fn head(&self, postings: &Postings) -> Vec<String> {
        let internal = message!(
            "Internal: single households can be told from figures of few cases. Not for publication.",
            "Interne : des ménages particuliers peuvent se reconnaître aux chiffres de quelques cas. Ne pas publier.",
        );
        let version = env!("CARGO_PKG_VERSION");
        let currency = postings.about().currency().code();
        let prices = match postings.about().basis() {
            Basis::Constant => message!("constant prices", "prix constants"),
            _ => message!("prices of each year", "prix de chaque année"),
        };
        let of = message!(
            "Relocost {version}: what each fund pays for each line by month, in {currency}, {prices}.",
            "Relocost {version} : ce que chaque fonds paie pour chaque poste par mois, en {currency}, {prices}.",
            prices,
        );
        let pathway = postings.pathway().map(|pathway| message!("Pathway: {pathway}", "Parcours : {pathway}"));
        let (model, paid) = (postings.model(), postings.paid());
        let sums = if postings.has_payments() {
            message!("Control totals: budget {model}, paid {paid}", "Totaux de contrôle : budget {model}, payé {paid}")
        } else {
            message!("Control total: {model}", "Total de contrôle : {model}")
        };
        [Some(internal), Some(of), pathway, Some(sums)]
            .into_iter()
            .flatten()
            .map(|line| line.text(self.lang).to_owned())
            .collect()
    }

    /// The title of a file of Beancount.
    pub(super) fn title(&self) -> String {
        message!("Relocost, internal", "Relocost, interne").text(self.lang).to_owned()
    }

    /// The description of the budget of a month.
    pub(super) fn budget(&self) -> String {
        message!("budget", "budget").text(self.lang).to_owned()
    }
}
