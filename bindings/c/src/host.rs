//! The state of the host while the library works: its floating-point environment, and its panics.
//!
//! A host may trap divisions by zero, or round upwards. The library computes in the default environment, so that its
//! figures are the same in every host and nothing traps; a progress function runs in the host's own, and so does what
//! follows the call. The library's threads inherit the environment of the thread that starts them.
#![expect(unsafe_code, reason = "the processor's control register has no safe access")]

use std::cell::Cell;
use std::sync::Once;

use self::control::Word;

thread_local! {
    /// The environment of the host, while a call of it is under way on this thread.
    static HOST: Cell<Option<Word>> = const { Cell::new(None) };
}

/// A call under way, in the default environment; when it ends, the host has its own again.
pub(crate) struct Entered {
    host: Word,
    outer: Option<Word>,
}

impl Entered {
    pub(crate) fn new() -> Self {
        keep_panics_quiet();
        let host = control::exchange(control::DEFAULT);
        Self { host, outer: HOST.replace(Some(host)) }
    }
}

impl Drop for Entered {
    fn drop(&mut self) {
        HOST.set(self.outer);
        control::exchange(self.host);
    }
}

/// Runs a function of the host in the host's own environment.
pub(crate) fn in_its_own<T>(function: impl FnOnce() -> T) -> T {
    /// Goes back to the default, whatever the function set.
    struct Back;
    impl Drop for Back {
        fn drop(&mut self) {
            control::exchange(control::DEFAULT);
        }
    }
    let Some(host) = HOST.get() else { return function() };
    control::exchange(host);
    let _back = Back;
    function()
}

/// The library prints nothing, also where it has a defect. Other Rust code of the process may share the hook: its panics
/// go on to whoever heard them before.
fn keep_panics_quiet() {
    static HOOK: Once = Once::new();
    // No hook can be set while a panic of other Rust code unwinds through a call that frees a handle.
    if HOOK.is_completed() || cfg!(test) || std::thread::panicking() {
        return;
    }
    HOOK.call_once(|| {
        let others = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            let called = HOST.try_with(|host| host.get().is_some()).unwrap_or(false);
            if !called && std::thread::current().name() != Some(relocost::watch::THREAD_NAME) {
                others(panic);
            }
        }));
    });
}

/// SSE's control and status word. The library has no instruction of the x87.
#[cfg(any(target_arch = "x86_64", all(target_arch = "x86", target_feature = "sse")))]
mod control {
    use std::arch::asm;

    pub(super) type Word = u32;
    /// Nothing traps, to nearest, and no number too small for its exponent becomes zero.
    pub(super) const DEFAULT: Word = 0x1f80;

    /// Sets the word, and gives the one before.
    pub(super) fn exchange(word: Word) -> Word {
        let mut before: Word = 0;
        // SAFETY: the word is stored in and loaded from memory of its size; `word` has no bit that is reserved, being the
        // default or one that was stored.
        unsafe {
            asm!("stmxcsr [{}]", in(reg) &raw mut before, options(nostack));
            if before != word {
                asm!("ldmxcsr [{}]", in(reg) &raw const word, options(nostack));
            }
        }
        before
    }
}

/// The control and the status register.
#[cfg(target_arch = "aarch64")]
mod control {
    use std::arch::asm;

    pub(super) type Word = (u64, u64);
    /// Nothing traps, to nearest, and no number too small for its exponent becomes zero.
    pub(super) const DEFAULT: Word = (0, 0);

    /// Sets the words, and gives those before.
    pub(super) fn exchange((control, status): Word) -> Word {
        let mut before: Word = (0, 0);
        // SAFETY: these registers can be read and written by every program; the words are the default or were read.
        unsafe {
            asm!("mrs {}, fpcr", "mrs {}, fpsr", out(reg) before.0, out(reg) before.1, options(nostack));
            if before != (control, status) {
                asm!("msr fpcr, {}", "msr fpsr, {}", in(reg) control, in(reg) status, options(nostack));
            }
        }
        before
    }
}

/// On other processors the environment stays as it is.
#[cfg(not(any(target_arch = "x86_64", all(target_arch = "x86", target_feature = "sse"), target_arch = "aarch64")))]
mod control {
    pub(super) type Word = ();
    pub(super) const DEFAULT: Word = ();

    pub(super) fn exchange(_word: Word) -> Word {}
}
