//! The limits on an input, so that none takes more time or memory than it deserves.

/// Bytes of one file.
pub const FILE_BYTES: usize = 4 << 20;
/// Tables and lists inside one another.
pub const DEPTH: usize = 16;
/// Months of a scenario's horizon.
pub const HORIZON_MONTHS: u32 = 1_200;
/// Members of a household.
pub const MEMBERS: usize = 200;
/// Age of a member, in completed years.
pub const AGE_YEARS: u32 = 130;
/// Cost lines, after merging with the catalogue.
pub const LINES: usize = 5_000;
/// Lines that are charged, where every line of which a percentage is one, and every percentage of that, counts anew.
pub const CHARGED_LINES: usize = 50_000;
/// Catalogues of a list.
pub const CATALOGUES: usize = 16;
/// Entitlements that may be declared.
pub const ENTITLEMENTS: usize = 64;
/// Different entitlements that one line may name in `when`, `unless` and `requires` together for an attribution, among
/// those that are missing: its part is computed exactly over all their subsets.
pub const ENTITLEMENTS_OF_A_LINE: usize = 16;
/// Categories, and funds, that may be declared.
pub const DECLARED: usize = 1_000;
/// Solutions and pathways together.
pub const PATHWAYS: usize = 100;
/// Stages of a pathway.
pub const STAGES: usize = 64;
/// Knots of a profile.
pub const KNOTS: usize = 1_000;
/// The largest number that a knot, a schedule or a stage may give as a month.
pub const MONTHS: u32 = 100_000;
/// Values of a `discrete` or `empirical` distribution.
pub const VALUES: usize = 10_000;
/// Uncertain parameters.
pub const UNCERTAIN: usize = 200;
/// Draws of a simulation: indices of Sobol' points have 32 bits, in each of 16 randomisations.
pub const DRAWS: u64 = 1 << 36;
/// Numbers that a simulation keeps of its draws (8 GiB).
pub const KEPT: u64 = 1 << 30;
/// Rows of a table of what-ifs.
pub const WHAT_IFS: usize = 100_000;
/// Expectations of a scenario.
pub const EXPECTATIONS: usize = 10_000;
/// Characters of an id.
pub const ID_CHARACTERS: usize = 64;
/// Characters of any other text.
pub const TEXT_CHARACTERS: usize = 2_000;
/// Bytes of one row of a table, its separators and quotation marks included.
pub const ROW_BYTES: usize = 1 << 16;
/// Findings reported of one input; those beyond are counted.
pub const FINDINGS: usize = 100;

/// Fiscal years of a programme.
pub const FISCAL_YEARS: u32 = 50;
/// Months after a programme's end up to which its cases in hand are costed.
pub const RUN_OFF_MONTHS: u32 = 1_200;
/// Cases of a programme, copies included.
pub const CASES: u32 = 100_000;
/// Months by which a case may have arrived before the programme.
pub const EARLIER_MONTHS: u32 = 1_200;
/// Agreements of a programme.
pub const AGREEMENTS: usize = 64;
/// Places of a grant, and other numbers of a programme's file.
pub const PLACES: u32 = 1_000_000;

/// Threads that a caseload or a simulation uses at most, however many are asked for.
pub const THREADS: usize = 256;
