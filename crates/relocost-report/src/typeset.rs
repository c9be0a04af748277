//! Texts as the printers of each language set them: quotation marks, apostrophes, and spaces that do not break.

use relocost::Lang;

/// The narrow space that does not break.
const NARROW: char = '\u{202f}';

/// A text with the quotation marks and apostrophes of print; in French with narrow spaces that do not break before the
/// signs of two parts and within quotation marks.
///
/// ```
/// use relocost_report::{Lang, typeset};
/// assert_eq!(typeset("l'accord : « oui »", Lang::Fr), "l’accord\u{202f}: «\u{202f}oui\u{202f}»");
/// assert_eq!(typeset("the \"delayed\" pathway's costs, both years' total", Lang::En), "the “delayed” pathway’s costs, both years’ total");
/// ```
pub fn typeset(text: &str, lang: Lang) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut letters = text.chars().peekable();
    let mut last = None;
    let mut open = false;
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied();
        match letter {
            // Within a word, or at its end: the years' quantiles.
            '\'' if last.is_some_and(char::is_alphanumeric) => out.push('’'),
            '"' => {
                open = !open;
                match (lang, open) {
                    (Lang::En, true) => out.push('“'),
                    (Lang::En, false) => out.push('”'),
                    (Lang::Fr, true) => out.extend(['«', NARROW]),
                    (Lang::Fr, false) => out.extend([NARROW, '»']),
                }
            }
            ' ' | '\u{a0}' if lang == Lang::Fr => {
                let binds = matches!(next, Some(':' | ';' | '?' | '!' | '»' | '%' | '€')) || last == Some('«');
                out.push(if binds { NARROW } else { letter });
            }
            other => out.push(other),
        }
        last = Some(letter);
    }
    out
}

/// A text with a capital, as at the beginning of a sentence.
///
/// ```
/// assert_eq!(relocost_report::capital("état"), "État");
/// ```
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
