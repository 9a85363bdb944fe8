//! The table: what, theirs, ours, how many times less, the budget, whether it is met.

use super::Pair;
use std::fmt::{Display, Formatter};

/// One line.
pub(crate) struct Row {
    what: String,
    values: Pair<Option<f64>>,
    budget: Option<f64>,
    reason: &'static str,
}

impl Row {
    /// A comparison; a value that is not there is shown as a dash.
    pub(crate) fn new(what: impl Into<String>, values: Pair<Option<f64>>) -> Self {
        Self { what: what.into(), values, budget: None, reason: "" }
    }

    /// The most that ours may be.
    pub(crate) fn at_most(mut self, budget: f64) -> Self {
        self.budget = Some(budget);
        self
    }

    /// Why the budget is missed, to be shown where it is.
    pub(crate) fn because(mut self, reason: &'static str) -> Self {
        self.reason = reason;
        self
    }

    fn met(&self) -> Option<bool> {
        Some(self.values[1]? <= self.budget?)
    }
}

impl Display for Row {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        let [theirs, ours] = self.values;
        let ratio = theirs.zip(ours).filter(|(_, ours)| *ours > 0.0).map(|(theirs, ours)| theirs / ours);
        let met = match (self.met(), self.reason) {
            (None, _) => String::new(),
            (Some(true), _) => "yes".to_owned(),
            (Some(false), "") => "**no**".to_owned(),
            (Some(false), reason) => format!("**no**: {reason}"),
        };
        write!(
            f,
            "| {} | {} | {} | {} | {} | {met} |",
            self.what,
            number(theirs),
            number(ours),
            ratio.map_or(String::new(), |ratio| format!("{ratio:.1} ×")),
            self.budget.map_or(String::new(), |budget| number(Some(budget))),
        )
    }
}

/// All lines.
#[derive(Default)]
pub(crate) struct Table(Vec<Row>);

impl Table {
    /// Adds a line at the end, and shows it at once: the whole table is minutes away.
    pub(crate) fn add(&mut self, row: Row) {
        eprintln!("measured: {row}");
        self.0.push(row);
    }

    /// Whether no budget is exceeded.
    pub(crate) fn is_met(&self) -> bool {
        self.0.iter().all(|row| row.met() != Some(false))
    }
}

impl Display for Table {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "| what | aws-sdk-proton | ours | ratio | budget | met |")?;
        writeln!(f, "| --- | ---: | ---: | ---: | ---: | --- |")?;
        self.0.iter().try_for_each(|row| writeln!(f, "{row}"))
    }
}

/// Whole where it is large, with what matters of a fraction where it is small, commas between thousands.
fn number(value: Option<f64>) -> String {
    let Some(value) = value else { return "–".to_owned() };
    if value.fract() == 0.0 || value >= 100.0 {
        let digits = format!("{value:.0}");
        let count = digits.len();
        let mut text = String::new();
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (count - index).is_multiple_of(3) {
                text.push(',');
            }
            text.push(digit);
        }
        text
    } else if value >= 10.0 {
        format!("{value:.1}")
    } else {
        format!("{value:.2}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_show_what_they_know() {
        let row = Row::new("lines", [Some(131_800.0), Some(20_000.0)]).at_most(20_000.0);
        assert_eq!(row.to_string(), "| lines | 131,800 | 20,000 | 6.6 × | 20,000 | yes |");
        let row = Row::new("seconds", [None, Some(0.314)]).at_most(0.3);
        assert_eq!(row.to_string(), "| seconds | – | 0.31 |  | 0.30 | **no** |");
        let row = row.because("the machine is slow");
        assert!(row.to_string().ends_with("| **no**: the machine is slow |"), "{row}");
        assert!(row.at_most(1.0).to_string().ends_with("| yes |"));
        assert_eq!(Row::new("skipped", [None, None]).at_most(1.0).to_string(), "| skipped | – | – |  | 1 |  |");
    }

    #[test]
    fn a_budget_that_was_not_measured_is_not_exceeded() {
        let mut table = Table::default();
        table.add(Row::new("skipped", [None, None]).at_most(1.0));
        assert!(table.is_met());
        table.add(Row::new("slow", [None, Some(2.0)]).at_most(1.0));
        assert!(!table.is_met());
    }
}
