//! Tables and the chart of what `cargo bench --bench sizes` printed into the files under `docs/measured`.
#![expect(clippy::float_arithmetic, reason = "times are shown in a unit that suits them")]

use std::fmt::Write as _;

use relocost::Lang;
use relocost_publish::charts::{Chart, Written, powers};
use relocost_report::number::grouped;

use crate::support::root;

/// A file of measurements, its head first.
fn read(name: &str) -> Vec<Vec<String>> {
    let path = root().join("docs/measured").join(name);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(path).unwrap();
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn number(text: &str) -> f64 {
    text.parse().unwrap()
}

/// A time in a unit that suits it.
fn time(nanoseconds: f64) -> String {
    match nanoseconds {
        t if t < 1e3 => format!("{t:.0} ns"),
        t if t < 1e4 => format!("{:.1} µs", t / 1e3),
        t if t < 1e6 => format!("{:.0} µs", t / 1e3),
        t if t < 1e9 => format!("{:.0} ms", t / 1e6),
        t => format!("{:.1} s", t / 1e9),
    }
}

fn whole(number: f64) -> String {
    grouped(&format!("{number:.0}"), Lang::En)
}

/// The table of a name; none of another.
pub(crate) fn table(name: &str) -> Option<String> {
    match name {
        "sizes" => Some(sizes()),
        "samplings" => Some(samplings()),
        _ => None,
    }
}

fn sizes() -> String {
    let rows = read("sizes.csv");
    let mut threads: Vec<&str> = rows.iter().skip(1).map(|row| row[2].as_str()).collect();
    threads.sort_by_key(|threads| threads.parse::<u32>().unwrap());
    threads.dedup();
    let mut out = "| the family of five with | before the first draw |".to_owned();
    for threads in &threads {
        let s = if *threads == "1" { "" } else { "s" };
        write!(out, " a draw on {threads} thread{s} | least to greatest |").unwrap();
    }
    out.push_str("\n|---|--:|");
    out.push_str(&"--:|--:|".repeat(threads.len()));
    for of_size in rows[1..].chunks(threads.len()) {
        let size = &of_size[0];
        let before = time(number(&size[6]) * 1e3);
        write!(out, "\n| {} {} | {before} |", whole(number(&size[1])), size[0]).unwrap();
        for row in of_size {
            assert_eq!(row[..2], size[..2], "a row of each number of threads");
            let [median, least, greatest] = [3, 4, 5].map(|column| time(number(&row[column])));
            write!(out, " {median} | {least} to {greatest} |").unwrap();
        }
    }
    out.push('\n');
    out
}

fn samplings() -> String {
    let mut out = "| sampling | a hundred million draws | peak memory |\n|---|--:|--:|\n".to_owned();
    for row in &read("samplings.csv")[1..] {
        writeln!(out, "| `{}` | {} s | {} MiB |", row[0], row[1], row[2]).unwrap();
    }
    out
}

/// The time of a draw on one thread by months, lines and parameters.
pub(crate) fn chart() -> Chart {
    let mut curves: Vec<(String, Vec<(f64, f64)>)> = Vec::new();
    for row in read("sizes.csv")[1..].iter().filter(|row| row[2] == "1") {
        let at = (number(&row[1]), number(&row[3]));
        match curves.last_mut().filter(|(what, _)| *what == row[0]) {
            Some((_, points)) => points.push(at),
            None => curves.push((row[0].clone(), vec![at])),
        }
    }
    let told: Vec<String> = curves
        .iter()
        .map(|(what, points)| {
            let each = points.iter().map(|(size, draw)| format!("{} {what} {}", whole(*size), time(*draw)));
            each.collect::<Vec<_>>().join(", ")
        })
        .collect();
    let title = "The time of a draw on one thread, by what a scenario has";
    let axes: [(&str, Written); 2] = [("Months, lines or parameters", whole), ("Time of a draw", time)];
    powers("sizes", title, &format!("{}.", told.join("; ")), axes, curves)
}
