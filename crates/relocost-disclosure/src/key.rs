//! The names of cells: a place on each dimension that divides a cell from others, and none on those that it adds up over.

/// The number of dimensions that there are.
pub(crate) const DIMENSIONS: usize = 5;
/// The place of what is added up over a dimension.
const ALL: u16 = u16::MAX;

/// A set of dimensions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Set(u8);

impl Set {
    pub(crate) fn of(dimensions: impl IntoIterator<Item = usize>) -> Self {
        Self(dimensions.into_iter().fold(0, |set, dimension| set | 1 << dimension))
    }

    pub(crate) fn has(self, dimension: usize) -> bool {
        self.0 & (1 << dimension) != 0
    }

    pub(crate) fn len(self) -> u32 {
        self.0.count_ones()
    }

    pub(crate) fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(crate) fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) fn within(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    pub(crate) fn dimensions(self) -> impl Iterator<Item = usize> {
        (0..DIMENSIONS).filter(move |dimension| self.has(*dimension))
    }

    /// Every set within it, itself and the empty one too.
    pub(crate) fn subsets(self) -> impl Iterator<Item = Self> {
        (0..=self.0).map(Self).filter(move |set| set.within(self))
    }
}

/// The name of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Key([u16; DIMENSIONS]);

impl Key {
    pub(crate) const TOTAL: Self = Self([ALL; DIMENSIONS]);

    pub(crate) fn new(places: [u16; DIMENSIONS]) -> Self {
        Self(places)
    }

    pub(crate) fn get(self, dimension: usize) -> Option<u16> {
        self.0.get(dimension).copied().filter(|place| *place != ALL)
    }

    pub(crate) fn with(mut self, dimension: usize, place: u16) -> Self {
        self.0[dimension] = place;
        self
    }

    pub(crate) fn without(self, dimension: usize) -> Self {
        self.with(dimension, ALL)
    }

    /// The dimensions that divide the cell from others.
    pub(crate) fn set(self) -> Set {
        Set::of((0..DIMENSIONS).filter(|dimension| self.get(*dimension).is_some()))
    }

    /// The cell of some dimensions in which this one is.
    pub(crate) fn onto(self, set: Set) -> Self {
        (0..DIMENSIONS).filter(|dimension| !set.has(*dimension)).fold(self, Self::without)
    }
}
