//! Loops in wide vectors, where the processor has them.
//!
//! They are compiled for the oldest processor of the build and for those with AVX2, and chosen when they run. No operation
//! is fused with another and none moves, so both give the same bits.
//!
//! `RELOCOST_VECTORS=narrow` in the environment of the process leaves them to the vectors of the oldest processor.

use std::sync::LazyLock;

use multiversion::multiversion;

/// The environment variable that is the switch, and its value.
const SWITCH: (&str, &str) = ("RELOCOST_VECTORS", "narrow");

static NARROW: LazyLock<bool> = LazyLock::new(|| std::env::var_os(SWITCH.0).is_some_and(|value| value == SWITCH.1));

/// Work whose loops run in wide vectors: those of [`Kernel::run`] and of the functions that it calls, as far as all are
/// marked as always inlined. What is not inlined runs in narrow ones.
pub(crate) trait Kernel {
    type Output;

    fn run(self) -> Self::Output;
}

/// Runs a kernel.
pub(crate) fn wide<K: Kernel>(kernel: K) -> K::Output {
    if *NARROW { kernel.run() } else { run(kernel) }
}

#[multiversion(targets("x86_64+avx+avx2+bmi1+bmi2"))]
fn run<K: Kernel>(kernel: K) -> K::Output {
    kernel.run()
}
