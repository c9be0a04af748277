//! The cost of a call of the C library beyond the core's own work for the same figure.
//!
//! ```text
//! cargo build --release -p relocost-c && cargo bench -p relocost-c --bench calls
//! ```
//!
//! The calls go through the shared library itself, found by its names as a program finds them; the core is linked into
//! the benchmark. Before anything is measured, both must give the same figures, or the run stops. As in the other
//! benchmarks everything is measured in several rounds, in turn, the best median of each counts, and a missed target
//! fails nothing.

#![expect(unsafe_code, reason = "it calls the library as C does")]
#![expect(clippy::expect_used, clippy::float_arithmetic, reason = "a benchmark stops loudly and prints times")]

#[path = "../../../benches/comparison/sample.rs"]
mod sample;

use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::fmt::Debug;
use std::path::Path;
use std::ptr::null_mut;

use relocost::{Amount, Comparison, Parameter, Scenario};
use relocost_files::LoadOptions;
use sample::{Sample, sample, time};

/// The time that a call that returns one figure may add, in seconds.
const ADDED: f64 = 1e-6;
/// Everything is measured in so many rounds, and the best median of each counts.
const ROUNDS: usize = 4;
/// Short calls are timed so many at a time, since reading the clock takes as long as they do.
const BATCH: u16 = 1000;

const RENT: &str = "lines.rent.amount";
const DEARER: &str = "1100";
const JSON: u32 = 0;
const EXTRA: u32 = 3;
const PREMIUM: u32 = 20;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let family = root.join("tests/golden/family-of-five.toml");
    let scenario = relocost_files::load(&family, &LoadOptions::default()).expect("the example loads");
    let core =
        Core { text: scenario.to_toml().expect("a scenario of a file"), result: ok(scenario.compare()), scenario };
    let library = C::of(&core.text);
    check(&core, &library);
    if !std::env::args().any(|argument| argument == "--bench") {
        return; // run as a test: nothing is timed
    }
    let rounds: Vec<_> = (0..ROUNDS).map(|_| round(&core, &library)).collect();
    report(rounds.into_iter().reduce(better).unwrap_or_default());
}

fn ok<T>(result: Result<T, relocost::Error>) -> T {
    result.expect("the example is right")
}

/// The core's own work.
struct Core {
    text: String,
    scenario: Scenario,
    result: Comparison,
}

impl Core {
    fn extra(&self) -> i64 {
        self.result.extra().minor().try_into().expect("few cents")
    }

    fn extra_text(&self) -> String {
        self.result.extra().to_string()
    }

    fn premium(&self) -> String {
        self.result.premium().ratio().expect("a base").to_string()
    }

    fn rent(&self) -> String {
        ok(self.scenario.parameter(&ok(RENT.parse::<Parameter>()))).to_string()
    }

    fn dearer(&self) -> String {
        let value: Amount = DEARER.parse().expect("a decimal");
        let changed = ok(self.scenario.with(&[(ok(RENT.parse::<Parameter>()), value.into())]));
        ok(changed.compare()).premium().ratio().expect("a base").to_string()
    }

    fn json(&self) -> String {
        serde_json::to_string(&ok(ok(Scenario::parse(&self.text)).compare())).expect("it is JSON")
    }
}

/// As `relocost_money` of the header.
#[repr(C)]
struct Money {
    minor: i64,
    decimals: u32,
    currency: [c_char; 4],
}

unsafe extern "C" {
    fn dlopen(path: *const c_char, flags: c_int) -> *mut c_void;
    fn dlsym(library: *mut c_void, name: *const c_char) -> *mut c_void;
}

type Handle = *mut c_void;

/// The functions that are called, and the handles that they are called with.
struct C {
    text: String,
    scenario: Handle,
    result: Handle,
    compare: unsafe extern "C" fn(Handle, Handle, *mut Handle, Handle) -> u32,
    compare_text: unsafe extern "C" fn(*const c_char, usize, u32, *mut c_char, usize, *mut usize, Handle) -> u32,
    free_result: unsafe extern "C" fn(Handle),
    free_scenario: unsafe extern "C" fn(Handle),
    get: unsafe extern "C" fn(Handle, *const c_char, usize, *mut c_char, usize, *mut usize, Handle) -> u32,
    money: unsafe extern "C" fn(Handle, u32, *mut Money) -> u32,
    set: unsafe extern "C" fn(Handle, *const c_char, usize, *const c_char, usize, *mut Handle, Handle) -> u32,
    write: unsafe extern "C" fn(Handle, u32, *mut c_char, usize, *mut usize) -> u32,
}

/// A function of the library by its name.
///
/// # Safety
/// `F` is the type of the function that the header declares by this name.
unsafe fn function<F: Copy>(library: Handle, name: &CStr) -> F {
    // SAFETY: the library is open, and the name ends with a zero byte.
    let found = unsafe { dlsym(library, name.as_ptr()) };
    assert!(!found.is_null() && size_of::<F>() == size_of::<Handle>(), "the library has no {name:?}");
    // SAFETY: it is there, and the caller knows its type.
    unsafe { std::mem::transmute_copy(&found) }
}

impl C {
    fn of(text: &str) -> Self {
        let program = std::env::current_exe().expect("the benchmark's own path");
        let folder = program.parent().and_then(Path::parent).expect("the folder of the profile");
        let path = folder.join(if cfg!(target_os = "macos") { "librelocost.dylib" } else { "librelocost.so" });
        let name = CString::new(path.as_os_str().as_encoded_bytes()).expect("a path");
        // SAFETY: a path that ends with a zero byte; 2 is RTLD_NOW.
        let library = unsafe { dlopen(name.as_ptr(), 2) };
        let profile = folder.file_name().unwrap_or_default().display();
        assert!(!library.is_null(), "target/{profile} has no shared library: build relocost-c with that profile first");
        let read: unsafe extern "C" fn(*const c_char, usize, Handle, *mut Handle, Handle) -> u32;
        // SAFETY: the types are those of the header.
        let mut it = unsafe {
            read = function(library, c"relocost_scenario_from_text");
            Self {
                text: text.to_owned(),
                scenario: null_mut(),
                result: null_mut(),
                compare: function(library, c"relocost_compare"),
                compare_text: function(library, c"relocost_compare_text"),
                free_result: function(library, c"relocost_result_free"),
                free_scenario: function(library, c"relocost_scenario_free"),
                get: function(library, c"relocost_scenario_parameter"),
                money: function(library, c"relocost_result_money"),
                set: function(library, c"relocost_scenario_with"),
                write: function(library, c"relocost_result_text"),
            }
        };
        // SAFETY: the texts have these lengths, and the places are there.
        unsafe {
            done(read(it.text.as_ptr().cast(), it.text.len(), null_mut(), &raw mut it.scenario, null_mut()));
            done((it.compare)(it.scenario, null_mut(), &raw mut it.result, null_mut()));
        }
        it
    }

    fn extra(&self) -> i64 {
        let mut money = Money { minor: 0, decimals: 0, currency: [0; 4] };
        // SAFETY: the handle is of a result, and the place is there.
        done(unsafe { (self.money)(self.result, EXTRA, &raw mut money) });
        money.minor
    }

    fn figure(&self, result: Handle, figure: u32) -> Buffer<64> {
        // SAFETY: the handle is of a result, and the buffer has its size.
        Buffer::filled(|buffer, size, required| unsafe { (self.write)(result, figure, buffer, size, required) })
    }

    fn extra_text(&self) -> Buffer<64> {
        self.figure(self.result, EXTRA)
    }

    fn premium(&self) -> Buffer<64> {
        self.figure(self.result, PREMIUM)
    }

    fn rent(&self) -> Buffer<64> {
        // SAFETY: the handle is of a scenario, the text has this length, and the buffer its size.
        Buffer::filled(|buffer, size, required| unsafe {
            (self.get)(self.scenario, RENT.as_ptr().cast(), RENT.len(), buffer, size, required, null_mut())
        })
    }

    fn dearer(&self) -> Buffer<64> {
        let (path, value) = (RENT.as_ptr().cast(), DEARER.as_ptr().cast());
        let (mut changed, mut result) = (null_mut(), null_mut());
        // SAFETY: the texts have these lengths, the places are there, and each handle is freed once.
        unsafe {
            done((self.set)(self.scenario, path, RENT.len(), value, DEARER.len(), &raw mut changed, null_mut()));
            done((self.compare)(changed, null_mut(), &raw mut result, null_mut()));
            let premium = self.figure(result, PREMIUM);
            (self.free_result)(result);
            (self.free_scenario)(changed);
            premium
        }
    }

    fn json(&self) -> Box<Buffer<65536>> {
        let text = self.text.as_ptr().cast();
        // SAFETY: the text has this length, and the buffer its size.
        Box::new(Buffer::filled(|buffer, size, required| unsafe {
            (self.compare_text)(text, self.text.len(), JSON, buffer, size, required, null_mut())
        }))
    }
}

/// A buffer of a program, with a text in it.
struct Buffer<const N: usize>([c_char; N]);

impl<const N: usize> Buffer<N> {
    fn filled(fill: impl FnOnce(*mut c_char, usize, *mut usize) -> u32) -> Self {
        let mut buffer = [0; N];
        done(fill(buffer.as_mut_ptr(), N, null_mut()));
        Self(buffer)
    }

    fn text(&self) -> String {
        // SAFETY: it was filled, and what the library writes ends with a zero byte.
        unsafe { CStr::from_ptr(self.0.as_ptr()) }.to_str().expect("UTF-8").to_owned()
    }
}

fn done(status: u32) {
    assert_eq!(status, 0, "a call of the library failed");
}

/// Stops unless the library gives the core's figures.
fn check(core: &Core, library: &C) {
    same("the extra cost", &core.extra(), &library.extra());
    same("the extra cost as text", &core.extra_text(), &library.extra_text().text());
    same("the premium", &core.premium(), &library.premium().text());
    same("a parameter", &core.rent(), &library.rent().text());
    same("the premium with a parameter changed", &core.dearer(), &library.dearer().text());
    assert_ne!(core.premium(), core.dearer(), "the change changes nothing");
    same("the comparison in JSON", &core.json(), &library.json().text());
    println!("The core and the C library give the same figures.\n");
}

fn same<T: PartialEq + Debug>(what: &str, core: &T, library: &T) {
    assert!(core == library, "{what}: the core gives {core:?}, the library {library:?}");
}

/// The core's time and the library's, by what is asked.
type Times = Vec<(&'static str, Sample, Sample)>;

fn round(core: &Core, library: &C) -> Times {
    vec![
        ("money: the extra cost", short(|| core.extra()), short(|| library.extra())),
        ("text: the extra cost", short(|| core.extra_text()), short(|| library.extra_text())),
        ("text: the premium", short(|| core.premium()), short(|| library.premium())),
        ("text: a parameter, by its path", short(|| core.rent()), short(|| library.rent())),
        ("a parameter changed, compared", sample(1_000, || core.dearer()), sample(1_000, || library.dearer())),
        ("a text compared, into JSON", sample(400, || core.json()), sample(400, || library.json())),
    ]
}

/// The time of one call of many.
fn short<T>(mut work: impl FnMut() -> T) -> Sample {
    let of = sample(200, || {
        for _ in 0..BATCH {
            std::hint::black_box(work());
        }
    });
    let each = |seconds: f64| seconds / f64::from(BATCH);
    Sample { median: each(of.median), low: each(of.low), high: each(of.high) }
}

fn better(best: Times, again: Times) -> Times {
    let each = best.into_iter().zip(again);
    each.map(|((what, core, library), (_, c, l))| (what, core.better(c), library.better(l))).collect()
}

fn report(times: Times) {
    println!("{:<32}{:>11}{:>11}{:>25}{:>12}", "family of five, 60 months", "core", "C", "quartiles", "adds");
    for (what, core, library) in times {
        let added = library.median - core.median;
        let quartiles = format!("{} to {}", time(library.low), time(library.high));
        let sign = if added < 0.0 { "-" } else { "" };
        let adds = format!("{sign}{}", time(added.abs()));
        print!("{what:<32}{:>11}{:>11}{quartiles:>25}{adds:>12}", time(core.median), time(library.median));
        if what.contains(": ") {
            let verdict = if added < ADDED { "reached" } else { "MISSED" };
            println!("  target below {}: {verdict}", time(ADDED));
        } else {
            println!("  {:+.1}%", added / core.median * 100.0);
        }
    }
}
