//! A chart as a picture in pixels, with letters of a font that comes with the library, so that no machine's own are asked for.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

/// `DejaVu Sans`, which has the letters of most languages, and the narrow space of French; its licence lies beside it.
static FONT: &[u8] = include_bytes!("../../../fonts/DejaVuSans.ttf");

static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(FONT.to_vec());
    fonts.set_sans_serif_family("DejaVu Sans");
    Arc::new(fonts)
});

/// A picture: a PNG, and how wide and high it is.
pub(super) struct Picture {
    pub(super) png: Vec<u8>,
    pub(super) size: (u32, u32),
}

/// Draws a chart; none of what is no chart.
pub(super) fn picture(svg: &str) -> Option<Picture> {
    let options = Options { fontdb: Arc::clone(&FONTS), ..Options::default() };
    let tree = Tree::from_str(svg, &options).ok()?;
    let size = tree.size().to_int_size();
    let mut drawn = Pixmap::new(size.width(), size.height())?;
    drawn.fill(Color::WHITE);
    resvg::render(&tree, Transform::identity(), &mut drawn.as_mut());
    Some(Picture { png: drawn.encode_png().ok()?, size: (size.width(), size.height()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inked(text: &str) -> usize {
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 200 40\" font-family=\"sans-serif\"><text x=\"2\" y=\"30\" font-size=\"26\">{text}</text></svg>"
        );
        picture(&svg).unwrap().png.len()
    }

    #[test]
    fn letters_are_drawn_with_the_font_that_comes_along() {
        let nothing = inked("");
        for text in ["a", "é", "€", "«", "–", "−", "’", "Ω", "Ж"] {
            assert!(inked(text) > nothing, "{text}");
        }
        assert_eq!(inked("\u{202f}"), nothing, "a space is no box");
        assert!(picture("no picture").is_none());
    }
}
