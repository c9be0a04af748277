//! What is uncertain: simulations, tornadoes and indices.

use std::process::Command;

use serde_json::Value;

use crate::support::{err, family, golden, out, relocost, status};

const LANGUAGES: [&str; 2] = ["en", "fr"];

/// Few draws, which are enough to see what is printed.
fn few(command: &str) -> Vec<&'static str> {
    match command {
        "simulate" => vec!["--draws", "2000"],
        "sobol" => vec!["--draws", "256", "--resamples", "20"],
        _ => vec![],
    }
}

#[test]
fn what_is_uncertain_is_printed_in_every_format_and_language() {
    for command in ["simulate", "tornado", "sobol"] {
        for (format, lang) in ["table", "text", "markdown", "html", "csv", "json"]
            .iter()
            .flat_map(|format| LANGUAGES.map(|lang| (*format, lang)))
        {
            let output = family(command, &[few(command), vec!["--format", format, "--lang", lang]].concat());
            assert_eq!(status(&output), 0, "{command} {format} {lang}: {}", err(&output));
            let text = out(&output);
            let begins = match format {
                "markdown" => "# ",
                "html" => "<div class=\"relocost\">",
                "csv" if lang == "fr" => "\u{feff}figure;value\n",
                "csv" => "figure,value\n",
                "json" => "{",
                _ => "W",
            };
            let french = lang == "fr" && ["table", "text"].contains(&format);
            assert!(french || text.starts_with(begins), "{command} {format} {lang}:\n{text}");
            if !["csv", "json"].contains(&format) {
                let internal = if lang == "fr" { "Ne pas publier." } else { "Not for publication." };
                assert!(text.contains(internal) && text.contains("60"), "{command} {format} {lang}:\n{text}");
            }
            assert!(!text.contains("CASE-A") && !text.contains("Family of five") && !text.contains('\u{1b}'));
        }
    }
}

#[test]
fn wide_vectors_and_narrow_ones_give_the_same_bits() {
    let file = golden("family-of-five.toml");
    let of = |arguments: &[&str], vectors: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_relocost"));
        let output = command.args(arguments).env("RELOCOST_VECTORS", vectors).output().unwrap();
        assert_eq!(status(&output), 0, "{arguments:?}: {}", err(&output));
        out(&output)
    };
    for sampling in ["random", "latin_hypercube", "sobol"] {
        let arguments =
            ["simulate", file.to_str().unwrap(), "--draws", "4096", "--sampling", sampling, "--format", "json"];
        assert_eq!(of(&arguments, "wide"), of(&arguments, "narrow"), "{sampling}");
    }
    let indices = ["sobol", file.to_str().unwrap(), "--draws", "256", "--resamples", "20", "--format", "json"];
    assert_eq!(of(&indices, "wide"), of(&indices, "narrow"));
}

#[test]
fn a_simulation_says_what_to_set_aside_and_how_sure_the_premium_is() {
    let text = out(&family("simulate", &few("simulate")));
    for said in [
        "What relocation may cost over 60 months from 2026-03, in EUR, prices of each year",
        "To suffice in four cases out of five (P80) over 60 months, set aside ",
        "Premium: ",
        " on average over 60 months, from ",
        "P5      P10      P50      P80      P90      P95  worst 5%",
        "± standard error",
        "To set aside, by budget year",
        "within 45% to 75%, which the Court reported in 2015",
        "The band is an average over households, so for a single one the verdict only orients.",
        "because the assumptions are not centred on the scenario's values",
        "of curvature, more than chance explains",
        "2,000 draws, seed 0, sampling random, relocost ",
        "binary floating point and are not rounded",
    ] {
        assert!(text.contains(said), "{said:?} is not in\n{text}");
    }
    assert!(
        text.lines().any(|line| line.starts_with("Temporary (ad hoc) solution  405,795.44  435,549.34  ")),
        "{text}"
    );
    assert!(!text.contains("Draws moved"), "none leaves its domain");
    let french = out(&family("simulate", &[few("simulate"), vec!["--lang", "fr"]].concat()));
    assert!(french.contains("Pour suffire dans quatre cas sur cinq (P80) sur 60 mois, provisionner "), "{french}");
}

#[test]
fn the_json_of_a_simulation_is_numbers_and_repeats_itself() {
    let run = |more: &[&str]| {
        let output = family("simulate", &[few("simulate"), vec!["--format", "json"], more.to_vec()].concat());
        assert_eq!(status(&output), 0, "{}", err(&output));
        serde_json::from_slice::<Value>(&output.stdout).unwrap()
    };
    let json = run(&[]);
    assert_eq!((&json["draws"], &json["seed"], &json["schema"]), (&2000.into(), &0.into(), &1.into()));
    let total = &json["pathways"]["temporary"]["total"];
    assert!(total["mean"].is_f64() && total["quantiles"]["0.8"].as_f64() > total["quantiles"]["0.5"].as_f64());
    assert_eq!(total["ledger"], "405795.44");
    assert!(json["pathways"]["temporary"]["by_fiscal_year"]["2027"]["mean"].is_f64());
    assert!(json["pathways"]["temporary"]["by_category"]["education"]["mean"].is_f64());
    let band = &json["comparison"]["band"];
    let sum: f64 = ["below", "within", "above", "none"].iter().map(|place| band[place].as_f64().unwrap()).sum();
    assert!((sum - 1.0).abs() < 1e-12, "{band}");
    assert!(json["comparison"]["premium"]["mean"].is_f64() && json["comparison"]["extra"]["mean"].is_f64());
    assert_eq!(json, run(&["--threads", "1"]), "threads change nothing");
    assert_ne!(json["pathways"], run(&["--seed", "8"])["pathways"]);
    let constant = run(&["--basis", "constant", "--alternative", "delayed", "--sampling", "sobol"]);
    assert_eq!(
        (&constant["basis"], &constant["comparison"]["alternative"], &constant["sampling"]),
        (&"constant".into(), &"delayed".into(), &"sobol".into())
    );
}

#[test]
fn a_tornado_and_sobol_indices_rank_what_matters() {
    let tornado: Value = serde_json::from_slice(&family("tornado", &["--format", "json"]).stdout).unwrap();
    let bars = tornado["bars"].as_array().unwrap();
    assert_eq!((bars.len(), &bars[0]["parameter"]), (11, &"lines.international-school.amount".into()));
    let swing = |bar: &Value| bar["swing"].as_f64().unwrap().abs();
    assert!(bars.windows(2).all(|pair| swing(&pair[0]) >= swing(&pair[1])));
    let text = out(&family("tornado", &[]));
    assert!(
        text.contains("as it stands               242,251                      405,796  163,545                67.5%"),
        "{text}"
    );
    assert!(text.contains("premium (60 months)") && text.contains('█') && text.contains('░'), "{text}");
    let text = out(&family("sobol", &few("sobol")));
    for said in [
        "extra: ",
        "premium (60 months): ",
        "lines.short-let.amount + lines.international-school.amount",
        "lines.hospital-uninsured.events",
        "at stake alone",
        "Without any effect on it: pathways.delayed.0.months",
        "Rank correlation (Spearman)",
        "Two matrices of 256 draws, seed 0, 20 resamples",
    ] {
        assert!(text.contains(said), "{said:?} is not in\n{text}");
    }
}

#[test]
fn uncertainty_that_is_asked_for_wrongly() {
    for (command, more, said) in [
        ("simulate", vec!["--draws", "0"], "draws: asks for 0 draws; expected 1 to 2^36"),
        ("simulate", vec!["--sampling", "halton"], "[possible values: random, latin_hypercube, sobol]"),
        (
            "simulate",
            vec!["--alternative", "nowhere"],
            "the scenario has no pathway \"nowhere\"; it has permanent, temporary, delayed",
        ),
        ("simulate", vec!["--precision", "-1"], "precision: expected a share above 0, at most 1"),
        ("simulate", vec!["--seed", "-1"], "invalid value '(not shown)' for '--seed <S>'"),
        (
            "tornado",
            vec!["--base", "nowhere"],
            "the scenario has no pathway \"nowhere\"; it has permanent, temporary, delayed",
        ),
        ("sobol", vec!["--draws", "1"], "draws: asks for 1 draw; expected 2 to "),
        ("sobol", vec!["--resamples", "100001"], "resamples: asks for 100001; expected at most 100000"),
        (
            "sobol",
            vec!["--base", "nowhere"],
            "the scenario has no pathway \"nowhere\"; it has permanent, temporary, delayed",
        ),
    ] {
        let output = family(command, &more);
        assert_eq!(status(&output), 2, "{command} {more:?}: {}", err(&output));
        assert!(err(&output).contains(said), "{command} {more:?}: {}", err(&output));
        assert!(out(&output).is_empty());
    }
}

#[test]
fn a_precision_ends_a_simulation_early_or_is_said_to_be_missed() {
    let few = family("simulate", &["--draws", "1000", "--precision", "0.0001"]);
    assert_eq!(status(&few), 0);
    assert!(err(&few).contains("warning: the precision was not reached within 1000 draws"), "{}", err(&few));
    let enough = family("simulate", &["--draws", "40000", "--precision", "0.05", "--format", "json"]);
    let json: Value = serde_json::from_slice(&enough.stdout).unwrap();
    assert_eq!(json["draws"], 1 << 14);
    assert!(!err(&enough).contains("precision"), "{}", err(&enough));
}

#[test]
fn a_scenario_without_assumptions_says_so_and_draws_that_are_moved_are_counted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.toml");
    let plain = "schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 24\nhousehold = { members = [{ age = 34 }] }\n";
    std::fs::write(&path, plain).unwrap();
    let mine = path.to_str().unwrap();
    let simulate = || out(&relocost(&["simulate", mine, "--draws", "1000"]));
    assert!(simulate().contains("no uncertain parameter: only events happen at random"), "{}", simulate());
    let tornado = relocost(&["tornado", mine]);
    assert!(status(&tornado) == 0 && out(&tornado).contains("nothing to turn"), "{}", out(&tornado));
    let rent = "[[uncertain]]\nparameter = \"lines.rent.amount\"\ndistribution = { normal = { mean = \"300\", sd = \"300\" } }\n";
    std::fs::write(&path, format!("{plain}{rent}")).unwrap();
    assert!(simulate().contains("Draws moved to the edge of what is possible"), "{}", simulate());
    assert!(simulate().lines().any(|line| line.trim_start().starts_with("lines.rent.amount")), "{}", simulate());
}

#[test]
fn what_does_not_vary_is_not_explained_by_chance() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("calm.toml");
    let calm = "schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 60\nhousehold = { members = [{ age = 34 }] }\n";
    std::fs::write(&path, calm).unwrap();
    let simulate = |draws: &str| out(&relocost(&["simulate", path.to_str().unwrap(), "--draws", draws]));
    let text = simulate("2000");
    let row = text.lines().find(|line| line.starts_with("Permanent relocation ") && line.ends_with("  –")).unwrap();
    let [ledger, at_means] = [2, 3].map(|column| row.split_whitespace().nth(column).unwrap());
    assert_eq!(ledger, at_means, "{row}");
    assert!(
        !text.contains("Permanent relocation: mean less ledger")
            && text.contains("  Temporary (ad hoc) solution: mean less ledger"),
        "{text}"
    );
    // A single draw says nothing of chance.
    let single = simulate("1");
    assert!(single.lines().any(|line| line.trim_start().starts_with("± standard error                 –")), "{single}");
}
