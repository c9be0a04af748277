//! Files that are checked, tested or begun, and what a shell needs of the command.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};

use super::{LangArg, Reach};

#[derive(Subcommand, Debug)]
pub(crate) enum FileCommand {
    /// Check files without printing figures: all errors at once, and what is odd
    Check {
        /// Scenario and programme files, or - for one on standard input
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// The files are catalogues
        #[arg(long)]
        catalogue: bool,
        #[command(flatten)]
        reach: Reach,
        /// Form of the output
        #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
        format: CheckFormat,
        /// The language of errors and warnings
        #[arg(long, value_enum, default_value_t = LangArg::En)]
        lang: LangArg,
    },
    /// Run the expectations that scenarios and programmes carry
    #[command(after_help = "Example:\n  relocost test scenarios --junit report.xml")]
    Test {
        /// Scenario and programme files, and folders that are searched for them
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// Write a `JUnit` XML report to this file too
        #[arg(long, value_name = "FILE")]
        junit: Option<PathBuf>,
        #[command(flatten)]
        reach: Reach,
        /// Form of the output
        #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
        format: CheckFormat,
        /// The language of errors and warnings
        #[arg(long, value_enum, default_value_t = LangArg::En)]
        lang: LangArg,
    },
    /// Print the JSON Schema of scenario files, for editors that complete and check as you type
    Schema {
        /// Catalogue files instead
        #[arg(long)]
        catalogue: bool,
        /// Programme files instead
        #[arg(long, conflicts_with = "catalogue")]
        programme: bool,
    },
    /// Write a commented scenario to start from
    Init {
        /// The file to write; standard output if left out
        file: Option<PathBuf>,
        /// A table of households instead
        #[arg(long)]
        caseload: bool,
        /// A catalogue instead
        #[arg(long, conflicts_with = "caseload")]
        catalogue: bool,
        /// A programme instead, with the table of its households beside it
        #[arg(long, conflicts_with_all = ["caseload", "catalogue"])]
        programme: bool,
        /// Replace the file if there is one
        #[arg(long, requires = "file")]
        force: bool,
    },
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the man page, of one command if named
    Man {
        /// The command
        command: Option<String>,
    },
}

impl FileCommand {
    /// The language in which errors are told.
    pub(super) fn lang(&self) -> LangArg {
        match self {
            Self::Check { lang, .. } | Self::Test { lang, .. } => *lang,
            Self::Schema { .. } | Self::Init { .. } | Self::Completions { .. } | Self::Man { .. } => LangArg::En,
        }
    }
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CheckFormat {
    Text,
    Json,
}
