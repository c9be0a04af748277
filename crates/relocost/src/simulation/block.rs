//! Draws that are worked on together, in columns.

/// Draws that are evaluated together.
pub(crate) const BLOCK: usize = 256;

/// A number for each draw of a block.
pub(crate) type Column = [f64; BLOCK];
