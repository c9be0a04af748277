//! The depth to which a text nests, found without recursion: the parsers recurse, and a thread can have little stack.
//!
//! Brackets that open tables and lists are counted as the parsers count them. A text that is wrong may count as deeper
//! than its parser would find it, never as less deep.

use toml_parser::Source;
use toml_parser::lexer::TokenKind;

use super::SyntaxError;
use crate::limits;

/// Where a TOML text opens a table or list in more of them than any key takes.
pub(super) fn of_toml(text: &str) -> Option<SyntaxError> {
    if is_shallow(text) { None } else { of_tokens(text) }
}

/// True if a TOML text is certainly not too deep: most are found to be so in one pass over their bytes, without tokens.
///
/// Brackets are counted as [`of_tokens`] counts them, and dots wherever they stand outside a string. A string of several
/// lines, or a quotation mark that begins none, is left to the lexer.
fn is_shallow(text: &str) -> bool {
    let bytes = text.as_bytes();
    // Tables that the header opened, brackets that are open, and dots of the present statement.
    let (mut header, mut open, mut dots) = (0_usize, 0_usize, 0_usize);
    let (mut in_header, mut begins, mut at) = (false, true, 0);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\n' | b'\r' if in_header || open == 0 => (open, dots, in_header, begins) = (0, 0, false, true),
            b' ' | b'\t' | b'\n' | b'\r' => {}
            b'#' => {
                let rest = bytes.get(at..).unwrap_or_default();
                at += rest.iter().take_while(|byte| !matches!(byte, b'\n' | b'\r')).count();
                continue; // the line ends here
            }
            b'[' if begins || in_header => {
                header = if in_header { header + 1 } else { 1 };
                (in_header, begins) = (true, false);
            }
            b'.' if in_header => header += 1,
            b'[' | b'{' => (open, begins) = (open + 1, false),
            b']' | b'}' => (open, begins) = (open.saturating_sub(1), false),
            b'.' => (dots, begins) = (dots + 1, false),
            b'"' | b'\'' => {
                let before = at.checked_sub(1).and_then(|before| bytes.get(before));
                let alone = before.is_none_or(|before| b".=,[]{} \t\r\n".contains(before));
                let Some(end) = string_of_one_line(bytes, at).filter(|_| alone) else { return false };
                (at, begins) = (end, false);
                continue;
            }
            0xEF if at == 0 => return false, // perhaps a byte order mark
            _ => begins = false,
        }
        if 1 + header + open + dots > limits::DEPTH + 1 {
            return false;
        }
        at += 1;
    }
    true
}

/// The end of the string whose quotation mark stands at a place, if it ends on its line.
fn string_of_one_line(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes.get(at..)?;
    let (&mark, _) = rest.split_first()?;
    if rest.starts_with(&[mark; 3]) {
        return None; // of several lines
    }
    let mut end = at + 1;
    loop {
        let rest = bytes.get(end..)?;
        let special = rest.iter().position(|&byte| byte == mark || byte == b'\\' || byte == b'\n')?;
        end += special + 1;
        match rest.get(special..)? {
            [b'\n', ..] => return None,
            [byte, ..] if *byte == mark => return Some(end),
            [b'\\', b'\\' | b'"', ..] if mark == b'"' => end += 1,
            _ => {}
        }
    }
}

/// As [`of_toml`], by the tokens of the text.
fn of_tokens(text: &str) -> Option<SyntaxError> {
    // Tables that the header opened, and those of the keys and brackets of the present statement, innermost last.
    let (mut header, mut open): (usize, Vec<Level>) = (0, vec![Level::default()]);
    let mut in_header = false;
    let mut begins = true; // a statement
    for token in Source::new(text).lex() {
        let outermost = open.len() == 1;
        match token.kind() {
            TokenKind::Newline if in_header || outermost => {
                (open, in_header, begins) = (vec![Level::default()], false, true);
                continue;
            }
            TokenKind::Whitespace | TokenKind::Newline | TokenKind::Comment => continue,
            TokenKind::LeftSquareBracket if begins || in_header => {
                header = if in_header { header + 1 } else { 1 };
                in_header = true;
            }
            TokenKind::Dot if in_header => header += 1,
            TokenKind::LeftSquareBracket => open.push(Level { is_list: true, ..Level::default() }),
            TokenKind::LeftCurlyBracket => open.push(Level::default()),
            TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket if !outermost => drop(open.pop()),
            kind => {
                let level = open.last_mut()?; // the outermost is never closed
                match kind {
                    TokenKind::Equals => level.in_value = true,
                    TokenKind::Comma => *level = Level { is_list: level.is_list, ..Level::default() },
                    TokenKind::Dot if !level.in_value && !level.is_list => level.dots += 1,
                    _ => {}
                }
            }
        }
        begins = false;
        let depth = 1 + header + open.len() - 1 + open.iter().map(|level| level.dots).sum::<usize>();
        if depth > limits::DEPTH + 1 {
            return Some(super::nested_too_deep(token.span().start()));
        }
    }
    None
}

/// The state between two brackets of TOML.
#[derive(Clone, Copy, Default)]
struct Level {
    is_list: bool,
    /// True if its present key has its `=`.
    in_value: bool,
    /// Tables that its present key opens.
    dots: usize,
}

/// Where a JSON text opens an object or list in more of them than any key takes.
pub(super) fn of_json(text: &str) -> Option<SyntaxError> {
    let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
    for (offset, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            _ if in_text => {}
            b'{' | b'[' => {
                depth += 1;
                if depth > limits::DEPTH + 1 {
                    return Some(super::nested_too_deep(offset));
                }
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_comments_and_numbers_open_nothing() {
        let deep = "[".repeat(40);
        let dots = "1.2.".repeat(40);
        for text in [
            format!("a = \"{deep}\"\nb = '{deep}'\nc = \"\"\"\n{deep}\n\"\"\"\n# {deep}"),
            format!("a = [{}]", "1.5, ".repeat(40)),
            format!("{}\n", "a.b.c = 1.5\n[[x.y]]\nb = { c.d = [ 1.5, { e = 2 } ], f = 1 }\n".repeat(20)),
            format!("a = \"{dots}\"\n"),
        ] {
            assert!(of_toml(&text).is_none() && of_tokens(&text).is_none(), "{text}");
        }
        assert!(of_json(&format!("{{\"a\": \"{deep}\\\"{deep}\", \"b\": [[1], [2]]}}")).is_none());
    }

    #[test]
    fn brackets_headers_and_dots_add_up() {
        let key = "a.".repeat(8) + "a";
        let most = limits::DEPTH;
        for text in [
            format!("a = {}", "[".repeat(most + 1)),
            format!("a = {}", "{a = ".repeat(most + 1)),
            format!("[{}a]", "a.".repeat(most + 1)),
            format!("{}a = 1", "a.".repeat(most + 1)),
            format!("[{key}]\n{key} = 1"),
            format!("{key} = {{ {key} = 1 }}"),
            format!("[[{key}]]\na = [1, {{ {key} = 1 }}]"),
        ] {
            assert!(of_toml(&text).is_some() && of_tokens(&text).is_some(), "{text}");
        }
        assert!(of_json(&"[".repeat(most + 2)).is_some());
        assert!(of_json(&"{\"a\":".repeat(most + 2)).is_some());
    }

    #[test]
    fn usual_texts_need_no_tokens() {
        let comments_and_strings = "a = 'x' # [\n[b.\"c.d\"]\ne = [\n  { f = \"]\\\"]\" },\n]\n";
        for text in [crate::Catalogue::reference().text(), comments_and_strings] {
            assert!(is_shallow(text), "{text}");
        }
        for text in ["a = \"\"\"\nb\"\"\"", "a = b\"[\"", "a = \"\n\""] {
            assert!(!is_shallow(text), "{text}");
        }
    }

    /// Parts of texts of which some are TOML and some are not.
    const PARTS: &[&str] = &[
        "[",
        "]",
        "{",
        "}",
        ".",
        ",",
        "=",
        "\"",
        "'",
        "\\",
        "#",
        "\n",
        "\r",
        " ",
        "a",
        "\u{feff}",
        "[[",
        "a.b",
        " = {",
        "[[[[[[[[[[[[[[[[[[",
        "\na.a.a.a.a.a.a.a.a.a = [[[[[[[[[[[",
        "\"\"\"",
        "'''",
        "\"x\"",
    ];

    proptest::proptest! {
        /// A text that is shallow by its bytes is shallow by its tokens.
        #[test]
        fn a_shallow_text_is_shallow_by_its_tokens(
            parts in proptest::collection::vec(proptest::sample::select(PARTS), 0..12),
        ) {
            let text = parts.concat();
            proptest::prop_assert!(!is_shallow(&text) || of_tokens(&text).is_none(), "{:?}", text);
        }
    }
}
