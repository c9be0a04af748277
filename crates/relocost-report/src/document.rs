//! A report as blocks, made once from a result and then written as text, as HTML, as Markdown or for Word.

use relocost::error::Finding;
use relocost::{Error, Watch};

use crate::block::Block;
use crate::table::ReportTable;
use crate::words::Words as _;
use crate::{Form, Style, html, markdown, word};

/// The blocks of a report, from top to bottom.
pub(crate) struct Document {
    style: Style,
    blocks: Vec<Block>,
}

impl Document {
    pub(crate) fn new(style: Style) -> Self {
        Self { style, blocks: Vec::new() }
    }

    pub(crate) fn title(&mut self, title: String) {
        self.blocks.push(Block::Title(title));
    }

    pub(crate) fn heading(&mut self, heading: &str) {
        self.blocks.push(Block::Heading(heading.to_owned()));
    }

    pub(crate) fn line(&mut self, line: impl Into<String>) {
        self.blocks.push(Block::Paragraph(vec![line.into()]));
    }

    /// A line, if there is one.
    pub(crate) fn lines(&mut self, line: Option<String>) {
        self.blocks.extend(line.map(|line| Block::Paragraph(vec![line])));
    }

    /// What a page says once for all its sections: the mark of what is internal, that amounts only illustrate, when a
    /// budget year begins.
    pub(crate) fn notice(&mut self, line: impl Into<String>) {
        if !self.style.form.is_section() {
            self.line(line);
        }
    }

    /// A notice, if there is one.
    pub(crate) fn notices(&mut self, line: Option<String>) {
        if let Some(line) = line {
            self.notice(line);
        }
    }

    pub(crate) fn paragraph(&mut self, lines: Vec<String>) {
        self.blocks.push(Block::Paragraph(lines));
    }

    pub(crate) fn list(&mut self, items: Vec<String>) {
        self.blocks.push(Block::List(items));
    }

    pub(crate) fn table(&mut self, table: ReportTable) {
        self.blocks.push(Block::Table(table));
    }

    /// Warnings under their heading, if there are any.
    pub(crate) fn warnings(&mut self, warnings: &[Finding]) {
        let lang = self.style.lang;
        if !warnings.is_empty() {
            self.gap();
            self.heading(lang.odd());
            self.list(warnings.iter().map(|warning| warning.text(lang).clone()).collect());
        }
    }

    pub(crate) fn gap(&mut self) {
        self.blocks.push(Block::Gap);
    }

    /// The report in the form that the style asks for.
    pub(crate) fn finish(self) -> String {
        self.finish_under(&Watch::default()).unwrap_or_default() // which never cancels
    }

    /// As [`Document::finish`], with a watch that is called for each row of a table as text.
    pub(crate) fn finish_under(self, watch: &Watch<'_>) -> Result<String, Error> {
        match self.style.form {
            Form::Html => return Ok(html::fragment(&self.blocks, self.style.lang)),
            Form::Section => return Ok(html::section(&self.blocks, self.style.lang)),
            Form::Word => return Ok(word::section(&self.blocks, self.style.lang)),
            Form::Markdown => return Ok(markdown::text(&self.blocks, self.style.lang)),
            Form::Plain | Form::Brief | Form::Bold => {}
        }
        let mut lines = Vec::new();
        for block in self.blocks {
            match block {
                Block::Title(text) | Block::Heading(text) => lines.push(self.style.heading(&text)),
                Block::Paragraph(text) => lines.extend(text),
                Block::List(items) => lines.extend(items.iter().map(|item| format!("  {item}"))),
                Block::Table(table) => lines.extend(table.lines(watch)?),
                Block::Gap => lines.push(String::new()),
            }
        }
        Ok(lines.join("\n") + "\n")
    }
}
