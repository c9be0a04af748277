//! The blocks that reports are made of, whatever they are written as.

use crate::table::ReportTable;

/// A part of a report.
pub(crate) enum Block {
    /// The title of the report.
    Title(String),
    /// The heading of the blocks that follow.
    Heading(String),
    /// Sentences, one a line as text.
    Paragraph(Vec<String>),
    /// Short lines of one kind.
    List(Vec<String>),
    /// A table.
    Table(ReportTable),
    /// A blank line of the text; HTML has its own distances.
    Gap,
}
