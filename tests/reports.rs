//! Reports as HTML and Markdown: the same words and figures in the same order as the text, well formed, and nothing of it
//! markup but what the report itself writes.

mod support;

use std::path::Path;

use quick_xml::Reader;
use quick_xml::events::Event;
use relocost::calibration::CalibrateOptions;
use relocost::caseload::CaseloadOptions;
use relocost::estimate::{EstimateOptions, KnownCost};
use relocost::explanation::Selection;
use relocost::payments::PriceEstimateOptions;
use relocost::simulation::SobolOptions;
use relocost::{CompareOptions, Currency, Parameter, ProgrammeOptions, Scenario, SimulateOptions};
use relocost_report::{Form, Lang, Style};
use serde_json::{Value, json};

fn family() -> Scenario {
    support::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/family-of-five.toml"))
}

/// Text that a catalogue may have and no report may take for markup.
const NASTY: &str = "<b>R&D</b> \"quoted\" 'x' $1$ </td> &amp;";

/// The family over so few months that no table is long, with labels and sources that look like markup, and variants.
fn nasty(months: u32) -> Scenario {
    fn spoil(value: &mut Value) {
        match value {
            Value::Object(entries) => {
                for (key, value) in entries {
                    match key.as_str() {
                        "label" => *value = json!({ "en": NASTY, "fr": format!("{NASTY} é") }),
                        "source" => *value = format!("illustrative {NASTY}").into(),
                        _ => spoil(value),
                    }
                }
            }
            Value::Array(values) => values.iter_mut().for_each(spoil),
            _ => {}
        }
    }
    let mut value: Value = serde_json::from_str(&family().to_json().unwrap()).unwrap();
    spoil(&mut value);
    value["horizon_months"] = months.into();
    for key in ["pathways", "correlations", "expect"] {
        value.as_object_mut().unwrap().remove(key);
    }
    // One that is often moved to the edge of its domain, and one that nothing is charged by.
    value["uncertain"] = json!([
        { "parameter": "lines.rent.amount", "distribution": { "normal": { "mean": "500", "sd": "500" } } },
        { "parameter": "lines.joining-travel.factor", "distribution": { "uniform": { "low": "0.5", "high": "2" } } },
    ]);
    value["variants"] = json!({ "dearer": { "lines.rent.amount": "1045" }, "same": {} });
    Scenario::parse_json(&value.to_string()).unwrap()
}

fn set(path: &str, value: &str) -> (Parameter, relocost::types::ParameterValue) {
    (path.parse().unwrap(), value.parse().unwrap())
}

/// Every report of a scenario, by its name.
fn reports(scenario: &Scenario, selection: &Selection, style: Style) -> Vec<(&'static str, String)> {
    let options = CompareOptions::default();
    let ledger = scenario.ledger("temporary").unwrap();
    let table = "reference,members,count\nHH-1,34 6,2\nHH-2,41,\n";
    let caseload = scenario.caseload(table.as_bytes(), &CaseloadOptions::default()).unwrap();
    let dearer = scenario.with(&[set("lines.rent.amount", "1045"), set("rates.fx.USD.factor", "1.1")]).unwrap();
    let diff = scenario.diff(&dearer, options.basis).unwrap();
    let rows = [vec![set("lines.rent.amount", "1045")], vec![set("rates.index.housing.shift", "0.01")], vec![]];
    let calibrate = CalibrateOptions::new("0.30".parse().unwrap(), ["short-let"]);
    let known = KnownCost::Permanent("112000".parse().unwrap());
    let estimate = EstimateOptions::new(known, Currency::from_code("USD").unwrap()).estimate().unwrap();
    let simulate = SimulateOptions::default().draws(300);
    let sobol = SobolOptions::default().draws(64).resamples(5);
    let programme = support::programme(scenario, NASTY);
    let run = programme.run_with(&ProgrammeOptions::default().cases(true)).unwrap();
    vec![
        ("simulation", relocost_report::simulation(&scenario.simulate(&simulate).unwrap(), scenario, style)),
        ("tornado", relocost_report::tornado(&scenario.tornado(&CompareOptions::default()).unwrap(), scenario, style)),
        ("indices", relocost_report::sobol(&scenario.sobol(&sobol).unwrap(), scenario, style)),
        ("comparison", relocost_report::comparison(&scenario.compare().unwrap(), scenario, style)),
        ("ledger", relocost_report::ledger(&ledger, style)),
        ("explanation", relocost_report::explanation(&ledger.explain(selection).unwrap(), None, style)),
        ("delay", relocost_report::delay(&scenario.delay().unwrap(), scenario, style)),
        ("calibration", relocost_report::calibration(&scenario.calibrate(&calibrate).unwrap(), scenario, style)),
        ("caseload", relocost_report::caseload(&caseload, scenario, style)),
        (
            "price estimates",
            relocost_report::price_estimates(
                &support::payments(scenario).estimate(&PriceEstimateOptions::default()).unwrap(),
                style,
            ),
        ),
        ("payments", relocost_report::payments(&support::payments(scenario), style)),
        ("estimate", relocost_report::estimate(&estimate, style)),
        ("variants", relocost_report::variants(&scenario.compare_variants(&options).unwrap(), style)),
        ("diff", relocost_report::diff(&diff, style)),
        ("no diff", relocost_report::diff(&scenario.diff(scenario, options.basis).unwrap(), style)),
        ("programme", relocost_report::programme(&run, &programme, true, style)),
        ("what-ifs", relocost_report::what_ifs(&scenario.what_ifs(rows, &options).unwrap(), style)),
        ("scenario", relocost_report::scenario(scenario, style)),
    ]
}

/// The words that a reader sees, one after another; fails unless every element is closed in its place.
fn words(html: &str) -> Vec<String> {
    let mut reader = Reader::from_str(html);
    reader.config_mut().check_end_names = true;
    let (mut text, mut open) = (String::new(), Vec::new());
    let known = "div style table thead tbody tr th td h4 h5 p ul li span";
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) => {
                let name = String::from_utf8(tag.name().as_ref().to_vec()).unwrap();
                assert!(known.split(' ').any(|each| each == name), "<{name}> is none of ours");
                assert!(!open.is_empty() || text.trim().is_empty(), "one element holds it all");
                tag.attributes().for_each(|attribute| drop(attribute.unwrap()));
                open.push(name);
            }
            Event::End(_) => {
                open.pop();
                text.push(' ');
            }
            Event::Text(part) if open.last().is_none_or(|name| name != "style") => {
                text.push_str(&part.decode().unwrap());
            }
            Event::GeneralRef(name) => text.push(match &name.decode().unwrap()[..] {
                "amp" => '&',
                "lt" => '<',
                "gt" => '>',
                "quot" => '"',
                "#39" => '\'',
                other => panic!("&{other}; is none of ours"),
            }),
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty());
    text.split_whitespace().map(str::to_owned).collect()
}

/// The words of the Markdown form, without its marks.
fn marked(text: &str) -> Vec<String> {
    let rule = |line: &str| line.starts_with('|') && line.contains("--") && line.chars().all(|c| "| :-".contains(c));
    let lines = text.lines().filter(|line| !rule(line)).map(|line| {
        let line = line.trim_start_matches("# ").trim_start_matches("## ").trim_start_matches("- ");
        let bold = line.split("**").collect::<Vec<_>>().join("");
        assert!(bold.len() == line.len() || line.matches("**").count() == 2, "{line}");
        // Marks between cells have blanks about them, and those of a text a backslash before them.
        let cells = bold.strip_prefix("| ").and_then(|cells| cells.strip_suffix(" |")).unwrap_or(&bold).to_owned();
        cells.replace(" | ", " ").replace('\\', "")
    });
    let words = lines.collect::<Vec<_>>().join(" ");
    words.split_whitespace().map(str::to_owned).filter(|word| !word.chars().all(|c| "█░|".contains(c))).collect()
}

/// The words of the text form, but for its bars.
fn seen(text: &str) -> Vec<&str> {
    text.split_whitespace().filter(|word| !word.chars().all(|character| "█░".contains(character))).collect()
}

#[test]
fn html_and_markdown_say_what_the_text_says_in_the_same_order() {
    let scenario = nasty(3);
    let selections = [
        Selection::default().category("medical"),
        Selection::default().fund("regular_budget"),
        Selection::default().category("medical").line("rent"),
    ];
    for (selection, lang) in selections.iter().flat_map(|each| [(each, Lang::En), (each, Lang::Fr)]) {
        let html = reports(&scenario, selection, Style { lang, form: Form::Html });
        for ((name, text), (_, html)) in
            reports(&scenario, selection, Style { lang, form: Form::Plain }).iter().zip(&html)
        {
            assert_eq!(words(html), seen(text), "{name}:\n{html}");
            assert!(html.starts_with("<div class=\"relocost\">\n") && html.ends_with("</div>\n"), "{name}");
            assert!(!html.contains("<b>") && !html.contains("'x'"), "{name} has markup from outside");
        }
        let markdown = reports(&scenario, selection, Style { lang, form: Form::Markdown });
        for ((name, text), (_, markdown)) in
            reports(&scenario, selection, Style { lang, form: Form::Plain }).iter().zip(&markdown)
        {
            assert_eq!(marked(markdown), seen(text), "{name}:\n{markdown}");
            assert!(!markdown.contains("<b>") && !markdown.contains(" $1$"), "{name} has markup from outside");
        }
    }
}

#[test]
fn html_of_what_each_fund_pays_says_what_the_text_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/funding-ties.toml");
    let scenario = support::load(&path);
    let mut parted = 0;
    for (pathway, fund) in
        scenario.pathway_names().flat_map(|name| scenario.funds().iter().map(move |fund| (name, fund)))
    {
        let ledger = scenario.ledger(pathway.as_str()).unwrap();
        let selection = Selection::default().fund(fund.id.to_string()).month(scenario.start());
        let explanation = ledger.explain(&selection).unwrap();
        let written = |form| relocost_report::explanation(&explanation, None, Style { form, ..Style::default() });
        assert_eq!(words(&written(Form::Html)), seen(&written(Form::Plain)));
        parted += usize::from(written(Form::Html).contains(">part</th>"));
    }
    assert!(parted > 0, "some entries are paid in parts");
}

#[test]
fn html_fixes_no_colour_and_marks_what_heads_what() {
    let html = relocost_report::comparison(
        &family().compare().unwrap(),
        &family(),
        Style { form: Form::Html, ..Style::default() },
    );
    let small = html.to_lowercase();
    assert_eq!(small.matches("color").count(), small.matches("currentcolor").count(), "no colour of its own");
    for part in [
        "<h4>Relocation costs over 60 months",
        "<h5>What causes the extra cost</h5>",
        "<th scope=\"col\" class=\"n\">Permanent relocation</th>",
        "<th scope=\"rowgroup\" class=\"g\" colspan=\"5\">By category</th>",
        "<th scope=\"row\" class=\"i\">Housing</th><td class=\"n\">47,334.27</td>",
        "<tbody>\n<tr><th scope=\"row\">Total</th>",
        "<span class=\"more\" style=\"width:100.0%\" aria-hidden=\"true\"></span>",
    ] {
        assert!(html.contains(part), "{part} is not in\n{html}");
    }
    let bold =
        relocost_report::ledger(&family().ledger("temporary").unwrap(), Style { form: Form::Bold, ..Style::default() });
    assert!(bold.starts_with("\u{1b}[1mRelocation costs"));
}

#[test]
fn html_shows_the_ends_of_a_long_ledger_and_says_so() {
    let ledger = family().ledger("temporary").unwrap();
    let html = relocost_report::ledger(&ledger, Style { form: Form::Html, ..Style::default() });
    words(&html);
    assert_eq!(html.matches("<tr>").count(), 1 + 20 + 1 + 20);
    assert!(html.contains(&format!("<td colspan=\"10\">... {} rows more, not shown here ...</td>", ledger.len() - 40)));
    let text = relocost_report::ledger(&ledger, Style::default());
    assert_eq!(text.lines().count(), ledger.len() + 6);
    // A caseload as text has the first 40 rows, as HTML both ends.
    let rows = (1..=41).map(|row| [format!("HH-{row}"), "34".to_owned()]);
    let cases = relocost::caseload::CaseTable::of_rows(&["reference", "members"], rows, "rows").unwrap();
    let caseload = family().caseload_of(cases, &CaseloadOptions::default()).unwrap();
    let html = relocost_report::caseload(&caseload, &family(), Style { form: Form::Html, ..Style::default() });
    assert!(html.contains("... 1 row more, not shown here ...") && html.contains("HH-41") && !html.contains("HH-21<"));
}

/// The numbers of a text, with their signs, in steps of the last decimal.
fn steps(text: &str) -> Vec<i64> {
    let is_of_number = |letter: char| letter.is_ascii_digit() || "+-.,%".contains(letter);
    let words = text.split(|letter: char| !is_of_number(letter));
    words.filter_map(|word| word.replace(['.', ',', '%'], "").parse().ok()).collect()
}

/// A printed difference is the difference of the figures printed beside it.
#[test]
fn printed_differences_foot() {
    let scenario = family();
    let lang = Lang::En;
    for seed in 0..3 {
        let options = SimulateOptions::default().draws(700).seed(seed);
        let text = relocost_report::simulation(
            &scenario.simulate(&options).unwrap(),
            &scenario,
            Style { lang, ..Style::default() },
        );
        let after = |head: &str| text.split_once(head).unwrap_or_else(|| panic!("no {head:?} in {text}")).1;
        let row = |of: &str, name: &str| {
            let line = of.lines().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("no {name} in {of}"));
            steps(line.trim_start_matches(name))
        };
        let (costs, three) = (after("What each may cost"), after("The ledger beside the simulation"));
        let mean = |name: &str| row(costs, name)[0];
        let [permanent, temporary] = ["Permanent relocation", "Temporary (ad hoc) solution"];
        assert_eq!(mean("extra "), mean(temporary) - mean(permanent), "{text}");
        let mut gaps = 0;
        for name in [permanent, temporary, "extra", "premium (60 months)"] {
            let [ledger, at_means, mean] = row(three, &format!("{name} "))[..3] else { panic!("{text}") };
            let gap = three.lines().find_map(|line| line.trim().strip_prefix(&format!("{name}: mean less ledger ")));
            let Some(gap) = gap else { continue };
            let [whole, assumptions, curvature] = steps(gap)[..3] else { continue };
            assert_eq!(
                (whole, assumptions, curvature),
                (mean - ledger, at_means - ledger, mean - at_means),
                "{name}\n{text}"
            );
            gaps += 1;
        }
        assert!(gaps >= 3, "{text}");
        let tornado = scenario.tornado(&CompareOptions::default()).unwrap();
        let text = relocost_report::tornado(&tornado, &scenario, Style { lang, ..Style::default() });
        let standing = row(&text, "as it stands");
        assert_eq!(standing[2], standing[1] - standing[0], "{text}");
    }
}
