//! Catalogues: those that are built in, and new prices from a list.

use std::path::Path;

use relocost::prices::PriceTable;
use relocost::syntax::Format as TextFormat;
use relocost::{Catalogue, message};

use crate::args::{Format, LangArg};
use crate::failure::Failure;
use crate::input::open_table;
use crate::output::{print, show, style_of};

/// Prints the names of the catalogues built in, or the one of a name.
pub(crate) fn catalogue(name: Option<&str>) -> Result<u8, Failure> {
    let Some(name) = name else {
        let names = Catalogue::BUILT_IN.iter().map(|name| format!("{name}\n"));
        return print(&names.collect::<String>());
    };
    let found = Catalogue::built_in(name).ok_or_else(|| {
        Failure::Call(message!(
            "no catalogue of this name is built in; see `relocost catalogue`",
            "aucun catalogue de ce nom n'est intégré ; voir `relocost catalogue`"
        ))
    })?;
    print(found.text())
}

/// Brings a catalogue's prices up to date from a list, says what changed, and writes the catalogue where it is asked for.
pub(crate) fn prices(
    file: &Path,
    list: &Path,
    write: Option<(&Path, bool)>,
    format: Format,
    lang: LangArg,
) -> Result<u8, Failure> {
    let catalogue = relocost_files::load_catalogue(file)?;
    if let Some((file, _)) = write {
        let name = relocost_files::display_name(file);
        if TextFormat::of(&name, catalogue.text()) != catalogue.format() {
            return Err(Failure::Call(message!(
                "--write: expected a file with the ending of the catalogue, in whose format it is written",
                "--write : un fichier avec l'extension du catalogue, au format duquel il est écrit, est attendu"
            )));
        }
    }
    let (name, table) = open_table(list, file)?;
    let update = catalogue.update_prices(PriceTable::new(table, &name)?)?;
    if let Some((file, force)) = write {
        let text = update.catalogue().text();
        relocost_files::write(file, text.as_bytes(), force)
            .map_err(|error| Failure::of_writing(message!("the catalogue", "le catalogue"), error))?;
    }
    show(format, lang, &update, |it| relocost_report::prices(it, style_of(format, lang)))
}
