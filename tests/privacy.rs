//! Nothing that could identify shows in what the library says, wherever in a file it stands.
//!
//! Secrets are planted as values and as keys at every place of a whole scenario, in both formats, and whatever is said of
//! it is searched for them: errors in both languages, their JSON, and `Debug` forms.

use relocost::caseload::{CaseTable, CaseloadOptions};
use relocost::scenario::CatalogueText;
use relocost::scenario::build::{MemberBuilder, line, member, scenario, solution, stage};
use relocost::syntax::{Format, Source};
use relocost::{Catalogue, Error, Lang, Loader, Programme, Scenario};
use toml::{Table, Value};

const FAMILY: &str = include_str!("golden/family-of-five.toml");

/// Values that must never show: as a text, as numbers, as months and days.
const SECRETS: &[&str] = &["SECRET", "1918-02", "918273645", "91.827"];

/// The values to plant.
fn planted() -> [Value; 6] {
    [
        Value::String("SECRET 1918-02".into()),
        Value::Integer(918_273_645),
        Value::Float(91.827),
        Value::Datetime("1918-02-03".parse().unwrap()),
        Value::Array(vec![Value::String("SECRET".into()), Value::Integer(918_273_645)]),
        Value::Table(Table::from_iter([("from".to_owned(), Value::String("SECRET".into()))])),
    ]
}

/// The keys under which nothing is shown, wherever they stand.
const PRIVATE: &[&str] = &[
    "title",
    "catalogue",
    "household",
    "reference",
    "members",
    "role",
    "born",
    "age",
    "ages_at",
    "joins",
    "leaves",
    "school_age",
    "working_age",
    "leave_out",
    "place",
    "places",
    "name",
    "note",
    "label",
    "source",
    "why",
    "nationality",
];

fn family() -> Table {
    FAMILY.replace("\"reference-catalogue.toml\"", "\"reference\"").parse().unwrap()
}

/// All that an error says.
fn said(error: &Error) -> String {
    let json = serde_json::to_string(error.findings()).unwrap();
    format!("{error}\n{}\n{json}\n{error:?}", error.text(Lang::Fr))
}

fn holds_no_secret(said: &str, what: &str) {
    for secret in SECRETS {
        assert!(!said.contains(secret), "{secret} shows of {what}:\n{said}");
    }
}

/// Reads a scenario in both formats; whatever is wrong with it must say no secret.
fn read(tables: &Table, what: &str) {
    let (toml, json) = (toml::to_string(tables).unwrap(), serde_json::to_string(tables).unwrap());
    for source in [Source::toml("file", &toml), Source::json("file", &json)] {
        match Loader::new().load(source) {
            Err(error) => holds_no_secret(&said(&error), what),
            Ok(scenario) => holds_no_secret(&format!("{scenario:?} {:?}", scenario.warnings()), what),
        }
        holds_no_secret(&format!("{source:?}"), what);
    }
}

/// The path of every table within a value, in which keys and places are one.
fn tables(value: &Value, path: &[String], found: &mut Vec<Vec<String>>) {
    let inner: Vec<(String, &Value)> = match value {
        Value::Table(table) => {
            found.push(path.to_vec());
            table.iter().map(|(key, value)| (key.clone(), value)).collect()
        }
        Value::Array(list) => list.iter().enumerate().map(|(place, value)| (place.to_string(), value)).collect(),
        _ => return,
    };
    for (step, value) in inner {
        tables(value, &[path, &[step]].concat(), found);
    }
}

fn table_at<'t>(value: &'t mut Value, path: &[String]) -> &'t mut Table {
    let value = path.iter().fold(value, |value, step| match value {
        Value::Array(list) => &mut list[step.parse::<usize>().unwrap()],
        other => other.get_mut(step).unwrap(),
    });
    value.as_table_mut().unwrap()
}

fn places() -> (Value, Vec<Vec<String>>) {
    let whole = Value::Table(family());
    let mut found = Vec::new();
    tables(&whole, &[], &mut found);
    assert!(found.len() > 40, "{}", found.len());
    (whole, found)
}

#[test]
fn displaced_keys_show_no_value() {
    let (whole, places) = places();
    for path in places {
        for value in planted() {
            let mut changed = whole.clone();
            let table = table_at(&mut changed, &path);
            for key in PRIVATE {
                table.insert((*key).to_owned(), value.clone());
            }
            read(changed.as_table().unwrap(), &path.join("."));
        }
    }
}

#[test]
fn a_displaced_household_shows_nothing() {
    let (whole, places) = places();
    let household: Table = toml::from_str(
        "reference = 'SECRET'\nmembers = [{ born = '1918-02', role = 'SECRET', 'SECRET NAME' = 1, age = 918273645 }]\n\
         add = [{ joins = 'SECRET', SECRET = '1918-02' }]\n'Jane SECRET' = { born = '1918-02' }\n\
         nairobi-secret = { members = ['SECRET'] }",
    )
    .unwrap();
    for path in places {
        let mut changed = whole.clone();
        table_at(&mut changed, &path).extend(household.clone());
        read(changed.as_table().unwrap(), &path.join("."));
        let mut changed = whole.clone();
        table_at(&mut changed, &path).insert("household".to_owned(), household.clone().into());
        read(changed.as_table().unwrap(), &path.join("."));
    }
}

/// The file that strangers found, and its like for every other header.
#[test]
fn a_header_that_is_commented_out_gives_nothing_away() {
    let found = Scenario::parse(
        "schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 12\n[pathways]\n# [household]\n\
         reference = \"SECRET-REFERENCE\"\ntitle = \"SECRET TITLE\"\nborn = \"1918-02\"\n",
    )
    .unwrap_err();
    let keys: Vec<&str> = found.findings().iter().map(|finding| finding.key.as_str()).collect();
    assert_eq!(keys, ["household", "pathways.reference", "pathways.title", "pathways.born"]);
    holds_no_secret(&said(&found), "the displaced file");
    let broken = "reference = 'SECRET'\nborn = '1918-02'\nmembers = [{ born = '1918-02' }]\n";
    for header in [
        "rates",
        "rates.index",
        "rates.index.x.shift",
        "rates.fx",
        "rates.fx.USD.factor",
        "rates.level",
        "rates.level.SECRET",
        "profiles",
        "profiles.x",
        "solutions",
        "solutions.x",
        "solutions.x.funding",
        "solutions.x.funding.by_category",
        "pathways.x",
        "[lines]",
        "lines.schedule",
        "[uncertain]",
        "[correlations]",
        "[expect]",
        "variants",
        "variants.x",
        "variants.x.household",
        "[entitlements]",
        "[categories]",
        "drivers.x.members",
        "[places]",
    ] {
        let text = format!("schema = 1\nstart = '2026-03'\n[{header}]\n{broken}");
        let text = if header.starts_with('[') { text.replace("]\nref", "]]\nref") } else { text };
        holds_no_secret(&said(&Scenario::parse(&text).unwrap_err()), header);
        holds_no_secret(&said(&Catalogue::parse(&text).unwrap_err()), header);
    }
}

/// A level of prices is given by place, and where somebody lives shows no more than who it is.
#[test]
fn a_place_is_no_more_shown_than_a_household() {
    let text = "schema = 1\n[rates.level.nairobi]\nhousing = 'x'\n[rates.level]\nthe-hague = 1\n";
    for wrong in [text, "schema = 1\n[solutions.s]\nplace = 'nairobi'\n[[lines]]\nid = 'a'\nplaces = ['nairobi', 3]\n"]
    {
        let said = said(&Catalogue::parse(wrong).unwrap_err());
        assert!(!said.contains("nairobi") && !said.contains("the-hague"), "{said}");
    }
}

#[test]
fn an_expectation_shows_neither_a_place_nor_an_agreement() {
    let scenario = |more: &str| {
        format!(
            "schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 12\nhousehold = {{ members = [] }}\n\
             places = [{{ id = \"secret\", label = \"S\" }}]\n\
             pathways.moved.stages = [{{ solution = \"temporary\", place = \"secret\" }}]\n{more}\n"
        )
    };
    let expected = |figure: &str| format!("expect = [{{ figure = \"{figure}\", equals = 1 }}]");
    for figure in [
        "by_plaec.secret",
        "by_place.secrett",
        "places.secrett",
        "by_location.secrett",
        "total.secrett",
        "by_place_secrett",
    ] {
        let error = Scenario::parse(&scenario(&expected(&format!("pathways.moved.{figure}")))).unwrap_err();
        assert!(!said(&error).contains("secret"), "{figure}: {error}");
    }
    // A place where a category should stand.
    let error = Scenario::parse(&scenario("rates.level.housing.secret = \"1.1\"")).unwrap_err();
    assert!(!said(&error).contains("secret"), "{error}");
    let failing = Scenario::parse(&scenario(&expected("pathways.moved.by_place.secret"))).unwrap();
    let outcomes = failing.run_expectations().unwrap();
    assert!(!outcomes[0].passed && !outcomes[0].to_string().contains("secret"), "{}", outcomes[0]);
    assert_eq!(outcomes[0].name(), "pathways.moved.by_place.(not shown)");

    let programme = "schema = 1\ncatalogue = \"reference\"\nprogramme = { first_fiscal_year = 2026, fiscal_years = 1 }\n\
        cases = [{ members = [{ age = 40 }], arrives = \"2026-01\", reference = \"secret\" }]\n\
        agreements = [{ id = \"secret\", label = \"S\", from = \"2026-01\", places_per_year = 1 }]\n";
    for (figure, value) in [("agreements.secret.granted", "7"), ("cases.0.reference", "\"hidden\"")] {
        let text = format!("{programme}expect = [{{ figure = \"{figure}\", equals = {value} }}]");
        let outcomes = Programme::parse(&text).unwrap().run_expectations().unwrap();
        let told = outcomes[0].to_string();
        assert!(!outcomes[0].passed && !told.contains("secret") && !told.contains("hidden"), "{told}");
    }
}

/// Messages of the parsers for a text that is broken anywhere.
#[test]
fn broken_texts_show_nothing_of_what_they_say() {
    let mut tables = family();
    tables.insert("title".into(), "SECRET".into());
    tables["household"].as_table_mut().unwrap().insert("reference".into(), "SECRET-1918-02".into());
    tables["household"].as_table_mut().unwrap().insert("SECRET".into(), planted()[4].clone());
    let texts = [toml::to_string(&tables).unwrap(), serde_json::to_string_pretty(&tables).unwrap()];
    for (text, format) in texts.iter().zip([Format::Toml, Format::Json]) {
        let marks: Vec<usize> =
            text.match_indices(['"', '[', ']', '{', '}', '=', ':', ',', '\n']).map(|(at, _)| at).collect();
        for at in marks {
            for with in ["", "\"", "[", "= "] {
                let broken = format!("{}{with}{}", &text[..at], &text[at + 1..]);
                if let Err(error) = Loader::new().load(Source { name: "file", text: &broken, format }) {
                    holds_no_secret(&said(&error), &format!("{format:?} broken at {at}"));
                }
            }
        }
    }
}

#[test]
fn tables_of_households_show_nothing() {
    let scenario = Scenario::parse(&toml::to_string(&family()).unwrap()).unwrap();
    for text in [
        "SECRET,members\nA,34\n",
        "reference,members,SECRET\nA,34,SECRET\n",
        "reference,members\nSECRET SECRET,34\nB,SECRET 1918-02x 918273645\nC\n",
        "reference,members,count,start\nSECRET,1918-02,SECRET,SECRET\nSECRET,,918273645,1918-02-03\n",
        "reference,members\nSECRET,\"34\n",
        "reference,members\nSECRET,1918-02\nSECRET,9999-02\n",
    ] {
        let error = scenario.caseload(text.as_bytes(), &CaseloadOptions::default());
        match &error {
            Err(error) => holds_no_secret(&said(error), text),
            Ok(caseload) => holds_no_secret(&format!("{caseload:?}"), text),
        }
        let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split(',').collect()).collect();
        if let Ok(rows) = CaseTable::of_rows(&rows[0], rows[1..].to_vec(), "frame") {
            let mut shown = format!("{rows:?}");
            for row in rows {
                shown += &row.map_or_else(|error| said(&error), |row| format!("{row:?}"));
            }
            holds_no_secret(&shown, text);
        }
    }
}

#[test]
fn nothing_that_holds_an_input_shows_it_in_its_debug_form() {
    let mut tables = family();
    tables.insert("title".into(), "SECRET".into());
    tables["household"].as_table_mut().unwrap().insert("reference".into(), "SECRET".into());
    let text = toml::to_string(&tables).unwrap();
    let read = Scenario::parse(&text).unwrap();
    let secret = || MemberBuilder::clone(&member().born("1918-02"));
    let builder = scenario("SECRET", "1918-02", 918_273_645).member(secret());
    let line = line("SECRET", "SECRET").label("SECRET").source("SECRET");
    let options = relocost_files::LoadOptions::default().catalogue_folders(vec!["/home/SECRET".into()]);
    let given = CatalogueText { name: "SECRET".into(), text: text.clone(), format: Format::Toml };
    let home = std::env::temp_dir();
    let shown = [
        format!("{:?} {:?} {:?} {read:?}", read.title(), read.household(), read.household().members),
        format!("{:?} {:?}", read.household().school_age, read.variants()),
        format!("{builder:?} {:?} {line:?}", secret()),
        format!("{:?} {:?}", solution(relocost::names::SolutionKind::Permanent).label("SECRET"), stage("SECRET")),
        format!("{options:?} {given:?} {:?}", Source::toml("/home/SECRET", &text)),
        format!("{:?}", relocost_files::find(&[home.join("SECRET.toml")])),
        format!("{:?}", Catalogue::parse(&format!("{}\n[SECRET]", Catalogue::reference().text())).unwrap_err()),
        format!("{:?}", read.compare().unwrap()),
    ];
    for shown in shown {
        holds_no_secret(&shown, "a debug form");
    }
}
