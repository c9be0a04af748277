//! The library's generator and normal quantiles, compiled again: they are no part of its public face.
#![allow(dead_code, unreachable_pub, unused_imports, clippy::inline_always, reason = "the floor needs a part of each")]

#[path = "../../crates/relocost/src/simulation/block.rs"]
pub(super) mod block;
#[path = "../../crates/relocost/src/simulation/numbers/curve.rs"]
mod curve;
#[path = "../../crates/relocost/src/simulation/numbers/normal.rs"]
pub(super) mod normal;
#[path = "../../crates/relocost/src/simulation/sampling/philox.rs"]
pub(super) mod philox;
