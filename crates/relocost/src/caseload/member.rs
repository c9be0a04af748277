//! The grammar of a member in a table: `[role:]born-or-age[@[joins]..[leaves]]`.

use std::fmt;

use crate::error::Code;
use crate::limits;
use crate::message;
use crate::message::Message;
use crate::names::{Named, Role};
use crate::scenario::Member;
use crate::scenario::read::Stay;
use crate::spreadsheet::{self, DecimalComma};
use crate::types::Month;

/// A member as a cell says it. Its `Debug` form shows nothing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct CaseMember {
    birth: Birth,
    role: Option<Role>,
    joins: Option<Month>,
    leaves: Option<Month>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Birth {
    Born(Month),
    /// Age in completed years.
    Age(u32),
}

impl fmt::Debug for CaseMember {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CaseMember(not shown)")
    }
}

impl CaseMember {
    /// The member, if ages are those of a month; `None` if one means a birth before the years that are known.
    pub(super) fn aged_at(&self, month: Month) -> Option<Member> {
        let Self { birth, role, joins, leaves } = *self;
        let born = match birth {
            Birth::Born(born) => born,
            Birth::Age(age) => month.plus(-i32::try_from(age * 12).ok()?),
        };
        (born.year() >= Month::FIRST_YEAR).then_some(Member { born, role, joins, leaves })
    }
}

/// What is wrong with a member, by its place among those of its cell.
pub(super) struct WrongMember {
    pub(super) place: usize,
    pub(super) code: Code,
    pub(super) message: Message,
}

/// The members of a cell, separated by blanks, and what is wrong with others.
pub(super) fn members(cell: &str, commas: DecimalComma, order: Stay) -> (Vec<CaseMember>, Vec<WrongMember>) {
    let mut after_day = false;
    let words = cell.split_whitespace().filter(|word| {
        // The midnight of a day belongs to it.
        let is_time = std::mem::replace(&mut after_day, word.matches('-').count() == 2);
        !(is_time && spreadsheet::is_midnight(word))
    });
    // Two digits and a blank are what most members take.
    let (mut members, mut wrong) = (Vec::with_capacity((cell.len() / 3 + 1).min(limits::MEMBERS)), Vec::new());
    for (place, word) in words.enumerate() {
        match member(word, commas, order) {
            Ok(member) => members.push(member),
            Err((code, message)) => wrong.push(WrongMember { place, code, message }),
        }
    }
    (members, wrong)
}

fn member(word: &str, commas: DecimalComma, order: Stay) -> Result<CaseMember, (Code, Message)> {
    let (who, stay) = word.split_once('@').map_or((word, None), |(who, stay)| (who, Some(stay)));
    let named = who.split_once(':').filter(|(role, _)| !role.contains(|sign: char| sign.is_ascii_digit()));
    let (role, birth) = named.map_or((None, who), |(role, birth)| (Some(role), birth));
    let role = role.map(self::role).transpose()?;
    let birth = self::birth(birth, commas)?;
    let (joins, leaves) = stay.map_or(Ok((None, None)), |stay| self::stay(stay, order))?;
    Ok(CaseMember { birth, role, joins, leaves })
}

fn role(text: &str) -> Result<Role, (Code, Message)> {
    Role::of(&text.to_ascii_lowercase()).ok_or_else(|| {
        let names = Role::NAMES.join(", ");
        let message = message!("unknown role; expected one of {names}", "rôle inconnu ; attendu : {names}");
        (Code::UnknownName, message)
    })
}

fn birth(text: &str, commas: DecimalComma) -> Result<Birth, (Code, Message)> {
    let age = spreadsheet::number(text, commas).ok().and_then(whole);
    if let Some(age) = age.filter(|age| *age <= limits::AGE_YEARS) {
        return Ok(Birth::Age(age));
    }
    spreadsheet::month(text).map(Birth::Born).map_err(|told| {
        let most = limits::AGE_YEARS;
        let usual = message!(
            "expected a month of birth such as 1984-03, or an age from 0 to {most}",
            "un mois de naissance tel que 1984-03, ou un âge de 0 à {most}, est attendu",
        );
        let between = || {
            message!(
                "members are separated by blanks; {usual}",
                "les membres sont séparés par des espaces ; {usual}",
                usual,
            )
        };
        let usual = if text.contains([',', ';', '/', '+', '&']) { between() } else { usual };
        (if age.is_some() { Code::OutOfRange } else { Code::WrongKind }, told.unwrap_or(usual))
    })
}

fn whole(number: rust_decimal::Decimal) -> Option<u32> {
    use rust_decimal::prelude::ToPrimitive;
    number.is_integer().then(|| number.to_u32()).flatten()
}

/// When a member joins and leaves: `2027-01..2028-09`, of which one month may be left out.
fn stay(text: &str, order: Stay) -> Result<(Option<Month>, Option<Month>), (Code, Message)> {
    let usual = || {
        message!(
            "expected after @ the months of joining and leaving, such as 2027-01..2028-09, of which one may be left out",
            "après @ sont attendus les mois d'arrivée et de départ, comme 2027-01..2028-09, dont l'un peut manquer",
        )
    };
    let month = |text: &str| match text {
        "" => Ok(None),
        text => spreadsheet::month(text).map(Some).map_err(|told| (Code::WrongKind, told.unwrap_or_else(usual))),
    };
    let (joins, leaves) = text.split_once("..").ok_or_else(|| (Code::WrongKind, usual()))?;
    match (month(joins)?, month(leaves)?) {
        (None, None) => Err((Code::MissingKey, usual())),
        (Some(joins), Some(leaves)) if leaves < joins && order == Stay::Ordered => {
            Err((Code::OutOfRange, message!("leaves before the month of joining", "part avant le mois d'arrivée")))
        }
        stay => Ok(stay),
    }
}
