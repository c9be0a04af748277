//! Where a caseload's households come from: a file, standard input, and nothing that could keep a reader waiting.
#![expect(clippy::unwrap_used, reason = "a test may panic: that is how it fails")]

mod support;

use std::path::Path;
use std::process::{Command, Output};

use support::{err, golden, piped};

fn caseload(scenario: &str, households: &str, input: &[u8]) -> Output {
    piped(&["caseload", scenario, households], input)
}

fn family() -> String {
    golden("family-of-five.toml").to_string_lossy().into_owned()
}

#[test]
fn standard_input_is_read_as_a_file_is() {
    let folder = tempfile::tempdir().unwrap();
    let (file, table) = (folder.path().join("households.csv"), b"reference;members\r\nA;34\r\n\r\nA;2062-05 36\r\n");
    std::fs::write(&file, table).unwrap();
    let (of_file, piped) = (caseload(&family(), &file.to_string_lossy(), b""), caseload(&family(), "-", table));
    assert_eq!(of_file.status.code(), Some(0), "{}", err(&of_file));
    assert_eq!((piped.status.code(), &piped.stdout), (Some(0), &of_file.stdout));
    let warned = "warning: households.csv:4: reference: is that of households.csv:2 too; the figures of both are in the sums\n\
                  warning: households.csv:4: members: member 1: this member never counts within the horizon\n";
    assert!(err(&of_file).ends_with(warned), "{}", err(&of_file));
    assert_eq!(err(&piped).replace("standard input", "households.csv"), err(&of_file));
    let wrong = caseload(&family(), "-", b"reference,members\nA,x\n");
    assert_eq!(wrong.status.code(), Some(1));
    assert!(err(&wrong).contains("standard input:2: members: member 1: expected a month of birth"), "{}", err(&wrong));
    let both = caseload("-", "-", b"");
    assert_eq!(both.status.code(), Some(2));
    assert!(err(&both).contains("not both"), "{}", err(&both));
    let scenario = std::fs::read_to_string(family()).unwrap().replace("\"reference-catalogue.toml\"", "\"reference\"");
    assert_eq!(caseload("-", &file.to_string_lossy(), scenario.as_bytes()).status.code(), Some(0));
}

#[cfg(unix)]
#[test]
fn a_device_a_pipe_or_a_folder_is_no_table() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe.csv");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let zero = folder.path().join("zero.csv");
    std::os::unix::fs::symlink("/dev/zero", &zero).unwrap();
    for (path, named) in [
        (Path::new("/dev/zero"), "zero: is no regular file"),
        (&zero, "zero.csv: is no regular file"),
        (&pipe, "pipe.csv: is no regular file"),
        (folder.path(), "is a folder"),
        (&folder.path().join("none.csv"), "none.csv: cannot be read"),
    ] {
        let output = caseload(&family(), &path.to_string_lossy(), b"");
        assert_eq!(output.status.code(), Some(1));
        assert!(err(&output).contains(named), "{}", err(&output));
    }
}

#[test]
fn a_quotation_mark_that_is_never_closed_ends_the_reading() {
    let mut table = b"reference,members\nA,34\nB,\"34".to_vec();
    table.resize(120 << 20, b' ');
    let output = caseload(&family(), "-", &table);
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("standard input:3: a quotation mark opens a cell here"), "{}", err(&output));
}
