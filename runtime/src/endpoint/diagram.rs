//! Endpoint rules as a decision diagram, which generated code follows.

use std::cell::OnceCell;

/// References from here on are results.
const RESULTS: i32 = 100_000_000;

/// Follows a diagram from its root and gives the number of the result that it leads to; `None` where no rule applies.
///
/// A node has the number of a condition, where to go if that holds, and where if not. A reference to a node is its
/// place, counted from 1; a negative one swaps the two branches.
///
/// ```
/// use smithy_runtime::endpoint::diagram::follow;
///
/// let nodes = [[-1, 1, -1], [0, 100_000_001, 3], [1, 100_000_002, -1]];
/// assert_eq!(follow(&nodes, 2, |condition| condition == 0), Some(1));
/// assert_eq!(follow(&nodes, 2, |condition| condition == 1), Some(2));
/// assert_eq!(follow(&nodes, 2, |_| false), None);
/// ```
pub fn follow(nodes: &[[i32; 3]], root: i32, mut holds: impl FnMut(i32) -> bool) -> Option<usize> {
    let mut reference = root;
    // No node is asked twice, whatever a model says.
    for _ in nodes {
        if reference >= RESULTS {
            break;
        }
        let [condition, high, low] = *nodes.get(usize::try_from(reference.unsigned_abs()).ok()?.checked_sub(1)?)?;
        if reference.abs() == 1 {
            return None;
        }
        reference = if holds(condition) == (reference > 0) { high } else { low };
    }
    let result = usize::try_from(reference.checked_sub(RESULTS)?).ok()?;
    (result > 0).then_some(result)
}

/// Keeps the value that a condition assigns; whether there is one.
pub fn keep<T>(cell: &OnceCell<T>, value: Option<impl Into<T>>) -> bool {
    let Some(value) = value else { return false };
    // Where several conditions assign a name, at most one of them finds a value.
    let _ = cell.set(value.into());
    true
}

#[cfg(test)]
mod tests {
    use super::follow;

    #[test]
    fn negative_references_swap_the_branches() {
        let nodes = [[-1, 1, -1], [0, -3, 3], [1, 100_000_001, 100_000_002]];
        assert_eq!(follow(&nodes, 2, |_| true), Some(2));
        assert_eq!(follow(&nodes, 2, |condition| condition == 1), Some(1));
    }

    #[test]
    fn no_diagram_is_followed_for_ever() {
        assert_eq!(follow(&[[-1, 1, -1], [0, 2, 2]], 2, |_| true), None);
        assert_eq!(follow(&[[-1, 1, -1]], 1, |_| true), None);
        assert_eq!(follow(&[[-1, 1, -1]], 100_000_000, |_| true), None);
        assert_eq!(follow(&[], 100_000_001, |_| true), Some(1));
        for root in [0, -1, 7, i32::MIN, i32::MAX] {
            assert_ne!(follow(&[[-1, 1, -1]], root, |_| true), Some(0), "{root}");
        }
    }
}
