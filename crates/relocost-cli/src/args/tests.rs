//! What every command takes.

use std::collections::BTreeSet;

use clap::CommandFactory;

use super::*;

/// A call of each command with no more than it needs, and the options that change what any such call gives.
const ALWAYS: &[(&str, &[&str])] = &[
    ("compare F", &["variants"]),
    ("ledger F --pathway p", &["pathway"]),
    (
        "explain F --pathway p",
        &["pathway", "category=x", "line=x", "fiscal-year=2027", "month=2027-01", "fund=x", "entry=2"],
    ),
    ("delay F", &["months=3"]),
    ("calibrate F --target 0.6 --lines a", &["target", "lines", "write=F"]),
    ("simulate F", &["draws=9", "seed=9", "sampling=sobol", "figures=totals", "precision=0.1", "threads=2"]),
    ("tornado F", &[]),
    ("sobol F", &["draws=9", "seed=9", "resamples=9", "threads=2"]),
    ("caseload F T", &["threads=2"]),
    ("payments F T --pathway p", &["pathway", "from=2026-04", "until=2026-05", "window=1", "estimate"]),
    ("payments F T --pathway p --estimate", &["credibility=9", "write=F"]),
    ("journal F --for hledger --pathway p", &["for", "pathway", "households=T", "payments=T", "write=F"]),
    ("journal F --for hledger --pathway p --payments T", &["from=2026-04", "until=2026-05", "window=1"]),
    ("report F", &["write=F", "households=T", "payments=T", "draws=9", "seed=9", "threads=2"]),
    ("report F --payments T", &["pathway=p", "from=2026-04", "until=2026-05", "window=1"]),
    ("publish F T", &["by=fiscal_year,fund", "threshold=4", "beside=F", "write=F", "threads=2"]),
    ("workbook F --write W", &["write", "force", "households=T", "payments=T"]),
    ("workbook F --write W --payments T", &["pathway=p", "from=2026-04", "until=2026-05", "window=1"]),
    ("workbook F --write W --households T", &["threads=2"]),
    ("programme F", &["cases", "month", "no-values", "threads=2", "draws=9"]),
    ("programme F --draws 9", &["seed=9", "sampling=sobol"]),
    ("prices F T", &["write=F"]),
    ("diff A B", &["scenario=F", "households=T T"]),
    ("estimate --permanent 5", &["permanent", "currency=USD", "band=0.5..0.6", "format=json", "lang=fr"]),
    ("estimate --temporary 5", &["temporary"]),
    ("estimate --monthly 5 --months 6", &["monthly", "months", "of=temporary"]),
    (
        "rates ecb F",
        &["currency=USD", "years=2020..2021", "of=end", "column=USD", "where=geo=NL", "allow-gaps", "lang=fr"],
    ),
    ("rates csv F --of month --month 7", &["month=7"]),
    ("check F", &["catalogue", "format=json"]),
    ("test F", &["junit=F", "format=json"]),
    ("schema", &["catalogue", "programme"]),
    ("init", &["caseload", "catalogue", "programme"]),
    ("completions bash", &[]),
    ("man", &[]),
];

/// Options of what is asked about, of what is compared and of how it is printed: where a command has one of a group,
/// all of the group change what any call gives.
const SHARED: &[&str] = &[
    "variant=v",
    "catalogues=D",
    "show-values",
    "base=p",
    "alternative=p",
    "basis=constant",
    "format=json",
    "lang=fr",
];

/// Options that mean something beside another one only, with a call that lacks it: refused, and never passed over.
const BESIDE: &[(&str, &str)] = &[
    ("force", "calibrate F --target 0.6 --lines a --force"),
    ("force", "init --force"),
    ("force", "publish F T --force"),
    ("force", "prices F T --force"),
    ("seed", "programme F --seed 9"),
    ("sampling", "programme F --sampling sobol"),
    ("force", "payments F T --pathway p --estimate --force"),
    ("from", "journal F --for hledger --from 2026-04"),
    ("until", "journal F --for hledger --until 2026-04"),
    ("window", "journal F --for hledger --window 1"),
    ("force", "journal F --for hledger --force"),
    ("force", "report F --force"),
    ("pathway", "report F --pathway p"),
    ("from", "report F --from 2026-04"),
    ("until", "report F --until 2026-04"),
    ("window", "report F --window 1"),
    ("draws", "report F --payments T --draws 9"),
    ("seed", "report F --households T --seed 9"),
    ("threads", "report F --payments T --threads 2"),
    ("write", "payments F T --pathway p --write F"),
    ("credibility", "payments F T --pathway p --credibility 9"),
    ("months", "estimate --permanent 5 --months 6"),
    ("months", "estimate --temporary 5 --months 6"),
    ("month", "rates csv F --month 7"),
    ("monthly", "estimate --monthly 5"),
    ("pathways", "diff A B --pathways p q"),
    ("of", "estimate --permanent 5 --of temporary"),
    ("of", "estimate --temporary 5 --of permanent"),
];

fn parse(call: &str) -> Result<Cli, clap::Error> {
    Cli::try_parse_from(std::iter::once("relocost").chain(call.split(' ')))
}

fn written(option: &str) -> String {
    let (name, value) = option.split_once('=').map_or((option, None), |(name, value)| (name, Some(value)));
    value.map_or_else(|| format!("--{name}"), |value| format!("--{name} {value}"))
}

fn name(option: &str) -> &str {
    option.split('=').next().unwrap_or(option)
}

#[test]
fn every_option_changes_every_call_that_takes_it_or_is_refused() {
    let mut placed: BTreeSet<(&str, &str)> = BTreeSet::new();
    let command = |call: &'static str| call.split(' ').next().unwrap_or(call);
    let cli = Cli::command();
    for (call, options) in ALWAYS {
        parse(call).unwrap();
        let found = cli.find_subcommand(command(call)).unwrap();
        let has = |option: &&&str| found.get_arguments().any(|known| known.get_long() == Some(name(option)));
        for option in options.iter().chain(SHARED.iter().filter(has)) {
            placed.insert((command(call), name(option)));
            if !call.contains(&written(option)) && (option.contains('=') || !call.contains(*option)) {
                parse(&format!("{call} {}", written(option))).unwrap_or_else(|error| panic!("{call}: {error}"));
            }
        }
    }
    for (option, call) in BESIDE {
        placed.insert((command(call), option));
        assert_eq!(parse(call).unwrap_err().exit_code(), 2, "{call} is taken without what --{option} needs");
    }
    for command in cli.get_subcommands() {
        for option in command.get_arguments().filter_map(clap::Arg::get_long) {
            let known = placed.contains(&(command.get_name(), option));
            assert!(known, "--{option} of {}: say in this test in which calls it means something", command.get_name());
        }
    }
}
