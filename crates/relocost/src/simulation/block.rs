//! Draws that are worked on together, in columns.

/// Draws that are evaluated together: many enough for runs of draws with the same months. Half as many and twice as many
/// were slower.
pub(crate) const BLOCK: usize = 512;

/// A number for each draw of a block.
pub(crate) type Column = [f64; BLOCK];
