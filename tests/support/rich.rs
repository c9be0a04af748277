//! Random scenarios with places, levels, own drivers, tariffs, percentages, refunds and rates by month, put into the text
//! of one without them.

use std::fmt::Write as _;

use proptest::collection::vec;
use proptest::prelude::*;

use super::random::{self, Draft};

/// Any scenario with all rates given, as TOML.
pub(crate) fn scenario() -> impl Strategy<Value = String> {
    with(random::scenario())
}

/// A small one.
pub(crate) fn small() -> impl Strategy<Value = String> {
    with(random::small())
}

/// One whose tables may lack years, and whose tariffs may begin late.
pub(crate) fn with_gaps() -> impl Strategy<Value = String> {
    with(random::with_gaps())
}

fn with(draft: impl Strategy<Value = Draft>) -> impl Strategy<Value = String> {
    (draft, vec(any::<u16>(), 97)).prop_map(|(draft, numbers)| enrich(&draft, &mut Dice { numbers, next: 0 }))
}

/// Numbers that shrink with the case.
struct Dice {
    numbers: Vec<u16>,
    next: usize,
}

impl Dice {
    fn roll(&mut self, sides: u16) -> u16 {
        self.next += 1;
        self.numbers[self.next % self.numbers.len()] % sides
    }

    /// Once in so many times; never where the case has shrunk.
    fn once_in(&mut self, times: u16) -> bool {
        self.roll(times) == times - 1
    }

    fn one<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[usize::from(self.roll(u16::try_from(of.len()).unwrap()))]
    }
}

const PLACES: [&str; 2] = ["p0", "p1"];
const OWN: [&str; 5] = ["rooms", "flat", "kids", "old", "some"];
const SHARES: [&str; 6] = ["0.13", "0.5", "1", "0.333333333333", "1.25", "0.005"];

fn month(draft: &Draft, after: i32) -> String {
    let count = draft.start + after;
    format!("{:04}-{:02}", count.div_euclid(12), count.rem_euclid(12) + 1)
}

fn any_month(draft: &Draft, dice: &mut Dice) -> String {
    let after = i32::from(dice.roll(u16::try_from(draft.horizon).unwrap() + 8)) - 4;
    month(draft, after)
}

fn enrich(draft: &Draft, dice: &mut Dice) -> String {
    let amounts: Vec<usize> =
        (0..draft.lines.len()).filter(|&line| draft.lines[line].rest.starts_with("amount")).collect();
    let (mut out, mut dated, mut percentages) = (String::new(), false, 0);
    let t = &mut out;
    for line in draft.toml().lines() {
        match line.split([' ', '[']).next().unwrap_or("") {
            "schema" => writeln!(t, "{line}\nplaces = {PLACES:?}").unwrap(),
            "clock" if line.contains("entitled") && dice.once_in(2) => writeln!(t, "clock = \"place\"").unwrap(),
            "driver" if dice.once_in(3) => writeln!(t, "driver = {:?}", dice.one(&OWN)).unwrap(),
            "schedule" if !line.contains("monthly") && !dice.once_in(3) => {
                let of_months = format!(
                    "{{ dates = {{ months = [\"{}\", \"{}\"] }} }}",
                    month(draft, i32::from(dice.roll(4))),
                    month(draft, 5 + i32::from(dice.roll(9))),
                );
                let schedule = dice.one(&["\"on_end\"", "\"on_leave\"", "\"on_leave\"", &of_months]).to_owned();
                writeln!(t, "schedule = {schedule}").unwrap();
            }
            "amount" if dice.once_in(3) => {
                dated = true;
                let amount = line.trim_start_matches("amount = ").trim_matches('"');
                let sign = if amount.starts_with('-') { "-" } else { "" };
                let first = month(draft, -3 + if dice.once_in(4) { 8 } else { 0 });
                let (later, more) = (month(draft, 6 + i32::from(dice.roll(9))), dice.roll(900));
                writeln!(t, "amounts = {{ \"{first}\" = \"{amount}\", \"{later}\" = \"{sign}{more}.335\" }}").unwrap();
            }
            "price_base_year" if dated => {}
            _ => writeln!(t, "{}", line.replace("[[lines]]", "")).unwrap(),
        }
        match line {
            "[household]" if dice.once_in(4) => writeln!(t, "ages_at = \"{}\"", any_month(draft, dice)).unwrap(),
            _ if line.starts_with("[rates.index.") && dice.once_in(3) => {
                writeln!(t, "month = {}", 1 + dice.roll(12)).unwrap();
            }
            _ if line.starts_with("[rates.fx.") && dice.once_in(2) => {
                let at = i32::from(dice.roll(9));
                for after in [at, at + 1 + i32::from(dice.roll(5))] {
                    writeln!(t, "\"{}\" = \"0.{}5\"", month(draft, after), 1 + dice.roll(900)).unwrap();
                }
            }
            _ if line.starts_with("[solutions.") && dice.once_in(2) => {
                writeln!(t, "place = {:?}", dice.one(&PLACES)).unwrap();
            }
            _ if line.starts_with("  { solution = ") && dice.once_in(3) => {
                let end = t.trim_end_matches(" },\n").len();
                t.truncate(end);
                writeln!(t, ", place = {:?} }},", dice.one(&PLACES)).unwrap();
            }
            "[[lines]]" => {
                dated = false;
                let end = t.trim_end_matches('\n').len();
                t.truncate(end);
                writeln!(t).unwrap();
                if percentages < 3 && dice.once_in(4) {
                    percentage(t, draft, dice, percentages);
                    percentages += 1;
                }
                writeln!(t, "[[lines]]").unwrap();
                conditions(t, draft, dice);
            }
            _ => {}
        }
    }
    for number in percentages..percentages + u16_to(dice.roll(2)) {
        percentage(t, draft, dice, number);
    }
    for number in 0..4 - dice.roll(3) {
        if let Some(of) = amounts.get(usize::from(dice.roll(9)) % amounts.len().max(1)) {
            let (category, share) = (dice.one(&["housing", "travel"]), dice.one(&["1", "0.5", "0.333"]));
            writeln!(
                t,
                "[[lines]]\nid = \"back{number}\"\ncategory = {category:?}\nlabel = \"x\"\nsource = \"random\""
            )
            .unwrap();
            writeln!(t, "refund = {{ of = \"l{of}\", share = \"{share}\" }}").unwrap();
        }
    }
    writeln!(t, "[rates.level.p0]\nhousing = \"0.75\"\ntravel = \"1.{}\"", 1 + dice.roll(99)).unwrap();
    if dice.once_in(2) {
        writeln!(t, "[rates.level.p1]\nhousing = \"1.333333333333\"").unwrap();
    }
    writeln!(t, "[drivers.rooms]\nof = \"person\"\nper = {}", 1 + dice.roll(3)).unwrap();
    writeln!(t, "[drivers.flat]\nof = \"person\"\nsteps = [[1, \"1\"], [2, \"1.35\"], [4, \"0.005\"]]").unwrap();
    writeln!(t, "[drivers.kids]\nmembers = {{ roles = [\"child\", \"parent\"], age = {{ to = 20 }} }}").unwrap();
    writeln!(t, "[drivers.old]\nmembers = {{ age = {{ from = 14, to = 65 }} }}\nsteps = [[1, \"0.3333\"], [3, 2]]")
        .unwrap();
    writeln!(t, "[drivers.some]\nof = {:?}", dice.one(&["household", "adult", "minor", "school_age"])).unwrap();
    out
}

fn u16_to(number: u16) -> usize {
    number.into()
}

/// Where and when a line applies.
fn conditions(t: &mut String, draft: &Draft, dice: &mut Dice) {
    if dice.once_in(5) {
        writeln!(t, "places = [{:?}]", dice.one(&PLACES)).unwrap();
    }
    if dice.once_in(5) {
        writeln!(t, "solutions = [\"temporary\"]").unwrap();
    }
    if dice.once_in(4) {
        let from = i32::from(dice.roll(12)) - 2;
        let (from, until) = (month(draft, from), month(draft, from + i32::from(dice.roll(20))));
        let valid = dice.one(&["from", "until", "both"]);
        let parts = [("from", from), ("until", until)];
        let parts: Vec<String> = parts
            .iter()
            .filter(|(key, _)| valid == "both" || valid == *key)
            .map(|(key, month)| format!("{key} = \"{month}\""))
            .collect();
        writeln!(t, "valid = {{ {} }}", parts.join(", ")).unwrap();
    }
}

fn percentage(t: &mut String, draft: &Draft, dice: &mut Dice, number: usize) {
    let mut parts = vec![format!("share = \"{}\"", dice.one(&SHARES))];
    if dice.once_in(3) {
        let earlier = number.checked_sub(1).map_or(String::new(), |before| format!(", \"pc{before}\""));
        parts.push(format!("lines = [\"l{}\"{earlier}]", usize::from(dice.roll(9)) % draft.lines.len()));
    }
    if dice.once_in(3) {
        parts.push(format!("categories = [{:?}]", dice.one(&["housing", "medical"])));
    }
    if dice.once_in(4) {
        parts.push(format!("except = [\"l{}\"]", usize::from(dice.roll(9)) % draft.lines.len()));
    }
    writeln!(t, "[[lines]]\nid = \"pc{number}\"\nlabel = \"x\"\nsource = \"random\"").unwrap();
    writeln!(t, "percentage = {{ {} }}", parts.join(", ")).unwrap();
    if dice.once_in(2) {
        writeln!(t, "category = {:?}", dice.one(&["travel", "housing"])).unwrap();
    }
    if let Some(entitlement) = draft.entitlements.first().filter(|_| dice.once_in(3)) {
        writeln!(t, "{} = [{entitlement:?}]", dice.one(&["when", "unless"])).unwrap();
    }
    conditions(t, draft, dice);
}
