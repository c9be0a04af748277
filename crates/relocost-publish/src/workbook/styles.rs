//! How cells look.

use relocost::{Currency, Lang};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// The formats of cells.
pub(super) struct Styles {
    pub(super) title: Format,
    pub(super) warning: Format,
    pub(super) section: Format,
    pub(super) head: Format,
    /// Over numbers.
    pub(super) head_right: Format,
    pub(super) text: Format,
    /// Beside a number.
    pub(super) indented: Format,
    pub(super) wrapped: Format,
    pub(super) money: Format,
    pub(super) sum: Format,
    pub(super) sum_label: Format,
    pub(super) number: Format,
    pub(super) factor: Format,
    pub(super) year: Format,
    pub(super) month: Format,
    pub(super) percent: Format,
    pub(super) input: Format,
    pub(super) input_percent: Format,
    pub(super) input_money: Format,
    pub(super) input_whole: Format,
    pub(super) percent_code: String,
    pub(super) whole_code: String,
    pub(super) month_code: String,
}

impl Styles {
    pub(super) fn new(lang: Lang, currency: Currency) -> Self {
        // Numbers are written as the language does, whatever that of the program.
        let of = |code: &str| match lang {
            Lang::En => code.to_owned(),
            Lang::Fr => format!("[$-40C]{code}"),
        };
        let decimals = currency.decimals() as usize;
        let point = if decimals == 0 { "" } else { "." };
        let money = of(&format!("#,##0{point}{}", "0".repeat(decimals)));
        let percent = match lang {
            Lang::En => "0.0%".to_owned(),
            Lang::Fr => "[$-40C]0.0\u{202f}%".to_owned(),
        };
        let plain = || Format::new().set_align(FormatAlign::Top);
        let numbered = |code: &str| plain().set_num_format(code);
        let input = |code: &str| {
            numbered(code)
                .set_background_color(Color::RGB(0x00FF_F2CC))
                .set_border(FormatBorder::Thin)
                .set_border_color(Color::RGB(0x00BF_9000))
                .set_unlocked()
        };
        let head = || {
            Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter)
                .set_background_color(Color::RGB(0x00D9_E2F0))
                .set_border_bottom(FormatBorder::Thin)
        };
        let month = of("mmm yyyy");
        Self {
            title: Format::new().set_bold().set_font_size(16.0),
            warning: Format::new().set_bold().set_font_color(Color::RGB(0x00A6_1C00)),
            section: Format::new().set_bold().set_font_size(12.0),
            head: head(),
            head_right: head().set_align(FormatAlign::Right),
            text: plain(),
            indented: plain().set_indent(1),
            wrapped: plain().set_text_wrap(),
            money: numbered(&money),
            sum: numbered(&money).set_bold().set_border_top(FormatBorder::Thin),
            sum_label: plain().set_bold().set_border_top(FormatBorder::Thin),
            number: numbered(&of("#,##0.##########")).set_align(FormatAlign::Right),
            factor: numbered(&of("#,##0.000000")),
            year: numbered("0").set_align(FormatAlign::Left),
            month: numbered(&month).set_align(FormatAlign::Left),
            percent: numbered(&percent),
            input: input(&of("#,##0.00##########")),
            input_percent: input(&of(if lang == Lang::Fr { "0.0###\u{202f}%" } else { "0.0###%" })),
            input_money: input(&money),
            input_whole: input(&of("#,##0")),
            percent_code: of("0%"),
            whole_code: of("#,##0"),
            month_code: month,
        }
    }
}
