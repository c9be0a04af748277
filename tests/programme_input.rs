//! Errors of a programme's file have their line and key, and no value of a household or an agreement.

use relocost::message;
use relocost::scenario::CatalogueText;
use relocost::syntax::{Format, Source};
use relocost::{Error, Loader, Programme};

const HEAD: &str = r#"schema = 1
catalogue = "reference"
"#;
const UNCERTAIN_MONTHS: &str = "[[uncertain]]\nparameter = \"pathways.later.0.months\"\n\
                                distribution = { uniform = { low = 0, high = 1 } }\n";
const PROGRAMME: &str = "programme = { first_fiscal_year = 2026, fiscal_years = 2 }\n";
const AGREEMENT: &str =
    "[[agreements]]\nid = \"vessel\"\nlabel = \"Vessel\"\ngrants = [{ month = \"2026-03\", places = 1 }]\n";

/// The error of a text, checked for its French, its lines, and for secrets.
fn error(text: &str) -> Error {
    let error = Programme::parse(text).expect_err(text);
    told(&error, text);
    error
}

fn told(error: &Error, text: &str) {
    for finding in error.findings() {
        assert!(finding.place.as_ref().is_some_and(|place| place.line > 0), "{text}\n{error}");
        assert_ne!(finding.message.en(), finding.message.fr(), "{text}\n{error}");
    }
    let all = format!("{error}{}", error.text(relocost::Lang::Fr));
    for secret in ["vessel", "Vessel", "hidden", "1987", "Jane"] {
        assert!(!all.contains(secret), "{text}\nshows {secret}: {all}");
    }
}

fn says(text: &str, key: &str, what: &str) {
    let error = error(text);
    let found = error.findings().iter().any(|it| it.key.starts_with(key) && it.message.en().contains(what));
    assert!(found, "{text}\ndoes not say at {key}: {what}\nbut {error}");
}

#[test]
fn an_expectation_names_what_is_declared() {
    let expected =
        |figure: &str| format!("{HEAD}{PROGRAMME}{AGREEMENT}[[expect]]\nfigure = \"{figure}\"\nequals = 0\n");
    for figure in [
        "agreements.vesel.lapsed",
        "steps.agreements.vesel.month_later.within",
        "lines.as_planned.by_solution.permanant",
        "lines.as_planned.by_place.nowhere",
        "extra.attribution.nothing",
    ] {
        assert_eq!(error(&expected(figure)).code(), relocost::Code::UnknownFigure, "{figure}");
    }
    for figure in [
        "agreements.vessel.lapsed",
        "lines.as_planned.by_solution.programme",
        "lines.as_planned.by_solution.permanent",
        "extra.attribution.place",
        "extra.attribution.work",
    ] {
        let programme = Programme::parse(&expected(figure)).unwrap_or_else(|error| panic!("{figure}: {error}"));
        assert_eq!(programme.expectations().len(), 1);
    }
}

#[test]
fn a_misspelt_solution_or_fund_is_one_error_with_the_name_that_was_meant() {
    let programme =
        |rest: &str| format!("{HEAD}programme = {{ first_fiscal_year = 2026, fiscal_years = 2, {rest} }}\n");
    for (rest, key, meant) in [
        ("waiting = \"temporry\", support_months = { permanent = 12 }", "programme.waiting", "temporary"),
        ("settled = \"permanant\"", "programme.settled", "permanent"),
        ("support_months = { permanant = 12 }", "programme.support_months.permanant", "permanent"),
        ("ceiling = { regular_budge = { default = \"1\" } }", "programme.ceiling.regular_budge", "regular_budget"),
    ] {
        let error = error(&programme(rest));
        let [finding] = error.findings() else { panic!("{error}") };
        assert!(finding.key.starts_with(key) || finding.key.contains("not shown"), "{error}");
        assert!(finding.message.en().contains(&format!("did you mean \"{meant}\"?")), "{error}");
    }
}

/// The wrong parts of a file that Python and C are asked too, each with the key reported and what is said.
#[test]
fn wrong_input_that_python_and_c_are_asked_too() {
    let shared: serde_json::Value = serde_json::from_str(include_str!("wrong_input.json")).unwrap();
    assert_eq!(shared["programme"].as_str(), Some(HEAD));
    for case in shared["programmes"].as_array().unwrap() {
        let [part, key, what] = ["part", "key", "says"].map(|name| case[name].as_str().unwrap());
        says(&format!("{HEAD}{part}"), key, what);
    }
}

#[test]
fn what_is_right_is_accepted() {
    let line = "[programme]\nfirst_fiscal_year = 2026\nfiscal_years = 2\n[[programme.lines]]\nid = \"own\"\nlabel = \"Own\"\nsource = \"x\"\nprice_base_year = 2026\n\
                category = \"housing\"\nschedule = \"monthly\"\namount = 1\ncurrency = \"EUR\"\ndriver = { count = \"cases\" }\n";
    let agreement =
        "[[agreements]]\nid = \"vessel\"\nlabel = \"Vessel\"\nfrom = \"2026-01\"\nplaces_per_year = 1\npauses = []\n";
    let case = "[[cases]]\nmembers = [{ born = \"1987-04\" }]\narrives = \"2026-02\"\nagreements = [\"vessel\"]\npriority = -3\n";
    let others = [agreement, &format!("{AGREEMENT}{case}")].map(|part| format!("{PROGRAMME}{part}"));
    for part in others.into_iter().chain([line.to_owned()]) {
        Programme::parse(&format!("{HEAD}{part}")).unwrap_or_else(|error| panic!("{part}\n{error}"));
    }
}

#[test]
fn tables_and_scenarios_of_households() {
    let load = |table: &'static str, case: &str| {
        let bring = |_: &str| {
            let (text, format) = (table.to_owned(), Format::Toml);
            Ok::<_, relocost::Message>(CatalogueText { name: "other".to_owned(), text, format })
        };
        let text = format!("{HEAD}{PROGRAMME}{AGREEMENT}[[cases]]\n{case}\n");
        Loader::new().households(bring).load_programme(Source::toml("programme", &text))
    };
    let heads = "reference,members,start,ends,priority,agreements,pathway,solution,moves\n";
    for (row, key, what) in [
        ("A,34,,,,,,,", "start", "missing"),
        ("A,34,2026-02,,x,,,,", "priority", "whole number"),
        ("A,34,2026-02,,,hidden,,,", "agreements", "no agreement"),
        ("A,34,2026-02,,,,hidden,,", "pathway", "no pathway"),
        ("A,34,2026-02,,,,,hidden,2026-05", "solution", "no solution"),
        ("A,34,2026-02,,,,,permanent,", "solution", "together"),
        ("A,34,2026-02,,,,permanent,permanent,2026-05", "pathway", "not both"),
        ("A,34,2026-02,,,,,permanent,2026-01", "moves", "before"),
        ("A,Jane,2026-02,,,,,,", "members", "member 1"),
    ] {
        let table: &'static str = Box::leak(format!("{heads}{row}\n").into_boxed_str());
        let error = load(table, "caseload = \"t.csv\"").expect_err(row);
        told(&error, row);
        let finding = &error.findings()[0];
        assert_eq!((finding.key.as_str(), finding.place.as_ref().unwrap().line), (key, 2), "{row}: {error}");
        assert!(finding.message.en().contains(what), "{row}: {error}");
    }
    let error =
        load("reference,members\nA,34\n", "caseload = \"t.csv\"\nrow = \"B\"\narrives = \"2026-02\"").unwrap_err();
    assert!(error.to_string().contains("cases[0].row: no row"), "{error}");
    let error =
        load("household = { members = [{ age = \"Jane\" }] }\n", "scenario = \"s.toml\"\narrives = \"2026-02\"")
            .unwrap_err();
    told(&error, "scenario");
    assert_eq!(
        (error.findings()[0].key.as_str(), error.to_string().starts_with("other:1:")),
        ("household.members[0].age", true)
    );
    let refused = |_: &str| Err::<CatalogueText, _>(message!("cannot be had", "inaccessible"));
    let text = format!("{HEAD}{PROGRAMME}[[cases]]\nscenario = \"hidden.toml\"\narrives = \"2026-02\"\n");
    let error = Loader::new().households(refused).load_programme(Source::toml("programme", &text)).unwrap_err();
    told(&error, "refused");
    assert!(error.to_string().starts_with("programme:5:12: cases[0].scenario: cannot be had"), "{error}");
}

#[test]
fn nothing_of_a_case_is_shown_by_debug() {
    let text = format!(
        "{HEAD}{PROGRAMME}{AGREEMENT}[[cases]]\nreference = \"hidden\"\nmembers = [{{ born = \"1987-04\" }}]\narrives = \"2026-02\"\n"
    );
    let programme = Programme::parse(&text).unwrap();
    let options = relocost::ProgrammeOptions::default().cases(true);
    let run = programme.run_with(&options).unwrap();
    let shown = format!("{programme:?}{run:?}{:?}{:?}{:?}", run.cases, run.values, run.steps);
    for secret in ["hidden", "1987", "vessel", "Vessel", "2026-02"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[test]
fn the_same_in_json() {
    let toml = format!("{HEAD}{PROGRAMME}{AGREEMENT}[[cases]]\nmembers = [{{ age = 34 }}]\narrives = \"2026-02\"\n");
    let value: serde_json::Value = toml::from_str(&toml).unwrap();
    let (one, other) = (Programme::parse(&toml).unwrap(), Programme::parse_json(&value.to_string()).unwrap());
    assert_eq!(one.run().unwrap(), other.run().unwrap());
    assert!(Programme::parse_json("{\"schema\": 1}").unwrap_err().to_string().contains("programme: missing"));
}

#[test]
fn a_rate_that_can_only_be_per_cents_is_a_warning() {
    let text = format!("{HEAD}{PROGRAMME}[rates]\ndiscount = \"3\"\n[rates.index.housing]\n2027 = \"2.5\"\n");
    let programme = Programme::parse(&text).unwrap();
    let told: Vec<String> = programme.warnings().iter().map(ToString::to_string).collect();
    for (key, share) in [("rates.discount", "0.03"), ("rates.index.housing.2027", "0.025")] {
        let is_said = |line: &String| line.contains(key) && line.contains(&format!("write \"{share}\""));
        assert!(told.iter().filter(|line| is_said(line)).count() == 1, "{key}: {told:?}");
    }
    let usual = text.replace("\"3\"", "\"0.03\"").replace("\"2.5\"", "\"0.025\"");
    assert!(Programme::parse(&usual).unwrap().warnings().is_empty());
}

#[test]
fn uncertain_months_of_a_stage_stay_as_written() {
    let stages = "pathways = { later = { stages = [{ solution = \"temporary\", months = 3 }, { solution = \"permanent\" }] } }\n";
    let text = format!("{HEAD}{PROGRAMME}{stages}{UNCERTAIN_MONTHS}");
    let programme = Programme::parse(&text).unwrap_or_else(|error| panic!("{error}"));
    let warned = |it: &relocost::error::Finding| it.key == "uncertain" && it.message.en().contains("as written");
    assert!(programme.warnings().iter().any(warned));
}
