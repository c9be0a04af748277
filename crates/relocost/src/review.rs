//! Warnings about a scenario, and the check of all that reading alone cannot see.
//!
//! In: a scenario. Out: warnings with their places, which change no figure; or the errors of evaluating it.

use crate::about::Pair;
use crate::comparison::CompareOptions;
use crate::error::{Code, Error, Finding};
use crate::ledger::{Engine, Grant, Route};
use crate::message;
use crate::message::{Message, counted};
use crate::per_cent;
use crate::reading::Findings;
use crate::scenario::{DriverName, Household, Line, Scenario};
use crate::simulation::leaves_domain;
use crate::watch::{Pulse, Watch};

/// Draws of a parameter that may lie outside its domain without a warning: one in a million.
const MOST_OUTSIDE: f64 = 1e-6;

/// Something odd in a household.
pub(crate) struct Odd {
    pub(crate) code: Code,
    /// The place of the member whom it is about, if it is about one.
    pub(crate) member: Option<usize>,
    pub(crate) message: Message,
}

/// The warnings about the household of a scenario, or of a row of a caseload.
pub(crate) fn odd_members(scenario: &Scenario) -> Vec<Odd> {
    let months = i32::try_from(scenario.horizon_months()).unwrap_or(0);
    let (start, household) = (scenario.start(), scenario.household());
    let never = household.members.iter().enumerate().filter(|(_, it)| !it.counts_within(start, start.plus(months)));
    let message =
        || message!("this member never counts within the horizon", "ce membre ne compte jamais dans l'horizon");
    let mut odd: Vec<Odd> =
        never.map(|(index, _)| Odd { code: Code::NeverUsed, member: Some(index), message: message() }).collect();
    // Most households have an adult who is there in every month.
    let has_adult = household.has_adult_within(start, start.plus(months));
    if !has_adult && (0..months).any(|month| household.has_minors_alone(start.plus(month))) {
        let message = message!(
            "minors count in months of the horizon in which no adult does",
            "des mineurs comptent dans des mois où aucun adulte ne compte",
        );
        odd.push(Odd { code: Code::MinorsAlone, member: None, message });
    }
    odd
}

/// True if a household has members, none of whom has a role.
pub(crate) fn has_no_role(household: &Household) -> bool {
    !household.members.is_empty() && household.members.iter().all(|member| member.role.is_none())
}

/// The warning about members without a role in a setting with a driver that counts by role.
pub(crate) fn without_roles(scenario: &Scenario) -> Option<Message> {
    let by_role = |name: &&DriverName| match name {
        DriverName::Own(id) => scenario.drivers().get(id).is_some_and(|driver| driver.count.needs_roles()),
        DriverName::Standard(_) => false,
    };
    let named = scenario.lines().values().filter_map(Line::priced).flat_map(|priced| {
        std::iter::once(&priced.driver).chain(priced.relief.as_ref().and_then(|relief| relief.needs.as_ref()))
    });
    let driver = named.into_iter().find(by_role)?;
    Some(message!(
        "no member has a role, and the driver \"{driver}\" counts by role",
        "aucun membre n'a de rôle, et le driver « {driver} » compte par rôle"
    ))
}

impl Scenario {
    /// Evaluates every pathway and returns the warnings: the whole check of a scenario that was read.
    ///
    /// A missing index or exchange rate shows only when a charge needs it, so the scenario is compared as
    /// [`Scenario::compare`] does, whose attribution also needs the rates of lines that neither pathway charges. A
    /// scenario without the usual pair of pathways is compared with itself.
    ///
    /// # Errors
    ///
    /// What is wrong with the variants, as [`Scenario::variant`] says it; or the errors of [`Scenario::compare_with`].
    ///
    /// ```
    /// # let text = "schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 24\nhousehold = { members = [{ age = 34 }] }";
    /// let scenario = relocost::Scenario::parse(text)?;
    /// assert_eq!(scenario.check()?, scenario.warnings());
    /// # Ok::<(), relocost::Error>(())
    /// ```
    pub fn check(&self) -> Result<Vec<Finding>, Error> {
        self.check_under(None)
    }

    pub(crate) fn check_under(&self, watch: Option<&Watch<'_>>) -> Result<Vec<Finding>, Error> {
        let usual = Pair::default();
        let has = |name: &str| self.pathway_names().any(|known| known.as_str() == name);
        let pair = if has(&usual.base) && has(&usual.alternative) {
            usual
        } else {
            let any = self.pathway_names().next().map_or(String::new(), ToString::to_string);
            Pair::new(any.clone(), any)
        };
        let pulse = Pulse::of(watch, Some(self.lines().len()));
        let mut wrong = Findings::default();
        for name in self.variants().keys() {
            pulse.beat()?;
            if let Err(error) = self.variant(name.as_str()) {
                wrong.keep_error(&error);
            }
        }
        wrong.finish()?;
        let options = CompareOptions::default().pair(pair);
        self.compare_under(&options, &pulse)?;
        Ok(self.warnings())
    }

    /// Everything odd: members who never count, minors who stay when no adult counts, lines that never apply or are never
    /// charged, entitlements both in `when` and `unless`, lines that name solutions and no entitlement, a base without a
    /// place beside pathways with one, stages beyond the horizon, parameters of which more than one draw in a million
    /// leaves the domain, shares and rates that can only be per cents.
    ///
    /// ```
    /// use relocost::Catalogue;
    /// use relocost::scenario::build::{member, scenario, stage};
    /// let s = scenario("EUR", "2026-03", 12)
    ///     .catalogue(Catalogue::reference())
    ///     .member(member().age(40))
    ///     .pathway("delayed", [stage("temporary").months(18), stage("permanent")])
    ///     .build()?;
    /// let odd = s.warnings().into_iter().find(|warning| warning.key.starts_with("pathways"));
    /// assert_eq!(odd.map(|warning| warning.key).as_deref(), Some("pathways.delayed.stages[1]"));
    /// # Ok::<(), relocost::Error>(())
    /// ```
    #[expect(clippy::float_arithmetic, reason = "a probability in a message")]
    pub fn warnings(&self) -> Vec<Finding> {
        let mut warnings = per_cent::warnings(self);
        for Odd { code, member, message } in odd_members(self) {
            let key = member.map_or("household.members".to_owned(), |member| format!("household.members[{member}]"));
            warnings.push(Finding { code, place: self.place(&key).cloned(), key, message });
        }
        let mut warn = |code, place: &str, key: String, message: Message| {
            warnings.push(Finding { code, place: self.place(place).cloned(), key, message });
        };
        for (name, pathway) in self.pathways() {
            let mut start = 0_u32;
            for (index, stage) in pathway.stages.iter().enumerate() {
                if start >= self.horizon_months() {
                    let key = format!("pathways.{name}.stages[{index}]");
                    let message = message!(
                        "this stage begins at or beyond the horizon of {months} and has no effect",
                        "cette étape commence à l'horizon de {months} ou après et n'a pas d'effet",
                        months = counted(self.horizon_months(), ["month", "months"], ["mois", "mois"]),
                    );
                    warn(Code::NeverUsed, &format!("pathways.{name}"), key, message);
                }
                start = start.saturating_add(stage.months.unwrap_or(u32::MAX));
            }
        }
        for (index, uncertain) in self.uncertain().iter().enumerate() {
            let outside = leaves_domain(self, index);
            if outside > MOST_OUTSIDE {
                let key = format!("uncertain[{index}]");
                let (share, part) =
                    (format!("{:.4}", 100.0 * outside), format!("{:.4}", 100.0 * outside).replace('.', ","));
                let parameter = uncertain.parameter.shown();
                let message = Message::new(
                    format!(
                        "{parameter}: {share} per cent of its draws lie outside what it can be, and are moved to the edge"
                    ),
                    format!(
                        "{parameter} : {part} pour cent de ses tirages sortent du domaine possible, et sont ramenés au bord"
                    ),
                );
                warn(Code::LeavesDomain, &key, key.clone(), message);
            }
        }
        let pulse = Pulse::unheard();
        let Ok(engine) = Engine::new(self, self.horizon_months(), &pulse) else { return warnings }; // never cancelled
        let routes: Vec<Route> = self
            .pathway_names()
            .filter_map(|name| Route::of(self, name.as_str(), self.horizon_months()).ok())
            .map(|(_, route)| route)
            .collect();
        let standing = CompareOptions::default().pair.base;
        let base = Route::of(self, standing.as_str(), self.horizon_months()).ok().map(|(_, route)| route);
        let nowhere = |route: &Route| route.legs.iter().any(|leg| leg.place.is_none());
        if base.is_some_and(|base| nowhere(&base))
            && routes.iter().any(|route| !route.legs.iter().all(|leg| leg.place.is_none()))
        {
            let message = message!(
                "has no place, and other pathways have one: what a place explains of their extra cost stays in the residual",
                "n'a pas de lieu, et d'autres parcours en ont un : ce qu'un lieu explique de leur surcoût reste dans le résidu"
            );
            warn(Code::NeverUsed, &format!("solutions.{standing}"), format!("solutions.{standing}"), message);
        }
        let mut items_of = vec![Vec::new(); self.lines().len()];
        for item in 0..engine.items() {
            items_of[engine.item(item).line].push(item);
        }
        for (items, line) in items_of.iter().zip(self.lines().values()) {
            let key = format!("lines.{}", line.id);
            let any = |is: &dyn Fn(usize, &Route) -> bool| {
                items.iter().any(|&item| routes.iter().any(|route| is(item, route)))
            };
            if !line.solutions.is_empty() && line.when.is_empty() && line.unless.is_empty() {
                let message = message!(
                    "names solutions and no entitlement: what this line costs is attributed to none",
                    "nomme des solutions et aucun droit : ce que coûte ce poste n'est attribué à aucun"
                );
                warn(Code::NeverUsed, &key, format!("{key}.solutions"), message);
            }
            if let Some(both) = line.when.iter().find(|id| line.unless.contains(id)) {
                warn(
                    Code::Contradiction,
                    &key,
                    format!("{key}.unless"),
                    message!(
                        "\"{both}\" stands both in `when` and in `unless`: the line never applies",
                        "« {both} » figure à la fois dans `when` et dans `unless` : le poste ne s'applique jamais"
                    ),
                );
            } else if !any(&|item, route| !engine.timing(item).pattern(route, Grant::NONE).is_empty()) {
                warn(
                    Code::NeverUsed,
                    &key,
                    key.clone(),
                    message!(
                        "this line applies in no stage of any pathway",
                        "ce poste ne s'applique dans aucune étape d'aucun parcours"
                    ),
                );
            } else if !any(&|item, route| engine.is_charged(item, route)) {
                warn(
                    Code::NeverUsed,
                    &key,
                    key.clone(),
                    message!(
                        "this line is never charged within the horizon",
                        "ce poste n'est jamais imputé dans l'horizon"
                    ),
                );
            }
        }
        warnings
    }
}
