//! Expectations as a test runner prints them.

use relocost::expectations::ExpectationOutcome;
use relocost::message::counted;
use relocost::{Lang, Message, message};

/// One line for one expectation of a file.
pub fn outcome_line(file: &str, index: usize, outcome: &ExpectationOutcome, lang: Lang) -> String {
    let (number, figure) = (index + 1, outcome.name());
    if outcome.passed {
        return message!("test {file} {number} {figure} ... ok", "test {file} {number} {figure} ... réussi")
            .text(lang)
            .to_owned();
    }
    let line = message!(
        "test {file} {number} {figure} ... FAILED\n    {outcome}{place}\n    {internal}",
        "test {file} {number} {figure} ... ÉCHEC\n    {outcome}{place}\n    {internal}",
        outcome = outcome.message(),
        place = match &outcome.place {
            Some(place) => message!("\n    at {place}", "\n    à {place}"),
            None => relocost::Message::default(),
        },
        internal = internal(),
    );
    line.text(lang).to_owned()
}

/// The mark of an exact figure outside a report.
pub fn internal() -> Message {
    message!("internal, not for publication", "interne, à ne pas publier")
}

/// The last line of a run.
pub fn expectations_summary(passed: usize, failed: usize, errors: usize, lang: Lang) -> String {
    let line = message!(
        "result: {verdict}. {passed} passed; {failed} failed; {errors} with errors",
        "résultat : {verdict}. {passed} ; {failed} ; {errors} avec des erreurs",
        verdict = if failed + errors == 0 { message!("ok", "réussi") } else { message!("FAILED", "ÉCHEC") },
        passed = relocost::Message::new(
            passed.to_string(),
            counted(passed, ["", ""], ["réussie", "réussies"]).fr().to_owned()
        ),
        failed = relocost::Message::new(
            failed.to_string(),
            counted(failed, ["", ""], ["échouée", "échouées"]).fr().to_owned()
        ),
        errors = counted(errors, ["file", "files"], ["fichier", "fichiers"]),
    );
    line.text(lang).to_owned()
}
