//! Literals that are checked when they are compiled.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Error, LitStr};

pub(crate) fn month(literal: &LitStr) -> Result<TokenStream, Error> {
    let text = literal.value();
    let parse = || {
        let (year, month) = text.split_once('-').filter(|(year, month)| year.len() == 4 && month.len() == 2)?;
        let (year, month) = (year.parse::<i32>().ok()?, month.parse::<u32>().ok()?);
        ((1800..=2999).contains(&year) && (1..=12).contains(&month)).then_some((year, month))
    };
    let Some((year, month)) = parse() else {
        return Err(Error::new_spanned(literal, "expected a month such as \"2026-03\", of the years 1800 to 2999"));
    };
    Ok(quote! { ::relocost::testing::checked_month(#year, #month) })
}

pub(crate) fn money(literal: &LitStr) -> Result<TokenStream, Error> {
    let text = literal.value();
    let wrong = |message: String| Error::new_spanned(literal, message);
    let Some((amount, code)) = text.split_once(' ') else {
        return Err(wrong("expected an amount and a currency, such as \"950.00 EUR\"".to_owned()));
    };
    let currency = iso_currency::Currency::from_code(code);
    let Some(decimals) = currency.and_then(iso_currency::Currency::exponent).map(usize::from) else {
        return Err(wrong(format!("{code} is no currency of ISO 4217 with a minor unit")));
    };
    let unsigned = amount.strip_prefix('-').unwrap_or(amount);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 15 || !digits(whole) || !digits(fraction) || fraction.len() != decimals {
        return Err(wrong(format!("expected digits with {decimals} decimals, the minor unit of {code}")));
    }
    let minor: i128 = format!("{whole}{fraction}").parse().map_err(|_| wrong("too large".to_owned()))?;
    let minor = if unsigned.len() < amount.len() { -minor } else { minor };
    Ok(quote! { ::relocost::testing::checked_money(#minor, #code) })
}
