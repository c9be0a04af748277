//! Random scenarios as TOML. What is drawn leans towards what goes wrong: halves of a cent, thirds, ends of stages,
//! birthdays within the horizon, prices of other years.

use std::fmt::Write as _;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// A scenario on its way to a text. Tests change its parts.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) currency: &'static str,
    pub(crate) start: i32,
    pub(crate) horizon: u32,
    /// Keys of the root that need nothing else.
    pub(crate) head: String,
    pub(crate) rates: String,
    pub(crate) entitlements: Vec<String>,
    pub(crate) household: String,
    pub(crate) members: Vec<String>,
    pub(crate) solutions: Vec<SolutionDraft>,
    pub(crate) pathways: Vec<PathwayDraft>,
    pub(crate) lines: Vec<LineDraft>,
}

#[derive(Clone, Debug)]
pub(crate) struct SolutionDraft {
    pub(crate) name: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) entitlements: Vec<String>,
    pub(crate) funding: Option<String>,
}

#[derive(Clone, Debug)]
pub(crate) struct PathwayDraft {
    pub(crate) name: String,
    /// The place of a solution, and months.
    pub(crate) stages: Vec<(usize, Option<u32>)>,
}

#[derive(Clone, Debug)]
pub(crate) struct LineDraft {
    pub(crate) schedule: Option<String>,
    pub(crate) clock: Option<&'static str>,
    /// All other keys but the id, one a line.
    pub(crate) rest: String,
}

const CATEGORIES: [&str; 3] = ["housing", "medical", "travel"];
const FUNDS: [&str; 3] = ["regular_budget", "host_state", "special_fund"];
const CURRENCIES: [&str; 5] = ["EUR", "USD", "JPY", "TND", "XOF"];
const DRIVERS: [&str; 7] = ["household", "person", "adult", "minor", "school_age", "working_age", "equivalent_adult"];
const PROFILES: [&str; 3] = ["p0", "p1", "p2"];

impl Draft {
    /// The text.
    pub(crate) fn toml(&self) -> String {
        let mut text = String::new();
        let t = &mut text;
        writeln!(t, "schema = 1\ncurrency = \"{}\"\nstart = \"{}\"", self.currency, month(self.start)).unwrap();
        writeln!(t, "horizon_months = {}\n{}", self.horizon, self.head).unwrap();
        writeln!(t, "categories = {CATEGORIES:?}\nfunds = {FUNDS:?}\nentitlements = {:?}", self.entitlements).unwrap();
        writeln!(t, "\n[household]\n{}members = [", self.household).unwrap();
        for member in &self.members {
            writeln!(t, "  {{ {member} }},").unwrap();
        }
        writeln!(t, "]\n\n{}", self.rates).unwrap();
        for solution in &self.solutions {
            writeln!(t, "[solutions.{}]\nlabel = {:?}\nkind = {:?}", solution.name, solution.name, solution.kind)
                .unwrap();
            writeln!(t, "entitlements = {:?}", solution.entitlements).unwrap();
            if let Some(funding) = &solution.funding {
                writeln!(t, "funding = {funding}").unwrap();
            }
            writeln!(t).unwrap();
        }
        for pathway in &self.pathways {
            writeln!(t, "[pathways.{}]\nstages = [", pathway.name).unwrap();
            for (solution, months) in &pathway.stages {
                let months = months.map_or(String::new(), |months| format!(", months = {months}"));
                writeln!(t, "  {{ solution = {:?}{months} }},", self.solutions[*solution].name).unwrap();
            }
            writeln!(t, "]\n").unwrap();
        }
        for (number, line) in self.lines.iter().enumerate() {
            writeln!(t, "[[lines]]\nid = \"l{number}\"").unwrap();
            if let Some(schedule) = &line.schedule {
                writeln!(t, "schedule = {schedule}").unwrap();
            }
            if let Some(clock) = line.clock {
                writeln!(t, "clock = {clock:?}").unwrap();
            }
            writeln!(t, "{}", line.rest).unwrap();
        }
        text
    }
}

/// A month of its count since the year 0.
fn month(count: i32) -> String {
    format!("{:04}-{:02}", count.div_euclid(12), count.rem_euclid(12) + 1)
}

/// Any scenario, all rates given.
pub(crate) fn scenario() -> impl Strategy<Value = Draft> {
    draft(5, 40, false)
}

/// A small one.
pub(crate) fn small() -> impl Strategy<Value = Draft> {
    draft(4, 20, false)
}

/// One whose tables may lack years that charges need.
pub(crate) fn with_gaps() -> impl Strategy<Value = Draft> {
    draft(3, 30, true)
}

fn draft(entitlements: usize, longest: u32, gaps: bool) -> impl Strategy<Value = Draft> {
    let frame = (
        prop_oneof![3 => Just("EUR"), 1 => Just("JPY"), 1 => Just("TND")],
        2018 * 12..2030 * 12_i32,
        prop_oneof![1 => 1..=3_u32, 9 => 4..=longest],
        0..=entitlements,
    );
    frame.prop_flat_map(move |(currency, start, horizon, count)| {
        let ids: Vec<String> = (0..count).map(|number| format!("e{number}")).collect();
        let year = start.div_euclid(12);
        let names = [("permanent", "permanent"), ("temporary", "temporary"), ("partial", "permanent")];
        let solutions = (2..=3_usize, vec((subset(&ids), option::weighted(0.7, funding())), 3)).prop_map(
            move |(how_many, parts)| {
                let solutions = names.into_iter().zip(parts).take(how_many);
                solutions
                    .map(|((name, kind), (entitlements, funding))| SolutionDraft { name, kind, entitlements, funding })
                    .collect::<Vec<_>>()
            },
        );
        let parts = (
            head(year),
            rates(currency, year, gaps),
            household(),
            vec(member(start, i32::try_from(horizon).unwrap()), 0..=5),
            solutions,
            vec(stages(horizon), 0..=3),
            vec(line(currency, year, &ids), 1..=7),
        );
        parts.prop_map(move |(head, rates, household, members, solutions, pathways, lines)| {
            let how_many = solutions.len();
            let pathways = pathways.into_iter().enumerate().map(|(number, stages)| PathwayDraft {
                name: format!("way{number}"),
                stages: stages.into_iter().map(|(solution, months)| (solution % how_many, months)).collect(),
            });
            let pathways = pathways.collect();
            Draft {
                currency,
                start,
                horizon,
                head,
                rates,
                entitlements: ids.clone(),
                household,
                members,
                solutions,
                pathways,
                lines,
            }
        })
    })
}

fn subset(ids: &[String]) -> impl Strategy<Value = Vec<String>> + use<> {
    proptest::sample::subsequence(ids.to_vec(), 0..=ids.len()).prop_shuffle()
}

fn head(year: i32) -> impl Strategy<Value = String> {
    let title = select(vec!["", "title = \"Say \\\"x\\\" \\\\ # = é, 家\"\n"]);
    (-4..=4_i32, option::of(1..=12_u32), title).prop_map(move |(base, fiscal, title)| {
        let fiscal = fiscal.map_or(String::new(), |month| format!("fiscal_year_start = {month}\n"));
        format!("{title}{fiscal}price_base_year = {}", year + base)
    })
}

fn funding() -> impl Strategy<Value = String> {
    let shares = || {
        select(vec![
            r#"regular_budget = "0.5", host_state = "0.5""#,
            r#"host_state = "0.5", regular_budget = "0.5""#,
            r#"special_fund = "0.25", host_state = "0.5", regular_budget = "0.25""#,
            r#"regular_budget = "0.333333333333", host_state = "0.333333333334", special_fund = "0.333333333333""#,
            r#"host_state = "1""#,
            r#"regular_budget = "0", special_fund = "1.0""#,
            r#"regular_budget = "0.985", special_fund = "0.015""#,
        ])
    };
    (option::weighted(0.8, shares()), option::weighted(0.4, (select(&CATEGORIES[..]), shares()))).prop_map(
        |(general, special)| {
            let special = special.map(|(category, shares)| format!("by_category = {{ {category} = {{ {shares} }} }}"));
            let parts: Vec<String> = general.map(ToOwned::to_owned).into_iter().chain(special).collect();
            format!("{{ {} }}", parts.join(", "))
        },
    )
}

fn stages(horizon: u32) -> impl Strategy<Value = Vec<(usize, Option<u32>)>> {
    let stage = (0..3_usize, prop_oneof![3 => 1..=horizon, 2 => 1..=6_u32, 1 => 1..=3_u32]);
    (vec(stage, 1..=5), any::<bool>()).prop_map(|(stages, open)| {
        let last = stages.len() - 1;
        let months = |(place, (solution, months))| (solution, (place < last || !open).then_some(months));
        stages.into_iter().enumerate().map(months).collect()
    })
}

fn increase() -> impl Strategy<Value = String> {
    prop_oneof![
        select(vec!["0", "0.02", "0.025", "0.5", "-0.5", "-0.25", "1", "2", "0.2", "-0.05", "0.333333333333"])
            .prop_map(ToOwned::to_owned),
        (-900..2000_i32).prop_map(thousandths),
    ]
}

fn exchange_rate() -> impl Strategy<Value = String> {
    prop_oneof![
        select(vec!["1", "0.5", "0.9", "1.25", "0.005", "655.957", "0.001524", "3", "0.333333333333"])
            .prop_map(ToOwned::to_owned),
        (1..3000_i32).prop_map(thousandths),
    ]
}

fn thousandths(value: i32) -> String {
    let sign = if value < 0 { "-" } else { "" };
    format!("{sign}{}.{:03}", value.abs() / 1000, value.abs() % 1000)
}

/// A rate table: some years, and a default unless there may be gaps.
fn table(year: i32, gaps: bool, rate: BoxedStrategy<String>) -> impl Strategy<Value = String> {
    let default = if gaps { option::weighted(0.6, rate.clone()).boxed() } else { rate.clone().prop_map(Some).boxed() };
    (default, proptest::collection::btree_map(-4..=5_i32, rate, 0..=4)).prop_map(move |(default, years)| {
        let mut text = default.map_or(String::new(), |rate| format!("default = \"{rate}\"\n"));
        for (after, rate) in years {
            writeln!(text, "{} = \"{rate}\"", year + after).unwrap();
        }
        text
    })
}

fn rates(currency: &'static str, year: i32, gaps: bool) -> impl Strategy<Value = String> {
    let discount = option::of(increase());
    let indices = [table(year, gaps, increase().boxed()), table(year, gaps, increase().boxed())];
    let fx = vec(table(year, gaps, exchange_rate().boxed()), CURRENCIES.len());
    (discount, indices, fx, vec(profile(), PROFILES.len())).prop_map(move |(discount, indices, fx, profiles)| {
        let mut text = String::new();
        if let Some(rate) = discount {
            writeln!(text, "[rates]\ndiscount = \"{rate}\"").unwrap();
        }
        for (number, index) in indices.iter().enumerate() {
            writeln!(text, "[rates.index.i{number}]\n{index}").unwrap();
        }
        for (other, table) in CURRENCIES.iter().zip(&fx).filter(|(other, _)| **other != currency) {
            writeln!(text, "[rates.fx.{other}]\n{table}").unwrap();
        }
        for (name, knots) in PROFILES.iter().zip(&profiles) {
            writeln!(text, "[profiles.{name}]\nknots = [{knots}]").unwrap();
        }
        text
    })
}

/// Knots 3 or 7 months apart give thirds and sevenths.
fn profile() -> impl Strategy<Value = String> {
    let share = prop_oneof![
        select(vec!["0", "1", "0.5", "0.05", "0.35", "0.125", "0.000000000005"]).prop_map(ToOwned::to_owned),
        (0..=1000_i32).prop_map(thousandths),
    ];
    let step = select(vec![1, 2, 3, 3, 3, 7, 7, 12_u32]);
    (0..=4_u32, vec((step, share), 1..=4)).prop_map(|(first, knots)| {
        let mut month = first;
        let mut parts = Vec::new();
        for (step, share) in knots {
            parts.push(format!("[{month}, \"{share}\"]"));
            month += step;
        }
        parts.join(", ")
    })
}

fn household() -> impl Strategy<Value = String> {
    let ages = |key: &'static str| {
        option::weighted(0.3, (0..=30_u32, 0..=40_u32)).prop_map(move |ages| {
            ages.map_or(String::new(), |(from, more)| format!("{key} = {{ from = {from}, to = {} }}\n", from + more))
        })
    };
    (ages("school_age"), ages("working_age"), any::<bool>()).prop_map(|(school, work, named)| {
        let reference = if named { "reference = \"CASE-1\"\n" } else { "" };
        format!("{reference}{school}{work}")
    })
}

fn member(start: i32, horizon: i32) -> impl Strategy<Value = String> {
    // Birthdays that change a driver fall within the horizon more often than not.
    let turning = (select(vec![0, 4, 5, 14, 18, 65_i32]), -2..=horizon)
        .prop_map(move |(age, after)| format!("born = \"{}\"", month(start + after - age * 12)));
    let born = (-1000..=horizon + 3).prop_map(move |after| format!("born = \"{}\"", month(start + after)));
    let age = (0..=90_u32).prop_map(|age| format!("age = {age}"));
    let role = option::weighted(0.3, select(vec!["witness", "partner", "child", "parent", "sibling", "dependant"]));
    let joins = option::weighted(0.35, -6..=horizon + 2);
    let stays = option::weighted(0.3, (-3..=horizon + 2, 0..=horizon));
    (prop_oneof![4 => turning, 2 => born, 2 => age], role, joins, stays).prop_map(move |(birth, role, joins, stays)| {
        let mut text = birth;
        if let Some(role) = role {
            write!(text, ", role = {role:?}").unwrap();
        }
        if let Some(joins) = joins {
            write!(text, ", joins = \"{}\"", month(start + joins)).unwrap();
        }
        if let Some((from, months)) = stays {
            let leaves = joins.unwrap_or(from) + months;
            write!(text, ", leaves = \"{}\"", month(start + leaves)).unwrap();
        }
        text
    })
}

/// Amounts, many of them at half a minor unit of some currency.
fn amount() -> impl Strategy<Value = String> {
    let size = prop_oneof![
        select(vec![
            "0.005",
            "0.015",
            "0.125",
            "33.335",
            "0.5",
            "1.5",
            "2.5",
            "0.0005",
            "100",
            "950",
            "1234.56",
            "0",
            "999.995",
            "0.0075",
            "0.0225",
            "12345678.905",
            "0.000000000001"
        ])
        .prop_map(ToOwned::to_owned),
        (0..5000_u32, 0..100_u32).prop_map(|(whole, part)| format!("{whole}.{part:02}5")),
        (0..100_000_u32).prop_map(|whole| whole.to_string()),
    ];
    (size, prop::bool::weighted(0.2)).prop_map(|(size, credit)| if credit { format!("-{size}") } else { size })
}

fn schedule() -> impl Strategy<Value = String> {
    let range = || {
        (option::of(0..=12_u32), option::of(0..=24_u32)).prop_map(|(from, more)| {
            let first = from.unwrap_or(0);
            let from = from.map(|from| format!("from = {from}"));
            let until = more.map(|more| format!("until = {}", first + more));
            from.into_iter().chain(until).collect::<Vec<_>>()
        })
    };
    let months = proptest::sample::subsequence((1..=12_u32).collect::<Vec<_>>(), 1..=6).prop_shuffle();
    let joined = |parts: Vec<String>| parts.join(", ");
    prop_oneof![
        4 => range().prop_map(move |range| format!("{{ monthly = {{ {} }} }}", joined(range))),
        2 => option::of(0..=15_u32).prop_map(|at| {
            at.map_or("\"once\"".to_owned(), |at| format!("{{ once = {{ at = {at} }} }}"))
        }),
        2 => (1..=9_u32, range()).prop_map(move |(n, range)| {
            let parts = [vec![format!("months = {n}")], range].concat();
            format!("{{ every = {{ {} }} }}", joined(parts))
        }),
        2 => (months, range()).prop_map(move |(months, range)| {
            let parts = [vec![format!("months = {months:?}")], range].concat();
            format!("{{ calendar = {{ {} }} }}", joined(parts))
        }),
        2 => Just("\"on_exit\"".to_owned()),
        2 => Just("\"on_join\"".to_owned()),
    ]
}

fn severity() -> impl Strategy<Value = String> {
    // Rising numbers, with halves.
    (vec(0..4000_u32, 3), 1..=9_u32, 1..=9_u32, 0..9_usize).prop_map(|(values, p, q, which)| {
        let mut values = values;
        values.sort_unstable();
        let [low, mode, high] = [0, 1, 2].map(|place: usize| format!("{}.5", values[place]));
        match which {
            0 => format!(r#"{{ uniform = {{ low = "{low}", high = "{high}" }} }}"#),
            1 => format!(r#"{{ triangular = {{ low = "{low}", mode = "{mode}", high = "{high}" }} }}"#),
            2 => format!(r#"{{ pert = {{ low = "{low}", mode = "{mode}", high = "{high}" }} }}"#),
            3 => format!(r#"{{ pert = {{ low = "{low}", mode = "{mode}", high = "{high}", shape = "{p}.5" }} }}"#),
            4 => format!(r#"{{ lognormal = {{ mean = "{high}", sd = "{low}" }} }}"#),
            5 => format!(r#"{{ gamma = {{ mean = "{mode}", sd = {p} }} }}"#),
            6 => format!(r#"{{ beta = {{ alpha = "{p}", beta = "0.{q}", low = "{low}", high = "{high}" }} }}"#),
            7 => format!(r#"{{ discrete = {{ values = ["{high}", "{low}", {q}], weights = ["0.{p}", 0, {q}] }} }}"#),
            _ if p < 4 => format!(r#"{{ empirical = {{ values = ["{mode}"] }} }}"#),
            _ => format!(r#"{{ empirical = {{ values = ["{high}", "{low}", "{mode}", {p}] }} }}"#),
        }
    })
}

fn line(currency: &'static str, year: i32, ids: &[String]) -> impl Strategy<Value = LineDraft> + use<> {
    let price = prop_oneof![
        4 => (amount(), schedule()).prop_map(|(amount, schedule)| (format!("amount = \"{amount}\""), Some(schedule))),
        1 => (select(vec!["0", "1", "0.5", "0.08", "12", "0.333"]), severity(), option::of(Just("{ monthly = { from = 2, until = 20 } }")))
            .prop_map(|(per_year, severity, schedule)| {
                (format!("event = {{ per_year = \"{per_year}\", severity = {severity} }}"), schedule.map(ToOwned::to_owned))
            }),
    ];
    let whose = prop_oneof![2 => Just(currency).boxed(), 1 => select(&CURRENCIES[..]).boxed()];
    let few = |ids: &[String], most: usize| {
        proptest::sample::subsequence(ids.to_vec(), 0..=most.min(ids.len())).prop_map(|ids| format!("{ids:?}"))
    };
    let needs = option::weighted(0.4, select(&DRIVERS[..]));
    let relief = option::weighted(0.5, (select(&PROFILES[..]), few(ids, 2), needs)).prop_map(|relief| {
        relief.map_or(String::new(), |(profile, requires, needs)| {
            let needs = needs.map_or(String::new(), |needs| format!(", needs = {needs:?}"));
            let requires = if requires == "[]" { String::new() } else { format!(", requires = {requires}") };
            format!("relief = {{ profile = {profile:?}{requires}{needs} }}\n")
        })
    });
    let index = option::weighted(0.5, select(vec!["i0", "i1"]));
    let clock = option::of(select(vec!["entitled", "stage", "pathway"]));
    let base = option::weighted(0.3, -4..=5_i32);
    let label = select(vec!["\"plain\"", r#"{ en = "a \"b\" \\ # = x", fr = "l'été, 家" }"#]);
    let parts = (
        (price, whose, select(&DRIVERS[..]), select(&CATEGORIES[..])),
        (few(ids, 2), few(ids, 2), relief, index),
        (clock, base, label),
    );
    parts.prop_map(
        move |(((price, schedule), whose, driver, category), (when, unless, relief, index), (clock, base, label))| {
            let index = index.map_or(String::new(), |index| format!("index = {index:?}\n"));
            let base = base.map_or(String::new(), |after| format!("price_base_year = {}\n", year + after));
            let rest = format!(
                "{price}\ncurrency = {whose:?}\ndriver = {driver:?}\ncategory = {category:?}\nlabel = {label}\n\
                 when = {when}\nunless = {unless}\n{relief}{index}{base}source = \"random\"\n"
            );
            LineDraft { schedule, clock, rest }
        },
    )
}
