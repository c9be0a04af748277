//! Linear programmes over cells: how far a cell can move, and what must move with it.
//!
//! Nothing is claimed on the word of the solver, which computes in binary floating point: it proposes, and `witness` verifies
//! in whole numbers. Movements are counted from the true figures, in the units to which figures are rounded, so that numbers
//! are of like size.

use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};

use crate::cells::Line;

/// Movements that are smaller are none.
const LEAST: f64 = 1e-6;

fn solved(problem: &Problem) -> Option<microlp::Solution> {
    problem.solve().ok()?.into_solution().ok()
}

/// The cell's movement and those of all others where it moves farthest, each within its room; every line adds up.
pub(crate) fn farthest(lines: &[Line], rooms: &[(f64, f64)], cell: usize, up: bool) -> Option<Vec<f64>> {
    let direction = if up { OptimizationDirection::Maximize } else { OptimizationDirection::Minimize };
    let mut problem = Problem::new(direction);
    let moves: Vec<Variable> =
        rooms.iter().enumerate().map(|(at, room)| problem.add_var(f64::from(u8::from(at == cell)), *room)).collect();
    for line in lines {
        let parts = line.parts.iter().map(|part| (moves[*part], -1.0));
        let terms: Vec<(Variable, f64)> = parts.chain([(moves[line.whole], 1.0)]).collect();
        problem.add_constraint(terms.as_slice(), ComparisonOp::Eq, 0.0);
    }
    let solution = solved(&problem)?;
    Some(moves.iter().map(|variable| solution.var_value(*variable)).collect())
}

/// What a cell can do when others must move with it.
#[derive(Clone, Copy)]
pub(crate) struct Mover {
    /// Its room while it stays as it is: of a published cell that of its rounding, of a suppressed one all.
    pub(crate) free: (f64, f64),
    /// How much farther down and up it could go if it were suppressed too, and what that costs for each unit; `None` if it
    /// cannot be.
    pub(crate) paid: Option<(f64, f64, f64)>,
}

/// The cells that must be suppressed too, at the least cost, so that a cell can move so far.
pub(crate) fn cheapest(lines: &[Line], movers: &[Mover], cell: usize, by: f64) -> Option<Vec<usize>> {
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    let mut moves: Vec<Vec<(Variable, f64)>> = Vec::with_capacity(movers.len());
    let mut paid = Vec::new();
    for (at, mover) in movers.iter().enumerate() {
        if at == cell {
            moves.push(vec![(problem.add_var(0.0, (by, by)), 1.0)]);
            continue;
        }
        let mut own = vec![(problem.add_var(0.0, mover.free), 1.0)];
        if let Some((down, up, cost)) = mover.paid {
            let (down, up) = (problem.add_var(cost, (0.0, down.max(0.0))), problem.add_var(cost, (0.0, up.max(0.0))));
            own.extend([(down, -1.0), (up, 1.0)]);
            paid.push((at, down, up));
        }
        moves.push(own);
    }
    for line in lines {
        let parts = line.parts.iter().flat_map(|part| moves[*part].iter().map(|(variable, sign)| (*variable, -sign)));
        let terms: Vec<(Variable, f64)> = parts.chain(moves[line.whole].iter().copied()).collect();
        problem.add_constraint(terms.as_slice(), ComparisonOp::Eq, 0.0);
    }
    let solution = solved(&problem)?;
    let moved = |(_, down, up): &(usize, Variable, Variable)| {
        solution.var_value(*down) > LEAST || solution.var_value(*up) > LEAST
    };
    Some(paid.iter().filter(|one| moved(one)).map(|(at, ..)| *at).collect())
}

/// Numbers of cases that a reader may take for true, with the number of a cell as high or as low as can be. A case is in one
/// part at most of some lines; of others only that no part has more cases than the whole, and the parts together no fewer.
pub(crate) fn farthest_counts(
    lines: &[Line],
    known: &[Option<u64>],
    most: u64,
    cell: usize,
    up: bool,
) -> Option<Vec<u64>> {
    #[expect(clippy::cast_precision_loss, reason = "numbers of cases are far below 2^52")]
    let float = |count: u64| count as f64;
    let direction = if up { OptimizationDirection::Maximize } else { OptimizationDirection::Minimize };
    let mut problem = Problem::new(direction);
    let counts: Vec<Variable> = known
        .iter()
        .enumerate()
        .map(|(at, known)| {
            let range = known.map_or((1.0, float(most)), |known| (float(known), float(known)));
            problem.add_var(f64::from(u8::from(at == cell)), range)
        })
        .collect();
    for line in lines {
        let parts = line.parts.iter().map(|part| (counts[*part], -1.0));
        let terms: Vec<(Variable, f64)> = parts.chain([(counts[line.whole], 1.0)]).collect();
        let sum = if line.parted { ComparisonOp::Eq } else { ComparisonOp::Le };
        problem.add_constraint(terms.as_slice(), sum, 0.0);
        for part in line.parts.iter().filter(|_| !line.parted) {
            problem.add_constraint([(counts[line.whole], 1.0), (counts[*part], -1.0)], ComparisonOp::Ge, 0.0);
        }
    }
    let solution = solved(&problem)?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "verified afterwards")]
    let whole = |variable: &Variable| solution.var_value(*variable).round().max(0.0) as u64;
    Some(counts.iter().map(whole).collect())
}
