//! The findings, up to the number that is reported, and a count of the rest.

use crate::error::{Error, Finding};
use crate::limits;

/// Findings, each with what they are put in order by; `()` keeps the order in which they were found.
#[derive(Clone, Debug)]
pub(crate) struct Findings<By = ()> {
    kept: Vec<(By, Finding)>,
    more: usize,
}

impl<By> Default for Findings<By> {
    fn default() -> Self {
        Self { kept: Vec::new(), more: 0 }
    }
}

impl<By> Findings<By> {
    pub(crate) fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// True if further findings are only counted.
    pub(crate) fn is_full(&self) -> bool {
        self.kept.len() >= limits::FINDINGS
    }

    /// The number of findings that are only counted.
    pub(crate) fn more(&self) -> usize {
        self.more
    }

    /// Keeps a finding, which is made only if it is reported.
    pub(crate) fn add(&mut self, by: By, finding: impl FnOnce() -> Finding) {
        if self.is_full() {
            self.more += 1;
        } else {
            self.kept.push((by, finding()));
        }
    }

    /// As [`Findings::add`]; the same finding is reported once.
    pub(crate) fn add_once(&mut self, by: By, finding: impl FnOnce() -> Finding) {
        if self.is_full() {
            self.more += 1;
            return;
        }
        let finding = finding();
        if !self.kept.iter().any(|(_, known)| *known == finding) {
            self.kept.push((by, finding));
        }
    }

    /// The findings in their order, and how many more there are.
    ///
    /// # Errors
    /// There are some.
    pub(crate) fn finish(self) -> Result<(), Error>
    where
        By: Ord,
    {
        let Self { mut kept, more } = self;
        if kept.is_empty() {
            return Ok(());
        }
        kept.sort_by(|(one, _), (other, _)| one.cmp(other));
        Err(Error::new(kept.into_iter().map(|(_, finding)| finding).collect(), more))
    }
}

impl Findings {
    pub(crate) fn keep(&mut self, findings: impl IntoIterator<Item = Finding>) {
        for finding in findings {
            self.add((), || finding);
        }
    }

    /// Keeps a finding, which is made only if there is room for it.
    pub(crate) fn keep_made(&mut self, finding: impl FnOnce() -> Finding) {
        self.add((), finding);
    }

    pub(crate) fn keep_error(&mut self, error: &Error) {
        self.keep(error.findings().iter().cloned());
        self.more += error.more();
    }

    /// Counts what an error tells.
    pub(crate) fn count_error(&mut self, error: &Error) {
        self.more += error.findings().len() + error.more();
    }

    /// So many findings that are kept, and how many more there are.
    pub(crate) fn of(kept: Vec<Finding>, more: usize) -> Self {
        Self { kept: kept.into_iter().map(|finding| ((), finding)).collect(), more }
    }

    /// The findings that are kept.
    pub(crate) fn kept(&self) -> impl Iterator<Item = &Finding> {
        self.kept.iter().map(|((), finding)| finding)
    }

    /// The findings that are kept, to be changed.
    pub(crate) fn kept_mut(&mut self) -> impl Iterator<Item = &mut Finding> {
        self.kept.iter_mut().map(|((), finding)| finding)
    }

    pub(crate) fn merge(&mut self, other: Self) {
        self.keep(other.kept.into_iter().map(|((), finding)| finding));
        self.more += other.more;
    }

    /// The findings by line.
    pub(crate) fn by_line(self) -> Vec<Finding> {
        let mut findings: Vec<Finding> = self.kept.into_iter().map(|((), finding)| finding).collect();
        findings.sort_by_key(|finding| finding.place.as_ref().map(|place| place.line));
        findings
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Code;

    fn finding(key: &str) -> Finding {
        Finding { code: Code::TooMany, place: None, key: key.to_owned(), message: crate::message!("much", "trop") }
    }

    #[test]
    fn findings_come_in_order_and_the_same_one_once() {
        let mut findings = Findings::default();
        for (by, key) in [(3, "c"), (1, "a"), (3, "c"), (2, "b")] {
            findings.add_once(by, || finding(key));
        }
        let error = findings.finish().unwrap_err();
        assert_eq!(error.findings().iter().map(|it| it.key.as_str()).collect::<Vec<_>>(), ["a", "b", "c"]);
        assert!(Findings::<u32>::default().finish().is_ok());
    }

    #[test]
    fn what_is_beyond_the_limit_is_counted_also_when_merged() {
        let mut findings = Findings::default();
        findings.keep((0..limits::FINDINGS + 2).map(|_| finding("a")));
        let mut other = Findings::default();
        other.keep([finding("b")]);
        other.merge(findings);
        assert!(other.is_full());
        assert_eq!(other.more(), 3);
        let mut errors = Findings::default();
        errors.keep_error(&other.finish().unwrap_err());
        assert_eq!(errors.more(), 3);
    }
}
