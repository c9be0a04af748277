//! The command as the tests run it, and the files that they run it on.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// The folder of the whole workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

pub(crate) fn golden(name: &str) -> PathBuf {
    root().join("tests/golden").join(name)
}

pub(crate) fn relocost(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_relocost")).args(arguments).output().unwrap()
}

/// The command run in a folder.
pub(crate) fn relocost_in(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_relocost")).args(arguments).current_dir(folder).output().unwrap()
}

/// The command with a text on its standard input.
pub(crate) fn piped(arguments: &[&str], text: impl AsRef<[u8]>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_relocost"));
    let mut child =
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let _ = child.stdin.take().unwrap().write_all(text.as_ref()); // which a reader may leave early
    child.wait_with_output().unwrap()
}

pub(crate) fn family(command: &str, more: &[&str]) -> Output {
    let file = golden("family-of-five.toml");
    relocost(&[&[command, file.to_str().unwrap()], more].concat())
}

pub(crate) fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub(crate) fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

pub(crate) fn status(output: &Output) -> i32 {
    output.status.code().unwrap()
}

/// True if every figure of `expected` stands in `found`.
pub(crate) fn contains(found: &Value, expected: &Value) -> bool {
    match (found, expected) {
        (Value::Object(found), Value::Object(expected)) => {
            expected.iter().all(|(key, value)| found.get(key).is_some_and(|found| contains(found, value)))
        }
        _ => found == expected,
    }
}
