//! Reading a programme: its setting as a scenario's, and on top of it the programme, its agreements and its cases.
//!
//! Nothing of a case or of an agreement is shown in a finding: not even what a solution of theirs is called.

mod agreements;
mod arrivals;
mod cases;
mod expect;
mod head;
mod households;
mod lines;

use std::cell::RefCell;
use std::sync::Arc;

use indexmap::IndexMap;
use sha2::Digest;

use self::head::Head;
use self::households::Files;
use super::overhead::{self, ProgrammeCost};
use super::{Inner, Programme};
use crate::error::{Code, Error, Finding};
use crate::limits;
use crate::message;
use crate::per_cent;
use crate::reading::{Fields, Findings, Path, Reader};
use crate::scenario::read::{Base, Frame, SHARED_KEYS, age_range, catalogue, parameters, setting};
use crate::scenario::{Household, Inner as Scene, Loader, Scenario, Setting, Uncertain};
use crate::syntax::{self, Node, Origin, Source};
use crate::types::{Id, Month, Parameter};

pub(crate) use self::agreements::AGREEMENT_KEYS;
pub(crate) use self::arrivals::ARRIVAL_KEYS;
pub(crate) use self::cases::CASE_KEYS;
pub(crate) use self::head::PROGRAMME_KEYS;
pub(crate) use self::lines::PROGRAMME_LINE_KEYS;

/// The keys of a programme's file beside those that it shares with a catalogue.
pub(crate) const PROGRAMME_FILE_KEYS: &[&str] = &[
    "title",
    "catalogue",
    "fiscal_year_start",
    "household",
    "programme",
    "cases",
    "agreements",
    "arrivals",
    "uncertain",
    "correlations",
    "expect",
];

/// The reader of the parts of a file.
struct Programming<'r> {
    reader: &'r mut Reader,
    files: &'r Files<'r>,
    setting: &'r Setting,
    head: &'r Head,
    /// True if every name that a catalogue could declare is known.
    complete: bool,
    /// The findings in other files than the programme's own.
    others: Findings,
    warnings: Vec<Finding>,
}

impl Programming<'_> {
    /// A solution that something names, by its place; where it is not declared, that is said without showing it.
    fn solution(&mut self, node: &Node, path: &Path<'_>) -> Option<usize> {
        let id = self.reader.id(node, path)?;
        let place = self.setting.solutions.get_index_of(&id);
        if place.is_none() && self.complete {
            let message = message!("no solution has this name", "aucune solution ne porte ce nom");
            self.reader.fail(Code::UnknownName, node.at, path, message);
        }
        place
    }
}

impl Loader<'_> {
    /// Reads and checks a programme.
    ///
    /// # Errors
    /// Everything that is wrong with the programme, its catalogue and the households that it names, with file, line,
    /// column and key.
    pub fn load_programme(&self, source: Source<'_>) -> Result<Programme, Error> {
        let (root, positions) = syntax::read(&source, Origin::Scenario)?;
        self.over_catalogues(&root, positions, |reader, base| {
            let files = Files { bring: self.households.as_deref(), reveal: self.reveal, digest: RefCell::default() };
            programme(reader, &root, base, &files)
        })
    }
}

fn programme(mut reader: Reader, root: &Node, base: Base<'_>, files: &Files<'_>) -> Result<Programme, Error> {
    let complete = !matches!(base, Base::Missing(_));
    let top = Path::Root;
    let Some(fields) = reader.fields(root, &top, &[SHARED_KEYS, PROGRAMME_FILE_KEYS].concat()) else {
        return Err(unreadable(reader));
    };
    let title = fields.get("title").and_then(|node| reader.text(node, &top.key("title")));
    if let Some(node) = fields.get("catalogue") {
        catalogue(&mut reader, node, &top.key("catalogue"));
    }
    let fiscal_year_start = fields
        .get("fiscal_year_start")
        .and_then(|node| reader.whole(node, &top.key("fiscal_year_start"), 1, 12))
        .unwrap_or(1);
    let nobody = household(&mut reader, &fields);
    let expected = message!("a table with `first_fiscal_year`", "une table avec `first_fiscal_year`");
    let written = reader.need(&fields, &top, "programme", &expected);
    let mut head = written.and_then(|node| head::read(&mut reader, node, fiscal_year_start)).unwrap_or_default();
    let first = head.first_month.unwrap_or(Month::EPOCH);
    let months = 12 * head.fiscal_years;
    let frame = Frame { title, start: Some(first), horizon_months: Some(months), fiscal_year_start };
    let (mut setting, names) = setting(&mut reader, root, &fields, base, &frame);
    setting.tariffs_at = Some(first);
    if setting.solutions.contains_key(&Id::programme()) {
        let message = message!(
            "no solution of a programme may be called \"programme\", which its tables use",
            "aucune solution d'un programme ne peut s'appeler « programme », que ses tableaux utilisent"
        );
        let at = fields.get("solutions").map_or(fields.at, |node| node.at);
        reader.fail(Code::BadName, at, &top.key("solutions").key("programme"), message);
    }
    if let Some(node) = written {
        head::resolve(&mut reader, node, &setting, complete, &mut head);
    }
    let mut reading = Programming {
        reader: &mut reader,
        files,
        setting: &setting,
        head: &head,
        complete,
        others: Findings::default(),
        warnings: Vec::new(),
    };
    let agreements = agreements::read(&mut reading, &fields);
    let ids: Vec<Id> = agreements.iter().map(|agreement| agreement.id.clone()).collect();
    let mut cases = cases::read(&mut reading, &fields, &ids, &nobody);
    let arrivals = arrivals::read(&mut reading, &fields, &ids);
    let mut references = Vec::new();
    let own = match written {
        Some(node) => lines::read(&mut reading, node, &mut references),
        None => Vec::new(),
    };
    let Programming { others, warnings, .. } = reading;
    names.check(&mut reader, references.iter());
    let slips = agreements.iter().filter_map(|agreement| {
        let (parameter, distribution) = (Parameter::AgreementSlip(agreement.id.clone()), agreement.slip.clone()?.by);
        Some(Uncertain { parameter, distribution })
    });
    parameters(&mut reader, &fields, &names, &mut setting, slips.collect());
    let certain_months = months_of_stages(&reader, &fields, &setting);
    let given = fields.get("agreements").map_or(0, |node| node.items().len());
    let all = (ids.len() == given).then_some(ids.as_slice());
    expect::read(&mut reader, &fields, &names, all, &head, &mut setting);
    // Figures of the programme's own: a scenario has none of them.
    let expectations = std::mem::take(&mut setting.expectations);
    finish(reader, others)?;

    let (own_lines, lines): (Vec<_>, Vec<_>) = own.into_iter().unzip();
    let mut own_setting = setting.clone();
    own_setting.lines = own_lines.into_iter().map(|line| (line.id.clone(), line)).collect();
    own_setting.category_factors = IndexMap::new();
    // A line of the programme is another one than that of a household with the same id.
    for uncertain in &mut own_setting.uncertain {
        if is_of_a_line(&uncertain.parameter) {
            uncertain.parameter = Parameter::HorizonMonths;
        }
    }
    let digest = {
        let mut hasher = files.digest.borrow().clone();
        hasher.update(syntax::to_json(root));
        hasher.finalize().into()
    };
    let lines: Vec<ProgrammeCost> = lines
        .into_iter()
        .map(|(count, kind, per, shares)| ProgrammeCost {
            count,
            kind,
            per,
            payers: overhead::payers(&setting, shares.as_ref()),
            shares,
        })
        .collect();
    for case in cases.run.iter_mut().chain(&mut cases.later) {
        case.household.school_age = nobody.school_age;
        case.household.working_age = nobody.working_age;
    }
    let scene =
        |setting| Scenario::from_inner(Scene { start: first, household: nobody.clone(), setting: Arc::new(setting) });
    let (own, setting) = (scene(own_setting), scene(setting));
    // Rates stand in both, and the lines of each in its own.
    let of_own = per_cent::warnings(&own).into_iter().filter(|warning| warning.key.starts_with("lines."));
    let of_own = of_own.map(|warning| Finding { key: format!("programme.{}", warning.key), ..warning });
    let warnings =
        warnings.into_iter().chain(certain_months).chain(per_cent::warnings(&setting)).chain(of_own).collect();
    Ok(Programme(Arc::new(Inner {
        own,
        fiscal_years: head.fiscal_years,
        order: head.order,
        waiting: head.waiting,
        settled: head.settled,
        support: head.support,
        run_off_months: head.run_off_months,
        ceilings: head.ceilings,
        agreements,
        arrivals,
        cases: cases.run,
        left_out: cases.left_out,
        later: cases.later,
        lines,
        expectations,
        warnings,
        digest,
        setting,
    })))
}

/// True if a parameter is one line's.
fn is_of_a_line(parameter: &Parameter) -> bool {
    matches!(
        parameter,
        Parameter::LineAmount(_) | Parameter::LineFactor(_) | Parameter::EventRate(_) | Parameter::SeverityFactor(_)
    )
}

/// A warning about months of stages that are declared uncertain: a case of a programme follows its pathway as written.
fn months_of_stages(reader: &Reader, fields: &Fields<'_>, setting: &Setting) -> Option<Finding> {
    let is_stage = |uncertain: &Uncertain| matches!(uncertain.parameter, Parameter::StageMonths(..));
    let node = fields.get("uncertain").filter(|_| setting.uncertain.iter().any(is_stage))?;
    let message = message!(
        "has months of a pathway's stage, which are as written in every future of a programme",
        "contient des mois d'une étape d'un parcours, qui restent tels quels dans tous les avenirs d'un programme"
    );
    Some(Finding {
        code: Code::NeverUsed,
        place: reader.sources().place(node.at),
        key: "uncertain".to_owned(),
        message,
    })
}

/// The errors of the programme's own file and of others.
fn finish(reader: Reader, others: Findings) -> Result<(), Error> {
    let own = reader.finish().err();
    let others = others.finish().err();
    let all = || own.iter().chain(&others);
    let findings: Vec<Finding> = all().flat_map(Error::findings).take(limits::FINDINGS).cloned().collect();
    if findings.is_empty() {
        return Ok(());
    }
    let found: usize = all().map(|error| error.findings().len() + error.more()).sum();
    Err(Error::new(findings.clone(), found - findings.len()))
}

fn unreadable(reader: Reader) -> Error {
    let message = message!("not a programme", "n'est pas un programme");
    reader.finish().err().unwrap_or_else(|| Error::single(Code::WrongKind, "", message))
}

/// The values that a programme gives for every household: the ages of school and of work.
fn household(reader: &mut Reader, fields: &Fields<'_>) -> Household {
    let mut household = Household {
        reference: None,
        members: Vec::new(),
        school_age: Household::SCHOOL_AGE,
        working_age: Household::WORKING_AGE,
    };
    let (root, keys) = (Path::Root, ["school_age", "working_age"]);
    let path = root.key("household");
    let Some(node) = fields.get("household") else { return household };
    if let Some(fields) = reader.fields(node, &path, &keys) {
        for (key, range) in keys.into_iter().zip([&mut household.school_age, &mut household.working_age]) {
            *range = age_range(reader, &fields, &path, key, *range).unwrap_or(*range);
        }
    }
    household
}

/// True if an id has a letter, as the id of a case must.
fn has_letter(id: &Id) -> bool {
    id.as_str().bytes().any(|byte| byte.is_ascii_alphabetic())
}
