//! A text with its name, and the way from an offset to a line and a column.

use std::sync::{Arc, OnceLock};

use super::SyntaxError;
use crate::error::{Finding, Place};

/// The format of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// TOML, the usual form.
    #[default]
    Toml,
    /// JSON with the same keys.
    Json,
}

impl Format {
    /// The format of a text: by the ending of its name, or by its beginning, since no TOML begins with a brace.
    ///
    /// ```
    /// use relocost::syntax::Format;
    /// assert_eq!(Format::of("family.json", ""), Format::Json);
    /// assert_eq!(Format::of("family", " { }"), Format::Json);
    /// assert_eq!(Format::of("family", "schema = 1"), Format::Toml);
    /// ```
    pub fn of(name: &str, text: &str) -> Self {
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        let begins = || text.trim_start_matches('\u{feff}').trim_start().starts_with('{');
        let json = ending.eq_ignore_ascii_case("json") || (!ending.eq_ignore_ascii_case("toml") && begins());
        if json { Self::Json } else { Self::Toml }
    }
}

/// A text to read, with the name by which errors call it.
///
/// The name is shown as it stands, so give the file's own name and never its path, which may say whom it is about.
#[derive(Clone, Copy)]
pub struct Source<'t> {
    /// The name of the text in errors.
    pub name: &'t str,
    /// The text itself.
    pub text: &'t str,
    /// The format of the text.
    pub format: Format,
}

impl<'t> Source<'t> {
    /// A text in TOML.
    pub const fn toml(name: &'t str, text: &'t str) -> Self {
        Self { name, text, format: Format::Toml }
    }

    /// A text in JSON.
    pub const fn json(name: &'t str, text: &'t str) -> Self {
        Self { name, text, format: Format::Json }
    }
}

impl std::fmt::Debug for Source<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Source({:?}, {} bytes)", self.format, self.text.len())
    }
}

/// The text of a scenario in which something stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Origin {
    #[default]
    Scenario,
    /// A catalogue, by its place in the list that the scenario names, from 0.
    Catalogue(u8),
}

/// Offsets of a text as lines and columns. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Positions(Arc<Whole>);

/// A text with its name.
struct Whole {
    file: Arc<str>,
    text: Box<str>,
    /// Counted when a position is first asked for: few texts have anything wrong.
    index: OnceLock<Index>,
}

/// The lines and characters of a text, so that each position is found in a time that does not depend on the length of its
/// line.
struct Index {
    /// Offset of the first byte of each line.
    lines: Vec<usize>,
    /// Characters before every `BLOCK`-th byte.
    blocks: Vec<usize>,
}

const BLOCK: usize = 512;

impl Positions {
    pub(crate) fn new(file: &str, text: &str) -> Self {
        Self(Arc::new(Whole { file: file.into(), text: text.into(), index: OnceLock::new() }))
    }

    /// The name of the text in errors.
    pub(crate) fn name(&self) -> &str {
        &self.0.file
    }

    pub(crate) fn place(&self, offset: usize) -> Place {
        let Whole { file, text, index } = &*self.0;
        let (offset, index) = (offset.min(text.len()), index.get_or_init(|| Index::of(text)));
        let line = index.lines.partition_point(|&start| start <= offset);
        let start = index.lines.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let column = index.characters_before(text, offset) - index.characters_before(text, start) + 1;
        Place { file: file.clone(), line: whole(line), column: whole(column) }
    }

    pub(crate) fn finding(&self, error: SyntaxError) -> Finding {
        Finding { code: error.code, place: Some(self.place(error.offset)), key: error.key, message: error.message }
    }
}

impl Index {
    fn of(text: &str) -> Self {
        let mut lines = vec![0];
        lines.extend(text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n').map(|(offset, _)| offset + 1));
        let mut blocks = Vec::with_capacity(text.len() / BLOCK + 1);
        let mut characters = 0;
        for block in text.as_bytes().chunks(BLOCK) {
            blocks.push(characters);
            characters += count(block);
        }
        Self { lines, blocks }
    }

    fn characters_before(&self, text: &str, offset: usize) -> usize {
        let block = (offset / BLOCK).min(self.blocks.len().saturating_sub(1));
        self.blocks.get(block).map_or(0, |before| before + count(&text.as_bytes()[block * BLOCK..offset]))
    }
}

/// Characters that begin in these bytes of a UTF-8 text.
fn count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
}

fn whole(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let text = format!("é = 1\n{}x", "ü".repeat(2000));
        let positions = Positions::new("t", &text);
        let place = |needle| {
            let place = positions.place(text.find(needle).unwrap());
            (place.line, place.column)
        };
        assert_eq!(place("= 1"), (1, 3));
        assert_eq!(place("x"), (2, 2001));
        assert_eq!(positions.place(usize::MAX).line, 2);
    }
}
