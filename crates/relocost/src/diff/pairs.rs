//! The cases of two budgets by their names: which are in both, which are gone, and which are new.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;

use crate::scenario::Member;
use crate::types::Month;

/// True if members are the same, where the newer household arrives so many months later: each month of birth, of joining
/// and of leaving is the same, or comes as much later as the household does. Ages that a file gives are those on arrival.
pub(crate) fn is_same_members(old: &[Member], new: &[Member], later: i32) -> bool {
    let month = |old: Month, new: Month| old == new || old.plus(later) == new;
    let if_any = |old: Option<Month>, new: Option<Month>| match (old, new) {
        (Some(old), Some(new)) => month(old, new),
        (old, new) => old == new,
    };
    old.len() == new.len()
        && old.iter().zip(new).all(|(old, new)| {
            old.role == new.role
                && month(old.born, new.born)
                && if_any(old.joins, new.joins)
                && if_any(old.leaves, new.leaves)
        })
}

/// Copies of a case of either budget, or of both, by its place among the cases of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pair {
    pub(crate) old: Option<usize>,
    pub(crate) new: Option<usize>,
    pub(crate) copies: u32,
}

/// The cases of two budgets.
pub(crate) struct Pairs {
    /// Every case, in the order of the older budget; what is new follows what it follows in the newer.
    pub(crate) all: Vec<Pair>,
    /// Those of the newer budget, in its order.
    pub(crate) newer: Vec<Pair>,
    /// True if those in both are in another order.
    pub(crate) is_reordered: bool,
}

impl Pairs {
    /// Pairs the cases that have the same name, copy by copy in the order in which they stand.
    pub(crate) fn of<N: Hash + Eq>(old: &[(N, u32)], new: &[(N, u32)]) -> Self {
        let mut waiting: HashMap<&N, VecDeque<(usize, u32)>> = HashMap::new();
        for (place, (name, copies)) in new.iter().enumerate() {
            waiting.entry(name).or_default().push_back((place, *copies));
        }
        let mut older = Vec::new();
        let mut of_new: Vec<Vec<usize>> = vec![Vec::new(); new.len()];
        for (place, (name, copies)) in old.iter().enumerate() {
            let mut left = *copies;
            while let Some((found, others)) = waiting.get_mut(name).and_then(VecDeque::front_mut).filter(|_| left > 0) {
                let copies = left.min(*others);
                (left, *others) = (left - copies, *others - copies);
                of_new[*found].push(older.len());
                older.push(Pair { old: Some(place), new: Some(*found), copies });
                if *others == 0
                    && let Some(list) = waiting.get_mut(name)
                {
                    list.pop_front();
                }
            }
            if left > 0 {
                older.push(Pair { old: Some(place), new: None, copies: left });
            }
        }
        let mut only_new = vec![0; new.len()];
        for (place, copies) in waiting.into_values().flatten() {
            only_new[place] = copies;
        }
        // What is new goes where the last of those before it is that is in both.
        let (mut newer, mut last, mut is_reordered) = (Vec::new(), None, false);
        let mut after: Vec<Vec<Pair>> = vec![Vec::new(); older.len() + 1];
        for (place, (known, copies)) in of_new.into_iter().zip(only_new).enumerate() {
            for pair in known {
                is_reordered |= last.is_some_and(|last| pair < last);
                last = Some(pair);
                newer.push(older[pair]);
            }
            if copies > 0 {
                let pair = Pair { old: None, new: Some(place), copies };
                newer.push(pair);
                after[last.map_or(0, |last| last + 1)].push(pair);
            }
        }
        let mut followers = after.into_iter();
        let mut all = followers.next().unwrap_or_default();
        for (pair, new) in older.into_iter().zip(followers) {
            all.push(pair);
            all.extend(new);
        }
        Self { all, newer, is_reordered }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Told = Vec<(Option<usize>, Option<usize>, u32)>;

    fn told(pairs: &[Pair]) -> Told {
        pairs.iter().map(|pair| (pair.old, pair.new, pair.copies)).collect()
    }

    #[test]
    fn copies_are_paired_in_their_order_and_what_is_left_is_gone_or_new() {
        let found = Pairs::of(&[("a", 3), ("b", 1), ("c", 2)], &[("a", 2), ("d", 1), ("c", 5)]);
        let both = [(Some(0), Some(0), 2), (Some(2), Some(2), 2)];
        let (gone_a, gone_b) = ((Some(0), None, 1), (Some(1), None, 1));
        let (new_d, new_c) = ((None, Some(1), 1), (None, Some(2), 3));
        assert_eq!(told(&found.all), [both[0], new_d, gone_a, gone_b, both[1], new_c]);
        assert_eq!(told(&found.newer), [both[0], new_d, both[1], new_c]);
        assert!(!found.is_reordered);
    }

    #[test]
    fn entries_of_one_name_are_one_row_of_copies() {
        let found = Pairs::of(&[("a", 1), ("a", 2)], &[("a", 2), ("a", 2)]);
        let pairs = [(Some(0), Some(0), 1), (Some(1), Some(0), 1), (Some(1), Some(1), 1), (None, Some(1), 1)];
        assert_eq!(told(&found.all), pairs);
        assert_eq!(told(&found.newer), pairs);
    }

    #[test]
    fn another_order_is_told() {
        let found = Pairs::of(&[("a", 1), ("b", 1)], &[("b", 1), ("a", 1)]);
        assert!(found.is_reordered);
        assert_eq!(told(&found.all), [(Some(0), Some(1), 1), (Some(1), Some(0), 1)]);
        assert_eq!(told(&found.newer), [(Some(1), Some(0), 1), (Some(0), Some(1), 1)]);
    }
}
