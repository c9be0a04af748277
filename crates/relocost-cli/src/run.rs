//! The command asked for, passed to the module that does it.

use relocost::explanation::Selection;
use relocost::payments::{PaymentOptions, PriceEstimateOptions};
use relocost::schema::FileKind;
use relocost::simulation::SobolOptions;
use relocost::{ProgrammeOptions, ProgrammeSimulateOptions, SimulateOptions};

use relocost_disclosure::PublishOptions;
use relocost_publish::report::ReportOptions;
use relocost_rates::RateOptions;

use crate::args::Command;
use crate::args::budgets::BudgetCommand;
use crate::args::files::FileCommand;
use crate::args::papers::PaperCommand;
use crate::args::pathways::PathwayCommand;
use crate::args::prices::PriceCommand;
use crate::args::tables::TableCommand;
use crate::args::uncertainty::UncertaintyCommand;
use crate::documents::Start;
use crate::failure::Failure;
use crate::input::options;
use crate::subject::Asked;
use crate::{
    check, comparison, diff, documents, journal, payments, prices, programme, publish, questions, rates, report, test,
    uncertainty, workbook,
};

/// Runs a command and returns its exit status.
pub(crate) fn run(command: Command) -> Result<u8, Failure> {
    match command {
        Command::Pathways(command) => of_pathways(command),
        Command::Uncertainty(command) => of_uncertainty(command),
        Command::Tables(command) => of_tables(command),
        Command::Papers(command) => of_papers(command),
        Command::Budgets(command) => of_budgets(command),
        Command::Prices(command) => of_prices(command),
        Command::Files(command) => of_files(command),
    }
}

fn of_pathways(command: PathwayCommand) -> Result<u8, Failure> {
    match command {
        PathwayCommand::Compare { input, variants, sides, output } => {
            comparison::compare(&input, variants, sides, &output)
        }
        PathwayCommand::Ledger { input, pathway, output } => comparison::ledger(&input, &pathway, &output),
        PathwayCommand::Explain { input, pathway, category, line, fiscal_year, month, fund, entry, output } => {
            let mut selection = Selection::default();
            (selection.category, selection.line, selection.fund) = (category, line, fund);
            (selection.fiscal_year, selection.month) = (fiscal_year, month);
            comparison::explain(&input, &pathway, &selection, entry, &output)
        }
        PathwayCommand::Delay { input, months, sides, output } => questions::delay(&input, months, sides, &output),
        PathwayCommand::Calibrate { input, target, lines, write, force, sides, output } => {
            questions::calibrate(&input, target, lines, write.as_deref().map(|file| (file, force)), sides, &output)
        }
    }
}

fn of_uncertainty(command: UncertaintyCommand) -> Result<u8, Failure> {
    match command {
        UncertaintyCommand::Simulate { input, draws, seed, sampling, figures, precision, threads, sides, output } => {
            let options = SimulateOptions::default()
                .draws(draws)
                .seed(seed)
                .sampling(sampling)
                .figures(figures)
                .precision(precision)
                .threads(threads);
            uncertainty::simulate(&input, &options, sides, &output)
        }
        UncertaintyCommand::Tornado { input, sides, output } => uncertainty::tornado(&input, sides, &output),
        UncertaintyCommand::Sobol { input, draws, seed, resamples, threads, sides, output } => {
            let options = SobolOptions::default().draws(draws).seed(seed).resamples(resamples).threads(threads);
            uncertainty::sobol(&input, &options, sides, &output)
        }
    }
}

fn of_tables(command: TableCommand) -> Result<u8, Failure> {
    match command {
        TableCommand::Caseload { input, households, threads, sides, output } => {
            questions::caseload(&input, &households, threads, sides, &output)
        }
        TableCommand::Payments {
            input,
            payments: table,
            pathway,
            from,
            until,
            window,
            estimate,
            credibility,
            write,
            force,
            format,
            lang,
        } => {
            let options = PaymentOptions::default().pathway(pathway).from(from).until(until).window(window);
            let estimate = estimate.then(|| payments::Estimate {
                options: PriceEstimateOptions::default().credibility(credibility),
                write: write.as_deref().map(|file| (file, force)),
            });
            payments::payments(&input, &table, &options, estimate.as_ref(), (format, lang))
        }
    }
}

fn of_papers(command: PaperCommand) -> Result<u8, Failure> {
    match command {
        PaperCommand::Workbook {
            input,
            write,
            force,
            households,
            payments,
            pathway,
            compared,
            threads,
            sides,
            basis,
            lang,
        } => {
            let paid = compared.options(pathway);
            let (lang, basis) = (lang.into(), basis.into());
            let (chosen, pair) = (sides.chosen(), sides.pair());
            let asked = Asked { input, households, payments, paid, pair, chosen, basis, threads, lang };
            workbook::workbook(&asked, (&write, force))
        }
        PaperCommand::Journal { input, program, pathway, households, payments, compared, write, force, lang } => {
            let options = compared.options(pathway);
            let asked = journal::Asked { input, households, payments, options };
            journal::journal(&asked, program, write.as_deref().map(|file| (file, force)), lang)
        }
        PaperCommand::Report {
            input,
            write,
            force,
            households,
            payments,
            pathway,
            compared,
            draws,
            seed,
            threads,
            sides,
            basis,
            lang,
        } => {
            let paid = compared.options(pathway);
            let (lang, basis) = (lang.into(), basis.into());
            let (chosen, pair) = (sides.chosen(), sides.pair());
            let options = ReportOptions::new(lang).draws(draws).seed(seed).threads(threads).basis(basis);
            let asked = Asked { input, households, payments, paid, pair, chosen, basis, threads, lang };
            report::report(&asked, options, write.as_deref().map(|file| (file, force)))
        }
        PaperCommand::Publish { input, households, by, threshold, beside, write, force, threads, sides, output } => {
            let asked = publish::Asked {
                households: households.as_deref(),
                options: PublishOptions::default().threshold(threshold).tables(by),
                beside: &beside,
                threads,
                write: write.as_deref().map(|file| (file, force)),
            };
            publish::publish(&input, &asked, sides, &output)
        }
    }
}

fn of_budgets(command: BudgetCommand) -> Result<u8, Failure> {
    match command {
        BudgetCommand::Programme {
            file,
            cases,
            month,
            no_values,
            draws,
            seed,
            sampling,
            threads,
            reach,
            format,
            lang,
        } => {
            let options = ProgrammeOptions::default().cases(cases).values(!no_values).threads(threads);
            let chance = draws.map(|draws| {
                let options = ProgrammeSimulateOptions::default().draws(draws).seed(seed);
                options.sampling(sampling).threads(threads)
            });
            programme::programme(&file, &reach, (&options, chance.as_ref()), month, format, lang)
        }
        BudgetCommand::Diff { old, new, scenario, households, pathways, reach, output } => {
            diff::diff((&old, &new), scenario.as_deref(), (&households, &pathways), &options(&reach), &output)
        }
    }
}

fn of_prices(command: PriceCommand) -> Result<u8, Failure> {
    match command {
        PriceCommand::Estimate { known, months, of, currency, band, format, lang } => {
            questions::estimate(&known, months, of, currency, band, format, lang)
        }
        PriceCommand::Rates { format, files, currency, years, of, month, column, filters, allow_gaps, lang: _ } => {
            let mut options = RateOptions::default().currency(currency).of(of).columns(column).filters(filters);
            (options.years, options.month, options.allow_gaps) = (years, month, allow_gaps);
            rates::rates(format, &files, &options)
        }
        PriceCommand::Prices { catalogue, list, write, force, format, lang } => {
            prices::prices(&catalogue, &list, write.as_deref().map(|file| (file, force)), format, lang)
        }
        PriceCommand::Catalogue { name } => prices::catalogue(name.as_deref()),
    }
}

fn of_files(command: FileCommand) -> Result<u8, Failure> {
    match command {
        FileCommand::Check { files, catalogue, reach, format, lang } => {
            check::check(&files, catalogue, &reach, format, lang.into())
        }
        FileCommand::Test { paths, junit, reach, format, lang } => {
            test::test(&paths, junit.as_deref(), &options(&reach), format, lang.into())
        }
        FileCommand::Schema { catalogue, programme } => documents::schema(match (catalogue, programme) {
            (true, _) => FileKind::Catalogue,
            (_, true) => FileKind::Programme,
            _ => FileKind::Scenario,
        }),
        FileCommand::Init { file, programme: true, force, .. } => documents::init_programme(file.as_deref(), force),
        FileCommand::Init { file, caseload, catalogue, force, .. } => {
            let start = match (caseload, catalogue) {
                (true, _) => Start::Caseload,
                (_, true) => Start::Catalogue,
                _ => Start::Scenario,
            };
            documents::init(file.as_deref(), start, force)
        }
        FileCommand::Completions { shell } => documents::completions(shell),
        FileCommand::Man { command } => documents::man(command.as_deref()),
    }
}
