//! The guide's pictures: charts of a report, drawn from a file of the guide; and its tables that a test computes.
//!
//! `<!-- drawn: reserve of uncertain.toml, 20000 draws -->` stands over the line with the picture; it is the chart of that
//! name in the report of that file, or `sizes`, that of the benchmark of sizes. With `RELOCOST_DRAW` set pictures, their
//! lines and computed tables are written anew.

use std::fs;
use std::path::Path;

use relocost::{Lang, Watch};
use relocost_files::{LoadOptions, Loaded, load_any};
use relocost_publish::charts::Chart;
use relocost_publish::report::{ReportOptions, programme_charts, scenario_charts};

/// The command that writes pictures and tables anew.
const AGAIN: &str = "RELOCOST_DRAW=1 cargo test -p relocost-cli --test guide";

/// The folder of pictures within the guide's.
pub(crate) const PICTURES: &str = "pictures";

/// The chart that is asked for, of a file in a folder.
fn chart(folder: &Path, asked: &str) -> Chart {
    if asked == "sizes" {
        return crate::measured::chart();
    }
    let (asked, draws) = asked.strip_suffix(" draws").and_then(|rest| rest.split_once(", ")).unwrap_or((asked, "2000"));
    let (name, file) = asked.split_once(" of ").unwrap_or_else(|| panic!("not a chart of a file: {asked}"));
    let path = folder.join(file);
    let (options, watch) = (ReportOptions::new(Lang::En).draws(draws.parse().unwrap()), Watch::default());
    let loaded = load_any(&path, &LoadOptions::default()).unwrap_or_else(|error| panic!("{error}"));
    let charts = match &loaded {
        Loaded::Scenario(scenario) => scenario_charts(scenario, &options, &watch),
        Loaded::Programme(programme) => programme_charts(programme, &options, &watch),
        _ => panic!("{file}: no charts"),
    };
    let charts = charts.unwrap_or_else(|error| panic!("{error}"));
    charts.into_iter().find(|chart| chart.name == name).unwrap_or_else(|| panic!("{file} has no chart {name}"))
}

/// Holds a picture of a chapter against the chart that is drawn now, and gives the name of its file.
pub(crate) fn check(folder: &Path, guide: &Path, chapter: &str, asked: &str, line: &str) -> String {
    let chart = chart(folder, asked);
    let stem = chapter.trim_end_matches(".md");
    let file = format!("{PICTURES}/{stem}-{}.svg", chart.name);
    let expected = format!("![{}]({file})", chart.text);
    if std::env::var_os("RELOCOST_DRAW").is_some() {
        fs::create_dir_all(guide.join(PICTURES)).unwrap();
        fs::write(guide.join(&file), chart.picture()).unwrap();
        rewrite(guide, chapter, &format!("<!-- drawn: {asked} -->\n"), &format!("{line}\n"), &format!("{expected}\n"));
        return file;
    }
    assert_eq!(line, expected, "{chapter}: another text; draw again with {AGAIN}");
    let stored = fs::read_to_string(guide.join(&file)).unwrap_or_default();
    assert!(stored == chart.picture(), "{file}: another picture is drawn now; draw again with {AGAIN}");
    file
}

/// Holds a table of a chapter against the one that is computed now.
pub(crate) fn check_table(guide: &Path, chapter: &str, name: &str, stored: &str, computed: &str) {
    if std::env::var_os("RELOCOST_DRAW").is_some() {
        return rewrite(guide, chapter, &format!("<!-- computed: {name} -->\n"), stored, computed);
    }
    assert_eq!(stored, computed, "{chapter}: another table {name}; write it again with {AGAIN}");
}

/// Replaces what follows a line of a chapter.
fn rewrite(guide: &Path, chapter: &str, head: &str, old: &str, new: &str) {
    let path = guide.join(chapter);
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace(&format!("{head}{old}"), &format!("{head}{new}"))).unwrap();
}
