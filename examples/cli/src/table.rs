//! Plain tables: columns as wide as their longest cell, in characters.

use std::fmt::Write as _;

/// Rows of cells under headings.
#[derive(Debug)]
pub(crate) struct Table {
    rows: Vec<Vec<String>>,
    /// From this column on numbers stand under each other.
    numbers: usize,
}

impl Table {
    pub(crate) fn new(headings: &[&str]) -> Self {
        let headings = headings.iter().map(|it| String::from(*it)).collect();
        Self { rows: vec![headings], numbers: usize::MAX }
    }

    /// Sets columns of numbers, from a place on, flush right.
    pub(crate) fn numbers_from(self, column: usize) -> Self {
        Self { numbers: column, ..self }
    }

    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// Prints the table, each line after an indent; a table without rows prints nothing, nor do empty headings.
    pub(crate) fn print(&self, indent: &str, out: &mut String) {
        if self.rows.len() < 2 {
            return;
        }
        let widths = self.widths();
        let is_empty = |row: &&Vec<String>| row.iter().all(String::is_empty);
        for row in self.rows.iter().skip_while(is_empty) {
            let mut line = String::from(indent);
            for (place, (cell, width)) in row.iter().zip(&widths).enumerate() {
                let _ = match place < self.numbers {
                    true => write!(line, "{cell:<width$}  "),
                    false => write!(line, "{cell:>width$}  "),
                };
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
    }

    fn widths(&self) -> Vec<usize> {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or_default();
        let width = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column));
            cells.map(|it| it.chars().count()).max().unwrap_or_default()
        };
        (0..columns).map(width).collect()
    }
}
