//! Wrong input of every key of a programme's file.
//!
//! The keys are those of the JSON Schema. `every_key` is a programme that is right and has all of them. Each of its values is
//! made wrong in the ways that the schema names (another kind, a number beyond its bounds, a word that is none, a name that
//! is none), in TOML and in JSON, and each time the finding must stand at the line and column of that value. A key that the
//! schema gets and `every_key` does not have fails the test. What is wrong between keys is in `programme_input.rs`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use relocost::scenario::CatalogueText;
use relocost::schema::{FileKind, json_schema};
use relocost::syntax::{Format, Source};
use relocost::{Error, Lang, Loader, Message, Programme};
use serde_json::{Map, Value, json};

/// Every distribution, with values that an index's shift, a slip and a severity can have.
const DISTRIBUTIONS: [&str; 10] = [
    "{ uniform = { low = 1, high = 2 } }",
    "{ triangular = { low = 1, mode = 2, high = 3 } }",
    "{ pert = { low = 1, mode = 2, high = 3, shape = 4 } }",
    "{ normal = { mean = 2, sd = 0 } }",
    "{ lognormal = { mean = 2, sd = 1 } }",
    "{ lognormal = { p5 = 1, p95 = 3 } }",
    "{ gamma = { mean = 2, sd = 1 } }",
    "{ beta = { alpha = 1, beta = 2, low = 1, high = 3 } }",
    "{ discrete = { values = [1, 2], weights = [1, 1] } }",
    "{ empirical = { values = [1, 2] } }",
];
const SCHEDULES: [&str; 5] = [
    "{ monthly = { from = 1, until = 5 } }",
    "{ once = { at = 2 } }",
    "{ every = { months = 3, from = 1, until = 9 } }",
    "{ calendar = { months = [1, 7], from = 0, until = 11 } }",
    "{ dates = { months = [\"2026-03\"] } }",
];
const ON: [&str; 4] = ["{ on_exit = {} }", "{ on_end = {} }", "{ on_join = {} }", "{ on_leave = {} }"];
/// What no message may show: values of households, and the agreements' names.
const SECRETS: [&str; 9] =
    ["vessel", "Vessel", "Navire", "hidden", "1987", "HH-SECRET", "91827", "hidden.csv", "hidden.toml"];

const HEAD: &str = r#"
schema = 1
title = "A programme"
catalogue = "reference"
currency = "EUR"
price_base_year = 2026
fiscal_year_start = 1
entitlements = ["work", { id = "language", label = { en = "Language", fr = "Langue" } }]
places = [{ id = "aville", label = { en = "A", fr = "B" } }]
categories = [{ id = "other", label = { en = "Other", fr = "Autres" } }]
funds = [{ id = "reserve", label = { en = "Reserve", fr = "Réserve" } }]

[drivers.grown]
members = { roles = ["witness"], age = { from = 18, to = 99 } }
[drivers.some]
of = "person"
per = 2
[drivers.banded]
of = "person"
steps = [[1, "1"], [3, "2"]]
[profiles.slow]
knots = [[0, "0"], [24, "1"]]
source = "made up"
[rates]
discount = "0.02"
[rates.index.wages]
default = "0.02"
2027 = "0.03"
month = 4
source = "made up"
[rates.fx.CHF]
default = "1.05"
2027 = "1.1"
"2027-03" = "1.2"
source = "made up"
[rates.level.aville]
other = "1.2"
source = "made up"
[solutions.half]
label = { en = "Half", fr = "Demi" }
kind = "permanent"
entitlements = ["work"]
place = "aville"
funding = { reserve = 1, by_category = { other = { reserve = 1 } } }
source = "made up"
[pathways.later]
stages = [{ solution = "temporary", months = 3 }, { solution = "half", place = "aville" }]
[household]
school_age = { from = 4, to = 17 }
working_age = { from = 18, to = 64 }

[programme]
first_fiscal_year = 2026
fiscal_years = 2
processing_months = 2
queue = "priority"
waiting = "temporary"
settled = "permanent"
support_months = { permanent = 60 }
run_off_months = 6
ceiling = { reserve = { 2027 = 50000, default = 60000 } }

[[cases]]
id = "first"
members = [{ role = "witness", born = "1987-04", joins = "2026-02", leaves = "2027-02" }, { age = 9 }]
reference = "HH-SECRET"
ages_at = "2026-01"
arrives = "2025-06"
count = 2
every_months = 3
ends = "2027-12"
priority = 4
agreements = ["vessel-0"]
[[cases]]
scenario = "hidden.toml"
arrives = "2026-01"
placed = { solution = "half", moves = "2026-05" }
[[cases]]
caseload = "hidden.csv"
row = "HH-SECRET"
arrives = "2026-01"
pathway = "later"

[[arrivals]]
id = "more"
per_year = 2
from = "2026-03"
until = "2027-03"
members = [{ role = "witness", born = "1987-04", joins = "2026-02", leaves = "2027-02" }, { age = 9 }]
reference = "HH-SECRET"
ages_at = "2026-01"
priority = 4
agreements = ["vessel-0"]
[[arrivals]]
per_year = 1
scenario = "hidden.toml"
[[arrivals]]
per_year = 1
caseload = "hidden.csv"

[[agreements]]
id = "vessel-0"
label = { en = "Vessel", fr = "Navire" }
solution = "half"
signed = true
unit = "person"
from = "2026-02"
places_per_year = 3
until = "2027-08"
carry_over = true
in_hand = 1
processing_months = 3
pauses = [{ from = "2026-05", until = "2026-06" }]
max_persons = 5
until_slips = false
refusal = { probability = "0.1", after_months = 2 }

[[correlations]]
between = ["rates.index.wages.shift", "agreements.vessel-1.slip"]
spearman = "0.5"
[[expect]]
figure = "lines.as_planned.total"
within = [0, "999999999"]
why = "A guess."
[[expect]]
figure = "waiting.queued"
equals = 1
[[expect]]
figure = "waiting.queued"
at_most = 1
[[expect]]
figure = "waiting.queued"
at_least = 1
"#;

/// A line's keys that every line has here.
fn priced(id: &str) -> String {
    format!(
        "id = \"{id}\"\ncategory = \"other\"\nlabel = {{ en = \"Line\", fr = \"Poste\" }}\ncurrency = \"EUR\"\n\
         source = \"made up\"\n"
    )
}

/// A programme that is right, with every key.
fn every_key() -> Value {
    let mut text = HEAD.to_owned();
    for (place, schedule) in SCHEDULES.iter().chain(&ON).enumerate() {
        let line = priced(&format!("line-{place}"));
        write!(text, "[[lines]]\n{line}driver = \"person\"\nschedule = {schedule}\namount = \"10\"\n").unwrap();
    }
    for (place, schedule) in SCHEDULES.iter().enumerate() {
        let line = priced(&format!("own-{place}"));
        let driver = "driver = { count = \"cases\", kind = \"temporary\", per = 3 }";
        write!(text, "[[programme.lines]]\n{line}{driver}\nschedule = {schedule}\namount = 10\nindex = \"wages\"\n")
            .unwrap();
    }
    let dated = "amounts = { 2020-01 = \"10\" }\nvalid = { from = \"2026-02\", until = \"2027-05\" }\n";
    let own = priced("own-dated") + "driver = { count = \"programme\" }\nschedule = \"monthly\"\n";
    write!(text, "[[programme.lines]]\n{own}{dated}funding = {{ reserve = \"1\" }}\n").unwrap();
    let own = priced("own-based") + "driver = { count = \"programme\" }\nschedule = \"monthly\"\namount = 1\n";
    write!(text, "[[programme.lines]]\n{own}price_base_year = 2025\n").unwrap();
    let whole = "driver = \"person\"\nschedule = \"monthly\"\namount = \"10\"\nindex = \"wages\"\nprice_base_year = 2025\n\
         clock = \"pathway\"\nwhen = [\"work\"]\nunless = [\"language\"]\nsolutions = [\"half\"]\nplaces = [\"aville\"]\n\
         relief = { profile = \"slow\", requires = [\"work\"], needs = \"person\" }\n";
    write!(text, "[[lines]]\n{}{whole}", priced("whole")).unwrap();
    write!(text, "[[lines]]\n{}driver = \"person\"\nschedule = \"monthly\"\n{dated}", priced("dated")).unwrap();
    for share in ["lines = [\"whole\"]", "categories = [\"housing\"], except = [\"rent\"]"] {
        let id = if share.starts_with("lines") { "share" } else { "shares" };
        let line = format!("id = \"{id}\"\ncategory = \"other\"\nlabel = \"Share\"\nsource = \"made up\"\n");
        write!(text, "[[lines]]\n{line}percentage = {{ share = \"0.1\", {share} }}\n").unwrap();
    }
    let back = "id = \"back\"\ncategory = \"other\"\nlabel = \"Back\"\nsource = \"made up\"\n";
    write!(text, "[[lines]]\n{back}refund = {{ of = \"whole\", share = 1 }}\n").unwrap();
    text += "[[lines]]\nid = \"rent\"\ninherit = true\namount = \"1100\"\n[[lines]]\nid = \"short-let\"\ndrop = true\n";
    text += "[[uncertain]]\nparameter = \"rates.index.wages.shift\"\ndistribution = { uniform = { low = 0, high = \"0.01\" } }\n";
    for (place, distribution) in DISTRIBUTIONS.iter().enumerate() {
        let line = priced(&format!("event-{place}"));
        // What an event costs is never below 0, and its mean is rational.
        let is_severity = !distribution.contains("{ normal") && !distribution.contains("p95");
        let severity = if is_severity { distribution } else { DISTRIBUTIONS[0] };
        write!(text, "[[lines]]\n{line}driver = \"person\"\nevent = {{ per_year = \"0.1\", severity = {severity} }}\n")
            .unwrap();
        write!(text, "[[uncertain]]\nparameter = \"lines.event-{place}.factor\"\ndistribution = {distribution}\n")
            .unwrap();
        let grants = "label = \"Vessel\"\ngrants = [{ month = \"2026-03\", places = 1 }]";
        let id = place + 1;
        write!(
            text,
            "[[agreements]]\nid = \"vessel-{id}\"\n{grants}\nslip = {distribution}\nprocessing = {distribution}\n"
        )
        .unwrap();
    }
    toml::from_str(&text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// A step from a value to one within it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Key(String),
    Item(usize),
}
type Way = Vec<Step>;

fn get<'v>(value: &'v Value, way: &[Step]) -> &'v Value {
    way.iter().fold(value, |value, step| match step {
        Step::Key(key) => &value[key],
        Step::Item(place) => &value[*place],
    })
}

fn set(value: &mut Value, way: &[Step], to: Value) {
    let place = way.iter().fold(value, |value, step| match step {
        Step::Key(key) => &mut value[key],
        Step::Item(place) => &mut value[*place],
    });
    *place = to;
}

fn with(way: &[Step], step: Step) -> Way {
    [way, &[step]].concat()
}

/// A text of a value, and the line and column of each value in it.
struct Written {
    text: String,
    /// The number of lines that are ended, and where the last of them ends.
    lines: (u32, usize),
    places: BTreeMap<Way, (u32, u32)>,
    toml: bool,
}

impl Written {
    fn of(value: &Value, toml: bool) -> Self {
        let mut it = Self { text: String::new(), lines: (0, 0), places: BTreeMap::new(), toml };
        let Some(keys) = value.as_object().filter(|_| toml) else {
            it.value(value, &Vec::new());
            return it;
        };
        for (key, value) in keys {
            it.key(key);
            it.value(value, &vec![Step::Key(key.clone())]);
            it.end_of_line("");
        }
        it
    }

    fn end_of_line(&mut self, after: &str) {
        self.text += after;
        self.text.push('\n');
        self.lines = (self.lines.0 + 1, self.text.len());
    }

    fn key(&mut self, key: &str) {
        self.text += &Value::from(key).to_string();
        self.text += if self.toml { " = " } else { ": " };
    }

    fn value(&mut self, value: &Value, way: &Way) {
        let column = self.text[self.lines.1..].chars().count() + 1;
        self.places.insert(way.clone(), (self.lines.0 + 1, column.try_into().unwrap()));
        match value {
            Value::Array(items) => {
                self.end_of_line("[");
                for (place, item) in items.iter().enumerate() {
                    self.value(item, &with(way, Step::Item(place)));
                    self.end_of_line(if place + 1 < items.len() { "," } else { "" });
                }
                self.text += "]";
            }
            Value::Object(keys) => {
                self.text += "{ ";
                for (place, (key, value)) in keys.iter().enumerate() {
                    self.key(key);
                    self.value(value, &with(way, Step::Key(key.clone())));
                    self.text += if place + 1 < keys.len() { ", " } else { "" };
                }
                self.text += " }";
            }
            leaf => self.text += &leaf.to_string(),
        }
    }

    /// What the reader makes of it.
    fn read(&self) -> Result<Programme, Error> {
        let bring = |name: &str| {
            let text = if name == "hidden.csv" {
                "reference,members\nHH-SECRET,34\n"
            } else {
                "household = { members = [{ age = 34 }] }\n"
            };
            Ok::<_, Message>(CatalogueText { name: "other".to_owned(), text: text.to_owned(), format: Format::Toml })
        };
        let source =
            if self.toml { Source::toml("programme", &self.text) } else { Source::json("programme", &self.text) };
        Loader::new().households(bring).load_programme(source)
    }
}

/// The wrong values that a schema tells, and those of any kind but its own. `secret` ones may not be shown.
fn wrong_values(schema: &Value, secret: bool) -> Vec<Value> {
    let alternatives = ["anyOf", "oneOf"].map(|word| schema[word].as_array().cloned().unwrap_or_default()).concat();
    let kinds: BTreeSet<&str> =
        std::iter::once(schema).chain(&alternatives).filter_map(|it| it["type"].as_str()).collect();
    let nonsense = if secret { "hidden-91827 !" } else { "No name, no month!" };
    let mut wrong = Vec::new();
    let is_flag = kinds.contains("boolean") || schema["const"].is_boolean();
    wrong.push(if is_flag { json!(nonsense) } else { json!(true) });
    if schema["const"].is_number() {
        wrong.push(json!(2));
    }
    if let Some(least) = schema["minimum"].as_i64() {
        wrong.extend([json!(least - 1), json!("1"), json!(1.5)]);
    }
    if schema["maximum"].is_number() {
        wrong.push(if secret { json!(9_182_700) } else { json!(schema["maximum"].as_i64().unwrap_or_default() + 1) });
    }
    let words = schema["enum"].is_array() || alternatives.iter().any(|it| it["enum"].is_array());
    let pattern = schema["pattern"].is_string() || alternatives.iter().any(|it| it["pattern"].is_string());
    if words || pattern {
        wrong.push(json!(nonsense));
    }
    if schema["type"] == "string" && !words && !pattern {
        wrong.push(json!("a\u{7}b"));
    }
    if schema["minItems"].as_u64().is_some_and(|least| least > 0) && schema["prefixItems"].is_null() {
        wrong.push(json!([]));
    }
    if schema["type"] == "object" || alternatives.iter().any(|it| it["type"] == "object") {
        wrong.push(json!([1]));
    }
    wrong
}

/// Goes through a schema with the values that are at its place.
struct Walk<'v> {
    whole: &'v Value,
    /// Keys that no value has.
    lacking: BTreeSet<String>,
    /// By keys of the schema, the way to the first value, and its schemas.
    found: BTreeMap<String, (Way, Vec<Value>)>,
    /// Tables whose names are free, each with what a name must be like.
    named: BTreeSet<Way>,
    keys: BTreeSet<String>,
}

impl Walk<'_> {
    fn keep(&mut self, path: &str, ways: &[Way], schema: &Value) {
        if let Some(way) = ways.first() {
            let (_, schemas) = self.found.entry(path.to_owned()).or_insert_with(|| (way.clone(), Vec::new()));
            schemas.push(schema.clone());
        }
    }

    fn schema(&mut self, schema: &Value, path: &str, ways: &[Way]) {
        for (key, below) in schema["properties"].as_object().into_iter().flatten() {
            let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            let inner: Vec<Way> = ways
                .iter()
                .filter(|way| get(self.whole, way).get(key).is_some())
                .map(|way| with(way, Step::Key(key.clone())))
                .collect();
            self.keys.insert(path.clone());
            if inner.is_empty() {
                self.lacking.insert(path.clone());
            }
            self.keep(&path, &inner, below);
            self.schema(below, &path, &inner);
        }
        let fixed = schema["properties"].as_object();
        let own = |way: &Way| -> Vec<Way> {
            let keys = get(self.whole, way).as_object().into_iter().flatten();
            let free = keys.filter(|(key, _)| fixed.is_none_or(|fixed| !fixed.contains_key(*key)));
            free.map(|(key, _)| with(way, Step::Key(key.clone()))).collect()
        };
        let free: Vec<Way> = ways.iter().flat_map(own).collect();
        let below = schema["patternProperties"].as_object().into_iter().flatten().map(|(_, below)| below);
        for below in below.chain(Some(&schema["additionalProperties"]).filter(|it| it.is_object())) {
            if free.is_empty() {
                self.lacking.insert(format!("{path}.*"));
            }
            self.keep(&format!("{path}.*"), &free, below);
            self.schema(below, &format!("{path}.*"), &free);
        }
        if schema["additionalProperties"].is_object() || schema["patternProperties"].is_object() {
            self.named.extend(ways.iter().filter(|way| get(self.whole, way).is_object()).cloned());
        }
        if schema["items"].is_object() {
            let items = |way: &Way| -> Vec<Way> {
                let count = get(self.whole, way).as_array().map_or(0, Vec::len);
                (0..count).map(|place| with(way, Step::Item(place))).collect()
            };
            let items: Vec<Way> = ways.iter().flat_map(items).collect();
            self.schema(&schema["items"], &format!("{path}[]"), &items);
        }
        for word in ["anyOf", "oneOf"] {
            for below in schema[word].as_array().into_iter().flatten() {
                self.schema(below, path, ways);
            }
        }
    }
}

fn walk(whole: &Value) -> Walk<'_> {
    let (lacking, found) = (BTreeSet::new(), BTreeMap::new());
    let mut walk = Walk { whole, lacking, found, named: BTreeSet::new(), keys: BTreeSet::new() };
    walk.schema(&json_schema(FileKind::Programme), "", &[Vec::new()]);
    walk
}

#[test]
fn every_key_of_the_schema_has_a_case() {
    let right = every_key();
    for toml in [true, false] {
        let programme = Written::of(&right, toml).read().unwrap_or_else(|error| panic!("{error}"));
        for warning in programme.warnings() {
            shows_nothing(&format!("{warning}{}", warning.text(Lang::Fr)), "a warning");
        }
        assert!(programme.run().unwrap().cases.is_none());
    }
    let walk = walk(&right);
    assert!(walk.lacking.is_empty(), "keys that `every_key` lacks: {:?}", walk.lacking);
    assert!(walk.keys.contains("agreements[].slip.beta.alpha") && walk.keys.len() > 300, "{}", walk.keys.len());
    assert!(jsonschema::validator_for(&json_schema(FileKind::Programme)).unwrap().is_valid(&right));
    // A key that is new is missed.
    let mut without = right.clone();
    without["agreements"][0].as_object_mut().unwrap().remove("max_persons");
    assert_eq!(self::walk(&without).lacking, BTreeSet::from(["agreements[].max_persons".to_owned()]));
}

fn shows_nothing(text: &str, of: &str) {
    for secret in SECRETS {
        assert!(!text.contains(secret), "{of} shows {secret}: {text}");
    }
}

/// Whether a value is one of a household.
fn is_secret(way: &[Step]) -> bool {
    matches!(way.first(), Some(Step::Key(key)) if key == "cases" || key == "arrivals")
}

/// A finding stands at the value, under its key, in two languages, and shows no household.
fn told(changed: &Value, way: &Way, toml: bool) -> Result<(), String> {
    let written = Written::of(changed, toml);
    let of = format!("{way:?} = {}, in {}", get(changed, way), if toml { "TOML" } else { "JSON" });
    let Err(error) = written.read() else { return Err(format!("{of}: accepted")) };
    shows_nothing(&format!("{error}{}", error.text(Lang::Fr)), &of);
    let place = written.places[way];
    let name = way.iter().rev().find_map(|step| if let Step::Key(key) = step { Some(key.as_str()) } else { None });
    let at_place =
        error.findings().iter().filter(|it| it.place.as_ref().is_some_and(|at| (at.line, at.column) == place));
    let mut said = at_place.filter(|it| {
        let last = it.key.rsplit(['.']).next().unwrap_or_default();
        let last = last.split('[').next().unwrap_or_default();
        // The id of a place or an agreement is no part of a finding.
        name.is_some_and(|name| last == name || name == "aville" && last == "(not shown)")
            && it.message.en() != it.message.fr()
    });
    if said.next().is_none() { Err(format!("{of}: expected at {place:?}, but {error}")) } else { Ok(()) }
}

#[test]
fn wrong_values_of_every_key_are_refused_where_they_stand() {
    let right = every_key();
    let mut failed = Vec::new();
    for (way, schemas) in walk(&right).found.values() {
        let secret = is_secret(way);
        // What is right by one of the schemas of a place, as an alternative, is no wrong value.
        let validators: Vec<_> = schemas.iter().map(|it| jsonschema::validator_for(it).unwrap()).collect();
        let wrong: BTreeMap<String, Value> = schemas
            .iter()
            .flat_map(|schema| wrong_values(schema, secret))
            .filter(|value| !validators.iter().any(|it| it.is_valid(value)))
            .map(|value| (value.to_string(), value))
            .collect();
        assert!(!wrong.is_empty(), "no wrong value of {way:?}");
        for (place, value) in wrong.into_values().enumerate() {
            // Both forms become one tree: the first value shows that its places in JSON are right.
            let forms: &[bool] = if place == 0 { &[true, false] } else { &[true] };
            let mut changed = right.clone();
            set(&mut changed, way, value);
            failed.extend(forms.iter().filter_map(|toml| told(&changed, way, *toml).err()));
        }
    }
    assert!(failed.is_empty(), "{} wrong values:\n{}", failed.len(), failed.join("\n"));
}

#[test]
fn wrong_names_and_unknown_keys_are_refused_where_they_stand() {
    let right = every_key();
    let walk = walk(&right);
    let tables = |value: &Value, way: &Way| -> Vec<Way> {
        let mut found = Vec::new();
        let mut left = vec![way.clone()];
        while let Some(way) = left.pop() {
            match get(value, &way) {
                Value::Object(keys) => {
                    left.extend(keys.keys().map(|key| with(&way, Step::Key(key.clone()))));
                    found.push(way);
                }
                Value::Array(items) => left.extend((0..items.len()).map(|place| with(&way, Step::Item(place)))),
                _ => {}
            }
        }
        found
    };
    let mut failed = Vec::new();
    let all = tables(&right, &Vec::new());
    assert!(walk.named.iter().all(|way| all.contains(way)) && walk.named.len() > 10);
    // One of those that stand at the same keys.
    let kind = |way: &Way| -> Vec<String> {
        way.iter().map(|step| if let Step::Key(key) = step { key.clone() } else { String::new() }).collect()
    };
    let each: BTreeMap<Vec<String>, Way> = all.into_iter().map(|way| (kind(&way), way)).collect();
    for way in each.into_values() {
        let mut changed = right.clone();
        let some = get(&right, &way).as_object().and_then(|keys: &Map<String, Value>| keys.values().next()).cloned();
        let mut table = get(&right, &way).clone();
        table["Hidden 91827!"] = some.unwrap_or_else(|| json!(1));
        if way.is_empty() {
            changed = table;
        } else {
            set(&mut changed, &way, table);
        }
        for toml in [true, false] {
            let written = Written::of(&changed, toml);
            let Err(error) = written.read() else {
                failed.push(format!("{way:?}: a wrong name is accepted"));
                continue;
            };
            let text = format!("{error}{}", error.text(Lang::Fr));
            shows_nothing(&text, &format!("{way:?}"));
            let is_of_agreement = matches!(way.first(), Some(Step::Key(key)) if key == "agreements");
            assert!(!(is_secret(&way) || is_of_agreement) || !text.contains("Hidden"), "{text}");
            // The key stands before its value, on the line of the value.
            let value = written.places[&with(&way, Step::Key("Hidden 91827!".to_owned()))];
            let before = u32::try_from("\"Hidden 91827!\" = ".len()).unwrap() - u32::from(!toml);
            let key = (value.0, value.1 - before);
            let said = |it: &relocost::error::Finding| {
                // Of two keys where one must stand the table itself is wrong.
                let places = [key, value, written.places.get(&way).copied().unwrap_or(key)];
                it.place.as_ref().is_some_and(|at| places.contains(&(at.line, at.column)))
            };
            if !error.findings().iter().any(said) {
                failed.push(format!("{way:?}: expected at {key:?}, but {error}"));
            }
        }
    }
    assert!(failed.is_empty(), "{} tables:\n{}", failed.len(), failed.join("\n"));
}
