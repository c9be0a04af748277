//! A part as bytes: small, and checked when they are read, since they come from elsewhere.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::super::lines::Lines;
use super::super::sums::{Sums, WrittenSums};
use super::super::wrong::Wrong;
use super::{CaseloadPart, RowsOfPart};
use crate::error::{Code, Error, Finding, Place};
use crate::message;
use crate::message::Message;
use crate::reading::Findings;

/// The number of the form in which parts are written.
const FORM: u32 = 1;

/// A part as it is written.
#[derive(Serialize, Deserialize)]
struct Bytes {
    form: u32,
    digest: [u8; 32],
    of: u32,
    pieces: Vec<(u32, WrittenRows)>,
}

#[derive(Serialize, Deserialize)]
struct WrittenRows {
    rows: u64,
    /// Each line by how far it is from the one before.
    lines: Vec<i32>,
    tables: Vec<(String, u32)>,
    sums: WrittenSums,
    odd: WrittenFindings,
    first_unreadable: Option<u64>,
    unreadable: WrittenFindings,
    uncomputed: Vec<(u64, WrittenFindings)>,
}

#[derive(Serialize, Deserialize)]
struct WrittenFindings {
    kept: Vec<WrittenFinding>,
    more: u64,
}

/// The code, the place, the key, and the message in both languages.
#[derive(Serialize, Deserialize)]
struct WrittenFinding(u32, Option<(String, u32, u32)>, String, String, String);

impl CaseloadPart {
    /// The part in bytes, which [`CaseloadPart::from_bytes`] reads, on any machine. Only parts of one version merge.
    pub fn to_bytes(&self) -> Vec<u8> {
        let pieces = self.pieces.iter().map(|(number, piece)| (*number, write(piece))).collect();
        let written = Bytes { form: FORM, digest: self.digest, of: self.of, pieces };
        postcard::to_stdvec(&written).unwrap_or_default() // writing to memory does not fail
    }

    /// Reads a part.
    ///
    /// # Errors
    /// The bytes are no part of a caseload of this version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        read(bytes).ok_or_else(|| {
            let message = message!(
                "the bytes are no part of a caseload of this version; expected what a part was written to",
                "les octets ne sont pas une partie d'un ensemble de ménages de cette version ; attendu : ce qu'une partie a écrit"
            );
            Error::single(Code::Syntax, "part", message)
        })
    }
}

fn read(bytes: &[u8]) -> Option<CaseloadPart> {
    let (Bytes { form, digest, of, pieces }, rest): (Bytes, _) = postcard::take_from_bytes(bytes).ok()?;
    let ascending = pieces.windows(2).all(|pair| pair[0].0 < pair[1].0);
    let within = pieces.last().is_some_and(|(last, _)| *last < of);
    let whole = rest.is_empty() && form == FORM && ascending && within;
    let pieces = pieces.into_iter().map(|(number, piece)| Some((number, piece.read()?)));
    whole.then(|| pieces.collect::<Option<_>>())?.map(|pieces| CaseloadPart { digest, of, pieces })
}

fn write(piece: &RowsOfPart) -> WrittenRows {
    let mut before = 0;
    let Lines { numbers, tables } = &piece.lines;
    let lines = numbers.iter().map(|line| std::mem::replace(&mut before, *line).wrapping_neg().wrapping_add(*line));
    let Wrong { first_unreadable, unreadable, uncomputed } = &piece.wrong;
    WrittenRows {
        rows: piece.rows,
        lines: lines.map(u32::cast_signed).collect(),
        tables: tables.iter().map(|(file, end)| (file.to_string(), *end)).collect(),
        sums: piece.sums.write(),
        odd: WrittenFindings::of(&piece.sums.odd),
        first_unreadable: *first_unreadable,
        unreadable: WrittenFindings::of(unreadable),
        uncomputed: uncomputed.iter().map(|(row, findings)| (*row, WrittenFindings::of(findings))).collect(),
    }
}

impl WrittenRows {
    fn read(self) -> Option<RowsOfPart> {
        let Self { rows, lines, tables, sums, odd, first_unreadable, unreadable, uncomputed } = self;
        let sums = Sums::read(sums, odd.read()?)?;
        let uncomputed = uncomputed.into_iter().map(|(row, findings)| Some((row, findings.read()?)));
        let uncomputed: Vec<_> = uncomputed.collect::<Option<_>>()?;
        let ascending = uncomputed.windows(2).all(|pair| pair[0].0 < pair[1].0);
        let wrong_rows = uncomputed.iter().map(|(row, _)| row).chain(&first_unreadable);
        let within = wrong_rows.into_iter().all(|row| *row < rows);
        // Of a part in which nothing is wrong every row was read and has its figures.
        let wrong = Wrong { first_unreadable, unreadable: unreadable.read()?, uncomputed };
        let told = wrong.unreadable.is_empty() == wrong.first_unreadable.is_none()
            && wrong.uncomputed.iter().all(|(_, findings)| !findings.is_empty() || findings.more() > 0);
        let right = wrong.first_unreadable.is_none() && wrong.unreadable.is_empty() && wrong.uncomputed.is_empty();
        let every = !right || (lines.len() as u64 == rows && sums.households.len() as u64 == rows);
        let mut line = 0_u32;
        let numbers: Vec<u32> = lines
            .into_iter()
            .map(|further| {
                line = line.wrapping_add_signed(further);
                line
            })
            .collect();
        let ends = tables.windows(2).all(|pair| pair[0].1 < pair[1].1);
        let all = tables.last().map_or(0, |(_, end)| *end as usize) == numbers.len();
        let whole = ascending && within && told && every && ends && all;
        let tables = tables.into_iter().map(|(file, end)| (Arc::from(file), end)).collect();
        whole.then_some(RowsOfPart { rows, lines: Lines { numbers, tables }, sums, wrong })
    }
}

impl WrittenFindings {
    fn of(findings: &Findings) -> Self {
        let written = |finding: &Finding| {
            let place = finding.place.as_ref().map(|place| (place.file.to_string(), place.line, place.column));
            let (en, fr) = (finding.message.en().to_owned(), finding.message.fr().to_owned());
            WrittenFinding(finding.code.number(), place, finding.key.clone(), en, fr)
        };
        Self { kept: findings.kept().map(written).collect(), more: findings.more() as u64 }
    }

    fn read(self) -> Option<Findings> {
        let read = |WrittenFinding(number, place, key, en, fr)| {
            let code = *Code::ALL.iter().find(|code| code.number() == number)?;
            let place = place.map(|(file, line, column): (String, _, _)| Place { file: file.into(), line, column });
            Some(Finding { code, place, key, message: Message::new(en, fr) })
        };
        let kept: Option<Vec<Finding>> = self.kept.into_iter().map(read).collect();
        // Fewer than there can be rows, so that no count of them overflows.
        let more = usize::try_from(self.more).ok().filter(|more| *more <= usize::MAX >> 24)?;
        Some(Findings::of(kept?, more))
    }
}
