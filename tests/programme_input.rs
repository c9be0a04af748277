//! Errors of a programme's file have their line and key, and no value of a household or an agreement.

use relocost::message;
use relocost::scenario::CatalogueText;
use relocost::syntax::{Format, Source};
use relocost::{Error, Loader, Programme};

const HEAD: &str = r#"schema = 1
catalogue = "reference"
"#;
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
fn the_table_of_the_programme() {
    for (part, key, what) in [
        ("", "programme", "missing"),
        ("programme = 1\n", "programme", "expected a table"),
        ("programme = { fiscal_years = 2 }\n", "programme.first_fiscal_year", "missing"),
        ("programme = { first_fiscal_year = 2026 }\n", "programme.fiscal_years", "missing"),
        ("programme = { first_fiscal_year = 2026, fiscal_years = 51 }\n", "programme.fiscal_years", "1 to 50"),
        ("programme = { first_fiscal_year = \"2026\", fiscal_years = 1 }\n", "programme.first_fiscal_year", "whole"),
        ("programme = { first_fiscal_year = 2026, fiscal_years = 1, colour = 1 }\n", "programme.colour", "unknown key"),
        (
            "programme = { first_fiscal_year = 2026, fiscal_years = 1, queue = \"first\" }\n",
            "programme.queue",
            "arrival",
        ),
        (
            "programme = { first_fiscal_year = 2026, fiscal_years = 1, processing_months = 0 }\n",
            "programme.processing_months",
            "1 to",
        ),
        (
            "programme = { first_fiscal_year = 2026, fiscal_years = 1, run_off_months = -1 }\n",
            "programme.run_off_months",
            "0 to",
        ),
        (
            "programme = { first_fiscal_year = 2026, fiscal_years = 1, waiting = \"tent\" }\n",
            "programme.waiting",
            "no solution",
        ),
        (
            "programme = { first_fiscal_year = 2026, fiscal_years = 1, settled = \"tent\" }\n",
            "programme.settled",
            "no solution",
        ),
        (
            "programme = { first_fiscal_year = 2026, fiscal_years = 1, support_months = { temporary = 3 } }\n",
            "programme.support_months.temporary",
            "no limit",
        ),
        (
            "programme = { first_fiscal_year = 2026, fiscal_years = 1, support_months = { tent = 3 } }\n",
            "programme.support_months.tent",
            "no solution",
        ),
        (
            "programme = { first_fiscal_year = 2026, fiscal_years = 1, ceiling = { gold = { default = 1 } } }\n",
            "programme.ceiling.gold",
            "no fund",
        ),
        (
            "programme = { first_fiscal_year = 2026, fiscal_years = 1, ceiling = { regular_budget = { 26 = 1 } } }\n",
            "programme.ceiling.regular_budget",
            "fiscal year",
        ),
        (
            "programme = { first_fiscal_year = 2026, fiscal_years = 1, ceiling = { regular_budget = { 2026 = 0.5 } } }\n",
            "programme.ceiling.regular_budget.2026",
            "floating-point",
        ),
        ("start = \"2026-01\"\nprogramme = { first_fiscal_year = 2026, fiscal_years = 1 }\n", "start", "unknown key"),
        (
            "household = { members = [] }\nprogramme = { first_fiscal_year = 2026, fiscal_years = 1 }\n",
            "household.members",
            "unknown key",
        ),
        (
            "fiscal_year_start = 13\nprogramme = { first_fiscal_year = 2026, fiscal_years = 1 }\n",
            "fiscal_year_start",
            "1 to 12",
        ),
    ] {
        says(&format!("{HEAD}{part}"), key, what);
    }
}

#[test]
fn lines_of_the_programme() {
    let line = |keys: &str| {
        format!(
            "{HEAD}[programme]\nfirst_fiscal_year = 2026\nfiscal_years = 2\n[[programme.lines]]\nid = \"own\"\nlabel = \"Own\"\nsource = \"x\"\nprice_base_year = 2026\n{keys}\n"
        )
    };
    let fine = "category = \"housing\"\nschedule = \"monthly\"\namount = 1\ncurrency = \"EUR\"\n";
    Programme::parse(&line(&format!("{fine}driver = {{ count = \"cases\" }}"))).unwrap();
    for (keys, key, what) in [
        (String::new(), "programme.lines[0].driver", "missing"),
        (format!("{fine}driver = \"person\""), "programme.lines[0].driver", "expected a table"),
        (format!("{fine}driver = {{ count = \"dogs\" }}"), "programme.lines[0].driver.count", "programme"),
        (format!("{fine}driver = {{ count = \"moves\", kind = \"temporary\" }}"), "programme.lines[0].driver.kind", "cases"),
        (format!("{fine}driver = {{ count = \"cases\", per = 0 }}"), "programme.lines[0].driver.per", "1 to"),
        (format!("{fine}driver = {{ count = \"cases\" }}\nwhen = [\"work\"]"), "programme.lines[0].when", "unknown key"),
        (format!("{fine}driver = {{ count = \"cases\" }}\nfunding = {{ regular_budget = \"0.5\" }}"), "programme.lines[0].funding", "add up"),
        (format!("{fine}driver = {{ count = \"cases\" }}\nfunding = {{ gold = 1 }}"), "programme.lines[0].funding.gold", "not declared"),
        ("category = \"none\"\nschedule = \"monthly\"\namount = 1\ncurrency = \"EUR\"\ndriver = { count = \"cases\" }".to_owned(), "programme.lines[0].category", "not declared"),
        ("category = \"housing\"\nschedule = \"on_exit\"\namount = 1\ncurrency = \"EUR\"\ndriver = { count = \"cases\" }".to_owned(), "programme.lines[0].schedule", "households"),
    ] {
        says(&line(&keys), key, what);
    }
    let twice = line(&format!("{fine}driver = {{ count = \"cases\" }}"));
    let again = twice.split_once("[[programme.lines]]").unwrap().1;
    says(&format!("{twice}[[programme.lines]]{again}"), "programme.lines[1].id", "another line");
}

#[test]
fn agreements() {
    let agreement =
        |keys: &str| format!("{HEAD}{PROGRAMME}[[agreements]]\nid = \"vessel\"\nlabel = \"Vessel\"\n{keys}\n");
    Programme::parse(&agreement("from = \"2026-01\"\nplaces_per_year = 1\npauses = []")).unwrap();
    for (keys, key, what) in [
        ("", "agreements[0]", "places"),
        ("grants = []\nfrom = \"2026-01\"", "agreements[0]", "places"),
        (
            "grants = [{ month = \"2026-03\", places = 1 }, { month = \"2026-03\", places = 1 }]",
            "agreements[0].grants[1].month",
            "ascending",
        ),
        ("grants = [{ month = \"2026-13\", places = 1 }]", "agreements[0].grants[0].month", "a month"),
        ("grants = [{ places = 1 }]", "agreements[0].grants[0].month", "missing"),
        ("grants = [{ month = \"2026-03\", places = -1 }]", "agreements[0].grants[0].places", "0 to"),
        ("grants = []\nsigned = \"yes\"", "agreements[0].signed", "true or false"),
        ("grants = []\nunit = \"family\"", "agreements[0].unit", "case, person"),
        ("grants = []\nsolution = \"hidden\"", "agreements[0].solution", "no solution"),
        ("grants = []\nprocessing_months = 0", "agreements[0].processing_months", "1 to"),
        ("grants = []\nin_hand = \"1\"", "agreements[0].in_hand", "whole"),
        ("grants = []\nmax_persons = 0", "agreements[0].max_persons", "1 to"),
        (
            "grants = []\npauses = [{ from = \"2026-05\", until = \"2026-04\" }]",
            "agreements[0].pauses[0].until",
            "before",
        ),
        (
            "grants = []\nrefusal = { probability = \"1.5\", after_months = 1 }",
            "agreements[0].refusal.probability",
            "expected",
        ),
        ("grants = []\nslip = { uniform = { low = 1 } }", "agreements[0].slip", "missing"),
        ("grants = []\nhidden = 1", "agreements[0].(not shown)", "unknown key"),
    ] {
        says(&agreement(keys), key, what);
    }
    says(&format!("{}{AGREEMENT}", agreement("grants = []")), "agreements[1].id", "another agreement");
}

#[test]
fn cases() {
    let case = |keys: &str| format!("{HEAD}{PROGRAMME}{AGREEMENT}[[cases]]\n{keys}\n");
    let fine = "members = [{ born = \"1987-04\" }]\n";
    Programme::parse(&case(&format!("{fine}arrives = \"2026-02\"\nagreements = [\"vessel\"]\npriority = -3"))).unwrap();
    for (keys, key, what) in [
        (fine.to_owned(), "cases[0].arrives", "missing"),
        ("arrives = \"2026-02\"".to_owned(), "cases[0]", "exactly one"),
        (format!("{fine}scenario = \"hidden.toml\"\narrives = \"2026-02\""), "cases[0]", "exactly one"),
        ("members = [{ born = \"Jane\" }]\narrives = \"2026-02\"".to_owned(), "cases[0].members[0].born", "a month"),
        (format!("{fine}arrives = \"2026-02\"\nid = \"7\""), "cases[0].id", "letter"),
        (format!("{fine}arrives = \"1919-02\""), "cases[0].arrives", "months before"),
        (format!("{fine}arrives = \"2026-02\"\ncount = 0"), "cases[0].count", "1 to"),
        (
            format!("{fine}arrives = \"2026-02\"\ncount = 100000\n[[cases]]\n{fine}arrives = \"2026-02\""),
            "cases",
            "100001",
        ),
        (format!("{fine}arrives = \"2026-02\"\npriority = \"1\""), "cases[0].priority", "whole"),
        (format!("{fine}arrives = \"2026-02\"\nagreements = [\"hidden\"]"), "cases[0].agreements[0]", "no agreement"),
        (format!("{fine}arrives = \"2026-02\"\npathway = \"hidden\""), "cases[0].pathway", "no pathway"),
        (
            format!("{fine}arrives = \"2026-02\"\nplaced = {{ solution = \"permanent\", moves = \"2026-01\" }}"),
            "cases[0].placed.moves",
            "before",
        ),
        (
            format!(
                "{fine}arrives = \"2026-02\"\nplaced = {{ solution = \"permanent\", moves = \"2026-05\" }}\nevery_months = 2"
            ),
            "cases[0].every_months",
            "placed",
        ),
        (
            format!(
                "{fine}arrives = \"2026-02\"\nplaced = {{ solution = \"permanent\", moves = \"2026-05\" }}\npathway = \"permanent\""
            ),
            "cases[0].pathway",
            "not both",
        ),
        (format!("{fine}arrives = \"2026-02\"\npathway = \"permanent\"\npriority = 1"), "cases[0]", "one course"),
        (format!("{fine}arrives = \"2026-02\"\nrow = \"HH-1\""), "cases[0].row", "caseload"),
        (format!("{fine}arrives = \"2026-02\"\nreference = \"Jane Doe\""), "cases[0].reference", "pseudonym"),
        ("scenario = \"hidden.toml\"\narrives = \"2026-02\"".to_owned(), "cases[0].scenario", "no other file"),
        ("caseload = \"hidden.csv\"".to_owned(), "cases[0].caseload", "no other file"),
    ] {
        says(&case(&keys), key, what);
    }
}

#[test]
fn arrivals_and_expectations() {
    let more = |keys: &str| format!("{HEAD}{PROGRAMME}{AGREEMENT}{keys}\n");
    for (keys, key, what) in [
        ("[[arrivals]]\nmembers = []\n", "arrivals[0].per_year", "missing"),
        ("[[arrivals]]\nper_year = -1\nmembers = []\n", "arrivals[0].per_year", "0 or more"),
        ("[[arrivals]]\nper_year = 1\n", "arrivals[0]", "exactly one"),
        (
            "[[arrivals]]\nper_year = 1\nmembers = []\nagreements = [\"hidden\"]\n",
            "arrivals[0].agreements[0]",
            "no agreement",
        ),
        ("[[expect]]\nfigure = \"lines.planned.total\"\nequals = 1\n", "expect[0].figure", "no such figure"),
        (
            "[[expect]]\nfigure = \"values.within.agreements.vessel.worth\"\nequals = 1\n",
            "expect[0].figure",
            "no such figure",
        ),
        (
            "[[expect]]\nfigure = \"lines.as_planned.by_fiscal_year.2030\"\nequals = 1\n",
            "expect[0].figure",
            "no such figure",
        ),
        ("[[expect]]\nfigure = \"lines.as_planned.total\"\n", "expect[0]", "exactly one"),
    ] {
        says(&more(keys), key, what);
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
fn chance() {
    let file = format!("{HEAD}{PROGRAMME}");
    let slip = format!("{AGREEMENT}slip = {{ uniform = {{ low = 0, high = 4 }} }}\n");
    let uncertain = |path: &str| {
        format!("[[uncertain]]\nparameter = \"{path}\"\ndistribution = {{ uniform = {{ low = 0, high = 1 }} }}\n")
    };
    for (part, key, what) in [
        (
            format!("{slip}{}", uncertain("agreements.vessel.slip")),
            "uncertain[0].parameter",
            "stands with the agreement",
        ),
        (
            format!(
                "{slip}{}[[correlations]]\nbetween = [\"lines.rent.factor\", \"agreements.hidden.slip\"]\nspearman = \"0.5\"\n",
                uncertain("lines.rent.factor")
            ),
            "correlations[0].between[1]",
            "(not shown)",
        ),
        (
            "[[arrivals]]\nper_year = 1\nmembers = []\nfrom = \"2027-01\"\nuntil = \"2026-12\"\n".to_owned(),
            "arrivals[0].until",
            "comes before",
        ),
        (format!("{AGREEMENT}processing = {{ normal = {{ mean = 3 }} }}\n"), "agreements[0].processing", "missing"),
        (format!("{AGREEMENT}until_slips = 1\n"), "agreements[0].until_slips", "true or false"),
        (format!("{AGREEMENT}refusal = {{ probability = 1 }}\n"), "agreements[0].refusal.after_months", "missing"),
        (
            format!("{AGREEMENT}refusal = {{ probability = 1, after_months = 0 }}\n"),
            "agreements[0].refusal.after_months",
            "1 to",
        ),
    ] {
        says(&format!("{file}{part}"), key, what);
    }
    // The months of a pathway's stage stay as written, and that is said.
    let stages = "pathways = { later = { stages = [{ solution = \"temporary\", months = 3 }, { solution = \"permanent\" }] } }\n";
    let text = format!("{HEAD}{PROGRAMME}{stages}{}", uncertain("pathways.later.0.months"));
    let programme = Programme::parse(&text).unwrap_or_else(|error| panic!("{error}"));
    let warned = |it: &relocost::error::Finding| it.key == "uncertain" && it.message.en().contains("as written");
    assert!(programme.warnings().iter().any(warned));
}
