//! Where the draws lie in the unit cube, and how they are tied together.
