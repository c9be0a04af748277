//! Reports: well-formed pages in both languages, whose figures are the library's, and which say everything that they show.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may panic: that is how it fails")]

mod subjects;

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::events::Event;
use relocost::{Lang, Programme, Scenario, SimulateOptions, Watch};
use relocost_publish::{charts, report};
use relocost_report::number::{money_in, percent};

use self::subjects::{BUDGET, FAMILY, Subjects, family, options, subjects};

/// A page of each kind.
fn pages(lang: Lang) -> Vec<(&'static str, String)> {
    let Subjects { scenario, caseload, programme, payments } = subjects();
    let watch = Watch::default();
    vec![
        ("scenario", report::scenario(&scenario, &options(lang), &watch).unwrap()),
        ("caseload", report::caseload(&caseload, lang)),
        ("programme", report::programme(&programme, &options(lang), &watch).unwrap()),
        ("payments", report::payments(&payments, lang)),
    ]
}

/// An element as it begins: its name and its attributes.
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    parents: Vec<String>,
}

/// The elements of a page, and its texts; fails where it is not well formed.
fn read(page: &str) -> (Vec<Element>, Vec<String>) {
    let mut reader = Reader::from_str(page);
    reader.config_mut().check_end_names = true;
    let (mut elements, mut texts, mut open) = (Vec::new(), Vec::new(), Vec::new());
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("not well formed: {error}")) {
            Event::Eof => break,
            Event::Text(text) => {
                let text = text.decode().unwrap().trim().to_owned();
                if !text.is_empty() && open.last().is_none_or(|name| name != "style") {
                    texts.push(text);
                }
            }
            Event::End(_) => _ = open.pop(),
            event @ (Event::Start(_) | Event::Empty(_)) => {
                let (Event::Start(start) | Event::Empty(start)) = &event else { continue };
                let name = String::from_utf8(start.name().as_ref().to_vec()).unwrap();
                let attributes = start.attributes().map(|attribute| {
                    let attribute = attribute.unwrap();
                    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
                    (text(attribute.key.as_ref()), text(&attribute.value))
                });
                elements.push(Element { name: name.clone(), attributes: attributes.collect(), parents: open.clone() });
                if matches!(event, Event::Start(_)) {
                    open.push(name);
                }
            }
            _ => {}
        }
    }
    assert!(open.is_empty());
    (elements, texts)
}

#[test]
fn pages_are_well_formed_and_can_be_read_by_everybody() {
    for lang in Lang::ALL.iter().copied() {
        for ((kind, page), (_, again)) in pages(lang).into_iter().zip(pages(lang)) {
            assert!(page == again, "{kind}: the same bytes");
            let (elements, texts) = read(&page);
            let has = |each: &Element, key: &str| {
                each.attributes.iter().any(|(known, value)| known == key && !value.is_empty())
            };
            let html = &elements[0];
            assert_eq!(html.attributes, [("lang".to_owned(), lang.code().to_owned())], "{kind}");
            // One title, and no level of headings is left out.
            let levels: Vec<u32> =
                elements.iter().filter_map(|each| each.name.strip_prefix('h')?.parse().ok()).collect();
            assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1, "{kind}");
            assert_eq!(levels[0], 1, "{kind}");
            assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{kind}: {levels:?}");
            assert!(levels.contains(&3), "{kind}");
            // Heads of tables say of what they are heads.
            let heads: Vec<&Element> = elements.iter().filter(|each| each.name == "th").collect();
            assert!(heads.len() > 10 && heads.iter().all(|each| has(each, "scope")), "{kind}");
            // Every picture has a title and a description, and stands in a figure with a caption.
            let count = |name: &str, parent: &str| {
                elements
                    .iter()
                    .filter(|each| each.name == name && each.parents.last().is_some_and(|it| it == parent))
                    .count()
            };
            let pictures = count("svg", "figure");
            assert!(pictures >= 2, "{kind} has {pictures} charts");
            assert_eq!(elements.iter().filter(|each| each.name == "svg").count(), pictures);
            for (name, parent) in [("title", "svg"), ("desc", "svg"), ("figcaption", "figure")] {
                assert_eq!(count(name, parent), pictures, "{kind}: {name}");
            }
            // Marks have titles, and letters are text.
            assert!(count("title", "g") >= pictures && count("text", "svg") > pictures * 5, "{kind}");
            // Nothing is loaded, and nothing runs.
            let wrong = ["script", "img", "link", "iframe", "image"];
            assert!(elements.iter().all(|each| !wrong.contains(&each.name.as_str())), "{kind}");
            let sources = ["src", "onclick", "onload"];
            assert!(elements.iter().all(|each| sources.iter().all(|key| !has(each, key))), "{kind}");
            // Every link leads somewhere, and no id stands twice.
            let all = |key: &str| -> Vec<String> {
                let all = elements.iter().flat_map(|each| &each.attributes).filter(|(known, _)| known == key);
                all.map(|(_, value)| value.clone()).collect()
            };
            let ids: BTreeSet<String> = all("id").into_iter().collect();
            assert_eq!(ids.len(), all("id").len(), "{kind}");
            for link in all("href") {
                assert!(ids.contains(link.trim_start_matches('#')), "{kind}: {link}");
            }
            let mark = if lang == Lang::Fr { "Interne" } else { "Internal" };
            assert!(texts.iter().any(|text| text.starts_with(mark)), "{kind}");
        }
    }
}

#[test]
fn a_page_has_the_sections_of_its_kind() {
    let sections = |page: &str| -> Vec<String> {
        let (elements, _) = read(page);
        let heads = elements.iter().filter(|each| each.name == "h2");
        heads.map(|each| each.attributes.iter().find(|(key, _)| key == "id").unwrap().1.clone()).collect()
    };
    for (kind, page) in pages(Lang::En) {
        let expected: &[&str] = match kind {
            "scenario" => &["summary", "premium", "years", "delay", "uncertainty", "matters", "assumptions", "made"],
            "caseload" => &["summary", "premium", "years", "assumptions", "made"],
            "programme" => &["summary", "lines", "agreements", "waiting", "uncertainty", "assumptions", "made"],
            _ => &["summary", "variance", "assumptions", "made"],
        };
        assert_eq!(sections(&page), expected, "{kind}");
    }
}

#[test]
fn the_figures_of_the_summary_are_the_librarys() {
    let family = family();
    let comparison = family.compare().unwrap();
    let difference = comparison.difference();
    let simulate = SimulateOptions::default().draws(256).seed(7);
    let simulation = family.simulate(&simulate).unwrap();
    let waits = family.delay().unwrap();
    let budget = Programme::parse(BUDGET).unwrap();
    let run = budget.run().unwrap();
    for lang in Lang::ALL.iter().copied() {
        let pages = pages(lang);
        let summary = |kind: &str| -> String {
            let page = &pages.iter().find(|(known, _)| *known == kind).unwrap().1;
            let begin = page.find("<h2 id=\"summary\"").unwrap();
            page[begin..begin + page[begin..].find("</section>").unwrap()].to_owned()
        };
        let of_scenario = summary("scenario");
        let year = waits.rows().iter().find(|row| row.months == 12).unwrap();
        let largest = comparison.attribution().shares().values().max_by_key(|share| share.minor()).unwrap();
        for amount in [difference.base, difference.alternative, difference.extra, year.full_course.extra, *largest] {
            assert!(of_scenario.contains(&money_in(amount, lang)), "{amount} is not in\n{of_scenario}");
        }
        assert!(of_scenario.contains(&percent(difference.premium().ratio().unwrap(), lang)));
        for name in [comparison.base(), comparison.alternative()] {
            for share in [0.8, 0.95] {
                let amount = simulation.pathways().get(name).unwrap().total.quantile(share);
                let shown = relocost_report::number::in_currency(
                    &relocost_report::number::whole(amount, lang),
                    comparison.currency(),
                    lang,
                );
                assert!(of_scenario.contains(&shown), "{shown} is not in\n{of_scenario}");
            }
        }
        let of_programme = summary("programme");
        for amount in run.lines.values().map(|line| line.total).chain([run.extra.total]) {
            assert!(of_programme.contains(&money_in(amount, lang)), "{amount} is not in\n{of_programme}");
        }
        let made = &pages[0].1;
        assert!(made.contains(&family.catalogue_digest()) && made.contains(env!("CARGO_PKG_VERSION")));
    }
}

/// A page of a scenario, without its tags.
fn told(scenario: &str, lang: Lang) -> String {
    let scenario = Scenario::parse(scenario).unwrap_or_else(|error| panic!("{error}"));
    let page = report::scenario(&scenario, &options(lang), &Watch::default()).unwrap();
    read(&page).1.join("\n")
}

#[test]
fn what_costs_less_is_said_so() {
    let short = FAMILY.replace("horizon_months = 36", "horizon_months = 1").replace("2026-03", "2026-04");
    let extra = Scenario::parse(&short).unwrap().compare().unwrap().extra();
    assert!(extra.minor() < 0);
    let [english, french] = [Lang::En, Lang::Fr].map(|lang| told(&short, lang));
    let less = |lang| money_in(extra.negated(), lang);
    assert!(english.contains(&format!(": {} less, a premium of -", less(Lang::En))), "{english}");
    assert!(french.contains(&format!(": {} de moins, un surcoût relatif de -", less(Lang::Fr))), "{french}");
    assert!(french.contains("Sur 1 mois à partir d’avril 2026, "), "{french}");
}

#[test]
fn a_base_of_nothing_has_no_premium_to_draw() {
    let solution = |name: &str, lines: &str| {
        format!(
            "[solutions.{name}]\nkind = \"{name}\"\nlabel = \"{name}\"\nentitlements = []\nfunding = {{ f = \"1\" }}\n{lines}"
        )
    };
    let line = "[[lines]]\nid = \"a\"\ncategory = \"c\"\nlabel = \"A\"\ndriver = \"household\"\nschedule = { monthly = {} }\n\
                amount = \"100\"\ncurrency = \"USD\"\nsolutions = [\"temporary\"]\nsource = \"a test\"\n";
    for line in [line, ""] {
        let scenario = format!(
            "schema = 1\ncurrency = \"USD\"\nprice_base_year = 2026\nstart = \"2026-08\"\nhorizon_months = 14\n\
             household = {{ members = [{{ age = 41 }}] }}\nentitlements = []\ncategories = [{{ id = \"c\", label = \"C\" }}]\n\
             funds = [{{ id = \"f\", label = \"F\" }}]\n{}{}",
            solution("permanent", ""),
            solution("temporary", line),
        );
        let page = told(&scenario, Lang::En);
        assert!(page.contains("There is no premium, because the base is not above 0."), "{page}");
        assert!(page.contains("permanent: No entry: the figure is 0."), "{page}");
        for wrong in ["Premium by horizon", ": .", "; ."] {
            assert!(!page.contains(wrong), "{wrong:?} in {page}");
        }
        assert!(page.lines().all(|text| text != "."), "{page}");
    }
}

/// What is said in one language is not said in the other: sentences are those of four words or more.
#[test]
fn no_sentence_of_a_page_is_in_the_other_language() {
    let said = |page: &str| -> BTreeSet<String> {
        let (_, texts) = read(page);
        let is_sentence =
            |text: &String| text.split(' ').filter(|word| word.chars().all(char::is_alphabetic)).count() >= 4;
        texts.into_iter().filter(is_sentence).collect()
    };
    for ((kind, english), (_, french)) in pages(Lang::En).into_iter().zip(pages(Lang::Fr)) {
        let (english, french) = (said(&english), said(&french));
        assert!(english.len() > 5 && french.len() > 5, "{kind}");
        // Sources are the catalogue's own words.
        let family = family();
        let sources: Vec<&str> = family.lines().values().map(|line| line.source.as_str()).collect();
        let both: Vec<&String> =
            english.intersection(&french).filter(|text| !sources.contains(&text.as_str())).collect();
        assert!(both.is_empty(), "{kind}: {both:?}");
    }
}

#[test]
fn french_is_set_in_french() {
    for (kind, page) in pages(Lang::Fr) {
        let (_, texts) = read(&page);
        for text in texts {
            for wrong in [" :", " ;", " ?", " !", " %", " €", "« ", " »", "\u{a0}:", "\u{a0}»"] {
                assert!(!text.contains(wrong), "{kind}: {wrong:?} in {text}");
            }
            assert!(!text.contains("l'") && !text.contains("d'"), "{kind}: {text}");
        }
    }
}

#[test]
fn labels_cannot_be_markup() {
    let nasty = "<b>R&D</b> \"quoted\" 'x' </td> &amp; ]]>";
    let (top, uncertain) = FAMILY.split_at(FAMILY.find("[[uncertain]]").unwrap());
    let solutions = format!(
        "[solutions.permanent]\nkind = \"permanent\"\nlabel = {nasty:?}\nentitlements = [\"work\"]\n\n\
         [solutions.temporary]\nkind = \"temporary\"\nlabel = \"T\"\nentitlements = []\n\n"
    );
    let scenario = Scenario::parse(&format!("{top}{solutions}{uncertain}")).unwrap_or_else(|error| panic!("{error}"));
    for lang in Lang::ALL.iter().copied() {
        let page = report::scenario(&scenario, &options(lang), &Watch::default()).unwrap();
        let (elements, _) = read(&page);
        assert!(elements.iter().all(|each| each.name != "b"), "a label is markup");
        assert!(page.contains("&lt;b&gt;R&amp;D&lt;/b&gt;"));
    }
}

#[test]
fn a_rate_that_lacks_after_the_horizon_leaves_out_the_cost_of_delay_alone() {
    let index = "[rates.index.own]\n2026 = \"0.02\"\n2027 = \"0.02\"\n2028 = \"0.02\"\n2029 = \"0.02\"\n\n\
                 [[lines]]\nid = \"own\"\nlabel = \"Own\"\ncategory = \"housing\"\ndriver = \"household\"\nschedule = { monthly = {} }\namount = \"10\"\n\
                 currency = \"EUR\"\nindex = \"own\"\nprice_base_year = 2026\nsource = \"a test\"\n\n";
    let (top, uncertain) = FAMILY.split_at(FAMILY.find("[[uncertain]]").unwrap());
    let scenario = Scenario::parse(&format!("{top}{index}{uncertain}")).unwrap_or_else(|error| panic!("{error}"));
    assert!(scenario.compare().is_ok() && scenario.delay().is_err());
    let page = report::scenario(&scenario, &options(Lang::En), &Watch::default()).unwrap();
    assert!(page.contains("Not computed: all months after the longest wait"));
    let whole = report::scenario(&family(), &options(Lang::En), &Watch::default()).unwrap();
    assert_eq!(page.matches("<figure>").count() + 1, whole.matches("<figure>").count());
}

/// The amount at the end of a line, in minor units.
fn amount(line: &str) -> i64 {
    let (_, amount) = line.rsplit_once(": ").unwrap();
    let digits: String = amount.chars().filter(char::is_ascii_digit).collect();
    let size: i64 = digits.parse().unwrap();
    if amount.starts_with(['-', '\u{2212}']) { -size } else { size }
}

#[test]
fn charts_are_those_of_the_page_and_stand_by_themselves_too() {
    let Subjects { scenario, caseload, programme, payments } = subjects();
    let watch = Watch::default();
    for lang in Lang::ALL.iter().copied() {
        let drawn = [
            report::scenario_charts(&scenario, &options(lang), &watch).unwrap(),
            charts::caseload(&caseload, lang),
            report::programme_charts(&programme, &options(lang), &watch).unwrap(),
            charts::payments(&payments, lang),
        ];
        for ((kind, page), charts) in pages(lang).into_iter().zip(drawn) {
            let of_page: Vec<&str> =
                page.split("<svg").skip(1).map(|rest| rest.split("</svg>").next().unwrap()).collect();
            let elements: Vec<String> = charts.iter().map(relocost_publish::charts::Chart::svg).collect();
            let of_charts = elements.iter().map(|svg| svg.trim_start_matches("<svg").split("</svg>").next().unwrap());
            assert!(of_charts.eq(of_page), "{kind}");
            let names: BTreeSet<&str> = charts.iter().map(|chart| chart.name).collect();
            assert_eq!(names.len(), charts.len(), "{kind}: {names:?}");
            for chart in charts {
                let (elements, texts) = read(&chart.picture());
                let is_root = |each: &&Element| each.name == "title" && each.parents == ["svg"];
                assert_eq!(elements.iter().filter(is_root).count(), 1, "{kind}");
                let shown = texts.join(" ");
                let mark = if lang == Lang::Fr { "Interne" } else { "Internal" };
                assert!(chart.mark.starts_with(mark) && shown.contains(mark), "{kind}: {shown}");
                // Its title stands in it twice: for programs, and in lines for who sees it.
                let first = chart.title.split(' ').next().unwrap();
                assert!(shown.matches(first).count() >= 2, "{kind}: {}", chart.title);
                assert!(chart.picture().contains("fill=\"#ffffff\""));
            }
        }
    }
}

/// Holds that the lines behind each amount add up to it; how many have them all, and how many only the largest.
fn lines_add_up(svg: &str) -> (usize, usize) {
    let titles = svg.split("<title>").skip(2).map(|rest| rest.split_once("</title>").unwrap().0);
    let (mut whole, mut cut) = (0, 0);
    for title in titles {
        let (head, lines) = title.split_once('\n').unwrap();
        if lines.ends_with("further line") || lines.ends_with("further lines") {
            cut += 1;
            continue;
        }
        assert_eq!(lines.lines().map(amount).sum::<i64>(), amount(head), "{title}");
        let sizes: Vec<i64> = lines.lines().map(|line| amount(line).abs()).collect();
        assert!(sizes.is_sorted_by(|a, b| a >= b), "{title}");
        whole += 1;
    }
    (whole, cut)
}

#[test]
fn what_is_pointed_at_shows_the_lines_behind_it() {
    let scenario = family();
    let ledgers = ["temporary", "permanent"].map(|pathway| scenario.ledger(pathway).unwrap());
    let chart = charts::fiscal_years(&ledgers.each_ref(), Lang::En).unwrap();
    let (whole, cut) = lines_add_up(&chart.svg());
    assert!(whole > 20 && cut < whole, "{whole} {cut}");
}

#[test]
fn what_is_pointed_at_in_a_programme_shows_its_lines_and_agreements() {
    let programme = Programme::parse(BUDGET).unwrap();
    let run = programme.run().unwrap();
    let postings = programme.postings_by_origin().unwrap();
    let (whole, cut) = lines_add_up(&charts::programme_categories(&run, &postings, Lang::En).svg());
    assert!(whole > 10 && cut < whole, "{whole} {cut}");
    let years = charts::programme_years(&run, &postings, Lang::En).svg();
    let (whole, cut) = lines_add_up(&years);
    assert!(whole + cut >= 3 && years.contains("\nRent, ordinary lease: "), "{whole} {cut} {years}");
    for (lang, shown) in [(Lang::En, "Lost if it ends: €"), (Lang::Fr, "Perdu s’il cesse\u{202f}: ")] {
        let svg = charts::agreements(&run, &programme, lang).unwrap().svg();
        let account = run.agreements.values().next().unwrap().total;
        assert!(svg.contains(shown) && account.cases > 0, "{svg}");
        assert!(svg.contains(&format!("\n{} ", account.cases)), "{svg}");
    }
}
