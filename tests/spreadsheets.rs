//! Tables of households as spreadsheets save them: what is unambiguous is read, the rest is named, and lines are those
//! of an editor.

use relocost::caseload::{CaseTable, Caseload, CaseloadOptions};
use relocost::error::Finding;
use relocost::names::SolutionKind;
use relocost::scenario::build::{line, member, scenario, solution};
use relocost::{Code, Error, Scenario, limits};

/// A person costs 100 a month with the entitlement and 150 without it: 1,200 and 1,800 a year.
fn one() -> Scenario {
    scenario("EUR", "2026-01", 12)
        .price_base_year(2026)
        .categories(["housing"])
        .funds(["regular"])
        .entitlements(["ltr"])
        .solution("permanent", solution(SolutionKind::Permanent).entitlements(["ltr"]))
        .solution("temporary", solution(SolutionKind::Temporary))
        .line(line("rent", "housing").driver(relocost::names::Driver::Person).amount(100, "EUR"))
        .line(line("extra", "housing").driver(relocost::names::Driver::Person).amount(50, "EUR").unless(["ltr"]))
        .member(member().age(34))
        .build()
        .unwrap()
}

fn read(table: impl AsRef<[u8]>) -> Result<Caseload, Error> {
    one().caseload(table.as_ref(), &CaseloadOptions::default())
}

/// The permanent total and the households of a table.
fn total(table: impl AsRef<[u8]>) -> (String, u64) {
    let caseload = read(table.as_ref()).unwrap_or_else(|error| panic!("{}: {error}", table.as_ref().escape_ascii()));
    (caseload.difference.base.to_string(), caseload.count)
}

fn refused(table: impl AsRef<[u8]>) -> Error {
    read(table.as_ref()).err().unwrap_or_else(|| panic!("{} is accepted", table.as_ref().escape_ascii()))
}

fn lines(findings: &[Finding]) -> Vec<u32> {
    findings.iter().map(|finding| finding.place.as_ref().unwrap().line).collect()
}

#[test]
fn what_spreadsheets_save_is_read() {
    for table in [
        "reference,count,start,members\nA,4,,34\nB,2,,36 8\n",
        "\u{feff}reference;count;start;members\r\nA;4;;34\r\nB;2;;36 8\r\n",
        "\u{feff}\"reference\";\"count\";\"start\";\"members\"\r\n\"A\";\"4\";\"\";\"34\"\r\n\"B\";\"2\";;\"36 8\"",
        "sep=;\r\nreference;count;start;members\r\nA;4;;34\r\nB;2;;36 8\r\n",
        "\u{feff}sep=;\nreference;count;start;members\nA;4,0;;34\nB;2,00;;36,0 8\n",
        "\"SEP=\t\"\rreference\tcount\tstart\tmembers\rA\t4,0\t\t34\rB\t2\t\t36 8",
        "reference\tcount\tmembers\r\nA\t4\t34\r\nB\t2\t36 8\r\n",
        "reference|count|members\nA|4|34\nB|2|36 8\n",
        "Reference,Count,START,Members\r\nA,4,,34\r\nB,2,,36 8\r\n",
        "reference,count,start,members,Ages at\nA,4,,34,2026-01\nB,2,2026-01-01,36 8,\n",
        "reference,count,start,members,,\r\nA,4,,34,,\r\nB,2,,36 8,,\r\n,,,,,\r\n",
        "reference,,count,members,\nA,,4,34,\nB,,2,36 8\n",
        "\n,,\nreference,count,members\nA,4,34\n,,\n  \n\nB,2,36 8\n,,\n,,\n",
        "members,reference,count\n34.0,A,4.0\n \"36\n8\" , B,2\n",
        "reference,count,members\rA,4,34\rB,2,\"36\r\n8\"\r",
        "reference,count,members\nA,4,Witness:34\nB,2,partner:36@2026-01.. child:8@..2027-01\n",
        "reference,count,members\nA,4,1992-01-01\nB,2,1990-01-01 00:00:00 2018-01-01T00:00:00\n",
    ] {
        assert_eq!(total(table), ("9600.00".to_owned(), 6), "{table:?}");
    }
    assert_eq!(total("reference,members\n"), ("0.00".to_owned(), 0));
    // One separator among the heads is enough to tell; text of one column needs none.
    assert_eq!(refused("reference\nA\n").code(), Code::MissingKey);
    assert!(refused("refrence;membrs\nA;34\n").to_string().contains("did you mean \"reference\"?"));
}

#[test]
fn lines_are_those_of_an_editor() {
    for (table, expected) in [
        ("reference,members\r\nA,34\r\nB,x\r\nC,y\r\n", vec![3, 4]),
        ("reference,members\nA,34\nB,x\n\n\nC,y\n", vec![3, 6]),
        ("reference,members\rA,34\r\rB,x\r\r\rC,y", vec![4, 7]),
        ("\r\n\r\nreference,members\r\n\r\nB,x\r\n,\r\nC,y\r\n", vec![5, 7]),
        ("reference,members\nA,\"34\n\n8\"\nB,x\nC,\"3\r\n4\r5\" y\nD,z\n", vec![5, 6, 9]),
        ("sep=;\r\nreference;members\r\nA;34\r\nB;x\r\n", vec![4]),
        ("reference,members\r\nA,34\r\nB,36,\r\n", vec![3]),
        ("reference,members\r\n\r\nB,36,8\r\nC\r\n", vec![3, 4]),
        ("reference,members,\nA,34,\n\nB,36,8\n", vec![4]),
        ("reference,members\r\nA,\"34\" 8\r\nB,36\r\nC,x\r\n", vec![2, 4]),
        ("reference,members\n\n\"B\nC\",34\nD,x", vec![3, 5]),
    ] {
        assert_eq!(lines(refused(table).findings()), expected, "{table:?}");
    }
    assert_eq!(lines(refused("\n\r\nreference,member\r\nA,34").findings()), [3, 3]);
    // Errors of a row's evaluation, and warnings.
    let early = refused("reference,members,start\r\nA,34,\r\n\r\nB,120,1850-01\r\n");
    assert_eq!(lines(early.findings()), [4]);
    let odd = read("reference,members\r\nA,34\r\n\r\nB,2062-05 34\r\nA,36\r\n").unwrap();
    assert_eq!(lines(&odd.warnings), [4, 5]);
}

#[test]
fn a_cell_of_another_form_is_named_and_not_shown() {
    let heads = "reference,count,start,members";
    for (row, key, named) in [
        ("A,1,Sep-26,34", "start", "what a spreadsheet makes of a month such as 2026-09"),
        ("A,1,sept.-26,34", "start", "what a spreadsheet makes of a month such as 2026-09"),
        ("A,1,46266,34", "start", "a spreadsheet's own number of a day"),
        ("A,1,01/09/2026,34", "start", "a date in a form that is not read"),
        ("A,1,2026-02-30,34", "start", "a date in a form that is not read"),
        ("A,1,soon,34", "start", "expected a month such as 2026-03"),
        ("A,4.5,,34", "count", "expected a whole number from 1 to 1000000"),
        ("A,0,,34", "count", "expected a whole number from 1 to 1000000"),
        ("A,1000001,,34", "count", "expected a whole number from 1 to 1000000"),
        ("A,\"4,0\",,34", "count", "a decimal comma or separators of thousands"),
        ("A,1 000,,34", "count", "a decimal comma or separators of thousands"),
        ("A,4%,,34", "count", "a percentage"),
        ("A,1E+03,,34", "count", "expected a number"),
        ("A,,,Mar-84 34", "members", "member 1: is what a spreadsheet makes of a month"),
        ("A,,,34 30742", "members", "member 2: is a spreadsheet's own number of a day"),
        ("A,,,\"34,8\"", "members", "members are separated by blanks"),
        ("A,,,131", "members", "expected a month of birth such as 1984-03, or an age from 0 to 130"),
        ("A,,,8.5", "members", "expected a month of birth such as 1984-03, or an age from 0 to 130"),
        ("A,,,-4", "members", "expected a month of birth such as 1984-03, or an age from 0 to 130"),
        ("A,,,aunt:34", "members", "unknown role; expected one of witness, partner"),
        ("A,,,:34", "members", "unknown role"),
        ("A,,,child:", "members", "expected a month of birth"),
        ("A,,,34@..", "members", "of which one may be left out"),
        ("A,,,34@", "members", "the months of joining and leaving"),
        ("A,,,34@2027-01", "members", "the months of joining and leaving"),
        ("A,,,34@2028-01..2027-01", "members", "leaves before the month of joining"),
        ("A,,,34@2028-13..", "members", "a date in a form that is not read"),
        ("A,,,34@2027-01..2028-01@..", "members", "the months of joining and leaving"),
        ("A,,,34@2027-01-2028-01", "members", "the months of joining and leaving"),
        ("A witn,,,34", "reference", "never a name"),
    ] {
        let error = refused(format!("{heads}\n{row}\n"));
        let [finding] = error.findings() else { panic!("{row}: {error}") };
        assert_eq!((&*finding.key, finding.place.as_ref().unwrap().line), (key, 2), "{row}");
        assert!(finding.message.en().contains(named), "{row}: {error}");
        for cell in row.split([',', ' ']).filter(|cell| cell.len() > 3) {
            assert!(!error.to_string().contains(cell), "{row}: {error}");
        }
        // From code the same is said of the same cells.
        if !row.contains('"') {
            let heads: Vec<&str> = heads.split(',').collect();
            let mut rows = CaseTable::of_rows(&heads, [row.split(',')], "caseload").unwrap();
            let other = rows.next().unwrap().unwrap_err();
            assert_eq!(other.findings()[0].message, finding.message, "{row}");
        }
    }
    let ambiguous = refused("reference;count;members\nA;1.000;34\n");
    assert!(ambiguous.to_string().contains("may separate thousands or decimals"), "{ambiguous}");
}

#[test]
fn what_is_no_table_is_named() {
    let utf16 = |mark: &[u8], bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        mark.iter().copied().chain("reference\tmembers\r\nA\t34\r\n".encode_utf16().flat_map(bytes)).collect()
    };
    for (bytes, code, named) in [
        (b"PK\x03\x04\x14\x00\x08\x00".to_vec(), Code::Syntax, "a workbook of a spreadsheet (xlsx or ods)"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\x00".to_vec(), Code::Syntax, "a workbook of a spreadsheet (xls"),
        (b"\x1F\x8B\x08\x00\x00".to_vec(), Code::Syntax, "compressed (gzip)"),
        (b"<?xml version=\"1.0\"?><Workbook/>".to_vec(), Code::Syntax, "HTML or XML"),
        (b"\n<table><tr><td>reference".to_vec(), Code::Syntax, "HTML or XML"),
        (b"%PDF-1.7\n".to_vec(), Code::Syntax, "PDF"),
        (utf16(b"\xFF\xFE", u16::to_le_bytes), Code::NotUtf8, "UTF-16"),
        (utf16(b"\xFE\xFF", u16::to_be_bytes), Code::NotUtf8, "UTF-16"),
        (utf16(b"", u16::to_le_bytes), Code::NotUtf8, "UTF-16"),
        (utf16(b"", u16::to_be_bytes), Code::NotUtf8, "UTF-16"),
        (b"r\xE9f\xE9rence;members\nA;34\n".to_vec(), Code::NotUtf8, "Windows-1252"),
        (b"reference;members\nA;34\nB;caf\xE9\n".to_vec(), Code::NotUtf8, "Windows-1252"),
        (b"reference,members\nA,34\nB,\x81\xff\n".to_vec(), Code::NotUtf8, "is not UTF-8; save"),
        (b"reference,members\nA,34\n\x00\x00".to_vec(), Code::Syntax, "null character"),
        (b"sep=x\nreferencexmembers\n".to_vec(), Code::Syntax, "expected a comma, a semicolon, a tab"),
        (Vec::new(), Code::MissingKey, "reference: missing"),
        (b"\n\n".to_vec(), Code::MissingKey, "reference: missing"),
    ] {
        let error = refused(&bytes);
        assert_eq!(error.code(), code, "{named}: {error}");
        assert!(error.to_string().contains(named), "{named}: {error}");
    }
    // One finding for one cause, however many rows it spoils.
    let many = b"reference;members\n".iter().chain(b"A;caf\xE9\n".repeat(50).iter()).copied().collect::<Vec<u8>>();
    assert_eq!(refused(many).findings().len(), 1);
}

#[test]
fn a_table_that_is_cut_off_within_quotation_marks_is_refused() {
    for (table, line) in [
        ("reference,members\nA,34\nB,\"41 38", 3),
        ("reference,members\r\nA,34\r\nB,\"41\r\n\r\n38", 3),
        ("reference,\"members\nA,34\n", 1),
        ("reference,members\nA,34\n\"", 3),
    ] {
        let error = refused(table);
        assert_eq!((error.code(), lines(error.findings())), (Code::Syntax, vec![line]), "{table:?}");
        assert!(error.to_string().contains("is it cut off?"), "{error}");
    }
}

#[test]
fn a_row_takes_no_more_memory_than_is_stated() {
    /// A source without an end, which says how much of it was read.
    struct Endless<'c>(&'c [u8], &'c std::cell::Cell<usize>);
    impl std::io::Read for Endless<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            for (place, byte) in buffer.iter_mut().enumerate() {
                let at = self.1.get() + place;
                *byte = self.0.get(at).or(self.0.last()).copied().unwrap_or(b' ');
            }
            self.1.set(self.1.get() + buffer.len());
            Ok(buffer.len())
        }
    }
    for (text, code, line) in [
        (&b"reference,members\nA,34\nB,\"x"[..], Code::TooLarge, 3),
        (b"reference,members\nA,34\nB,x", Code::TooLarge, 3),
        (b"reference,members\nA,34\nB,\"x\" ", Code::TooLarge, 3),
        (b"reference,members\nA,34\n\nB,,", Code::TooLarge, 4),
        (b"x", Code::TooLarge, 1),
        (b"\0", Code::Syntax, 1),
        (b"reference,members\nA,34\n\0", Code::Syntax, 3),
    ] {
        let used = std::cell::Cell::new(0);
        let found = CaseTable::new(Endless(text, &used), "t").and_then(|table| {
            let wrong = table.map(|row| row.map(drop)).find(Result::is_err);
            wrong.unwrap_or(Ok(()))
        });
        let error = found.unwrap_err();
        assert_eq!((error.code(), lines(error.findings())), (code, vec![line]), "{}", text.escape_ascii());
        assert!(used.get() <= 4 * limits::ROW_BYTES, "{} bytes of {}", used.get(), text.escape_ascii());
    }
    let most = limits::ROW_BYTES - "A,34".len() - 1;
    assert_eq!(total(format!("reference,members\nA,34{}\n", " ".repeat(most))).1, 1);
    assert_eq!(refused(format!("reference,members\nA,34{}\n", " ".repeat(most + 2))).code(), Code::TooLarge);
}

#[test]
fn a_row_gets_every_check_that_a_scenario_gets() {
    let warned = |table: &str| {
        let caseload = read(table).unwrap();
        caseload
            .warnings
            .iter()
            .map(|it| (it.code, it.place.as_ref().unwrap().line, it.to_string()))
            .collect::<Vec<_>>()
    };
    let odd = warned("reference,members\nA,2062-05 34\nB,2075-01\nC,34\n");
    assert_eq!(odd.len(), 2);
    assert_eq!((odd[0].0, odd[0].1), (Code::NeverUsed, 2));
    assert!(odd[0].2.starts_with("caseload:2: members: member 1: this member never counts"), "{}", odd[0].2);
    assert_eq!((odd[1].0, odd[1].1), (Code::NeverUsed, 3));

    let alone = warned("reference,members\nA,34@..2026-06 8\nB,34@..2026-06 8@..2026-06\nC,34@2026-03.. 17\nD,18 2\n");
    assert_eq!(
        alone.iter().map(|it| (it.0, it.1)).collect::<Vec<_>>(),
        [(Code::MinorsAlone, 2), (Code::MinorsAlone, 4)]
    );

    let twice = warned("reference,members\nSAME,34\nB,34\n\nSAME,36\nSAME,36\n");
    assert_eq!(
        twice.iter().map(|it| (it.0, it.1)).collect::<Vec<_>>(),
        [(Code::SameReference, 5), (Code::SameReference, 6)]
    );
    assert!(twice[0].2.contains("caseload:2") && !twice[0].2.contains("SAME"), "{}", twice[0].2);

    // On any number of threads, as many as are kept.
    let rows = (0..500).map(|row| format!("R{row},2062-05\n")).collect::<Vec<_>>().concat();
    for threads in [1, 3] {
        let options = CaseloadOptions::default().threads(std::num::NonZeroUsize::new(threads));
        let caseload = one().caseload(format!("reference,members\n{rows}").as_bytes(), &options).unwrap();
        let expected: Vec<u32> = (2..102).collect();
        assert_eq!((lines(&caseload.warnings), caseload.more_warnings), (expected, 400));
    }
    // As of the scenario itself.
    let household = |members: &str| {
        let text = one().to_toml().unwrap();
        let (before, after) = text.split_once("[[household.members]]").unwrap();
        let after = after.split_once("\n\n").map_or("", |(_, after)| after);
        Scenario::parse(&format!("{before}{members}\n{after}")).unwrap().warnings()
    };
    let warnings = household(
        "[[household.members]]\nborn = \"1990-01\"\nleaves = \"2026-06\"\n[[household.members]]\nborn = \"2015-01\"\n",
    );
    let minors = warnings.iter().find(|warning| warning.code == Code::MinorsAlone).unwrap();
    assert_eq!(minors.key, "household.members");
    assert!(minors.place.is_some());
}

#[test]
fn ages_are_those_of_the_month_that_is_given_for_them() {
    let text = |household: &str| {
        format!(
            "schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 24\n[household]\n{household}"
        )
    };
    let read = |household: &str| Scenario::parse(&text(household)).unwrap();
    let born = read("members = [{ born = \"1990-06\" }, { born = \"2018-06\", joins = \"2026-09\" }]");
    let aged = read("ages_at = \"2024-06\"\nmembers = [{ age = 34 }, { age = 6, joins = \"2026-09\" }]");
    assert_eq!(born, aged);
    assert_eq!(Scenario::parse(&aged.to_toml().unwrap()).unwrap(), aged, "written as months of birth");
    assert_ne!(read("members = [{ age = 34 }, { age = 6, joins = \"2026-09\" }]"), aged);
    let added = "ages_at = \"2024-06\"\nmembers = [{ age = 34 }]\n[variants.more.household]\nadd = [{ age = 6 }]";
    assert_eq!(read(added).variant("more").unwrap().household().members[1].born.to_string(), "2018-06");
    let later = read("ages_at = \"2026-09\"\nmembers = [{ age = 34 }, { age = 0 }]");
    assert_eq!(later.household().members[1].born.to_string(), "2026-09");
    for (household, named) in [
        ("ages_at = \"1850-01\"\nmembers = [{ age = 60 }]", "members[0].age: means a birth before 1800"),
        ("ages_at = 2026\nmembers = [{ age = 60 }]", "ages_at: found a whole number; expected a month"),
        ("ages_at = \"2026-13\"\nmembers = [{ age = 60 }]", "ages_at: found a text; expected a month"),
    ] {
        let error = Scenario::parse(&text(household)).unwrap_err();
        assert!(error.to_string().contains(named), "{error}");
    }
    // A row's ages are those at its start, whatever the scenario's own; or at the month that it gives.
    let rows = "reference,start,ages_at,members\nA,,,34 6@2026-09..\nB,2027-03,,34\nC,,2024-06,34 6@2026-09..\nD,,,1990-06 2018-06@2026-09..\n";
    let caseload = aged.caseload(rows.as_bytes(), &CaseloadOptions::default()).unwrap();
    let row = |place: usize| caseload.households[place].difference;
    assert_eq!(row(2), row(3));
    assert_eq!(row(2), aged.compare().unwrap().difference().clone());
    let plain = read("members = [{ age = 34 }, { age = 6, joins = \"2026-09\" }]");
    assert_eq!(row(0), plain.compare().unwrap().difference().clone());
    let error = aged.caseload("reference,ages_at,members\nA,1850-01,60\n".as_bytes(), &CaseloadOptions::default());
    assert!(error.unwrap_err().to_string().starts_with("caseload:2: members: an age means a birth before 1800"));
}

/// A spreadsheet's own workbook of a table gives the figures, and the errors, of the table.
#[test]
fn a_workbook_is_the_table_that_it_holds() {
    let home = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |file: &str| {
        let (name, table) = relocost_files::open_table(&home.join(file))?;
        let scenario = relocost_files::load(
            &home.join("examples/scenarios/family-of-five.toml"),
            &relocost_files::LoadOptions::default(),
        )?;
        scenario.caseload_of(CaseTable::new(table, &name)?, &CaseloadOptions::default())
    };
    let (book, text) = ("tests/workbooks/caseload-of-28.xlsx", "examples/scenarios/caseload-of-28.csv");
    let [book, text] = [book, text].map(|file| read(file).unwrap());
    assert_eq!(book.count, text.count);
    assert_eq!(book.difference, text.difference);
}
