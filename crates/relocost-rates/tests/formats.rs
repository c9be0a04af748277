//! Each publisher's format, on small files in its form.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may panic: that is how it fails")]

use relocost_rates::{Format, PeriodRate, RateOptions, RateTable, RateTables, SourceText, Subject, rates};

const ECB: &str = include_str!("fixtures/eurofxref-hist.csv");
const ECB_DAY: &str = include_str!("fixtures/eurofxref.csv");
const ECB_XML: &str = include_str!("fixtures/eurofxref-hist.xml");
const UN_SEPTEMBER: &str = include_str!("fixtures/un-2026-09.xml");
const UN_OCTOBER: &str = include_str!("fixtures/un-2026-10.xml");
const UN_OCTOBER_TABS: &str = include_str!("fixtures/un-2026-10.txt");
const IMF: &str = include_str!("fixtures/imf-rms-mth.tsv");
const IMF_SDR: &str = include_str!("fixtures/imf-rms-five.tsv");
const EUROSTAT: &str = include_str!("fixtures/eurostat.sdmx.csv");
const EUROSTAT_TSV: &str = include_str!("fixtures/eurostat.tsv");
const EUROSTAT_OLD: &str = include_str!("fixtures/eurostat-before-2022.tsv");
const OECD: &str = include_str!("fixtures/oecd.sdmx.csv");
const WORLD_BANK: &str = include_str!("fixtures/world-bank.csv");
const BLS: &str = include_str!("fixtures/bls.txt");
const LEVELS: &str = include_str!("fixtures/levels.csv");

fn read(format: Format, texts: &[&str], options: &RateOptions) -> RateTables {
    tried(format, texts, options).unwrap()
}

fn tried(format: Format, texts: &[&str], options: &RateOptions) -> Result<RateTables, relocost::Error> {
    let files: Vec<SourceText<'_>> = texts.iter().map(|text| SourceText { name: "file", text }).collect();
    rates(format, &files, options)
}

fn refused(format: Format, text: &str, options: &RateOptions) -> String {
    tried(format, &[text], options).unwrap_err().to_string()
}

fn gaps() -> RateOptions {
    RateOptions::default().allow_gaps()
}

fn columns(columns: &[&str]) -> RateOptions {
    RateOptions::default().columns(columns.iter().map(|column| column.parse().unwrap()).collect())
}

fn table<'t>(tables: &'t RateTables, name: &str) -> &'t RateTable {
    let is = |table: &&RateTable| match &table.subject {
        Subject::Exchange(currency) => currency.code() == name,
        Subject::Index(id, _) => id.as_str() == name,
        _ => false,
    };
    tables.tables.iter().find(is).unwrap_or_else(|| panic!("no table {name}"))
}

fn value(tables: &RateTables, name: &str, key: &str) -> String {
    let found = table(tables, name).values.iter().find(|(known, _)| known.to_string() == key);
    found.unwrap_or_else(|| panic!("no {key} of {name}")).1.clone()
}

fn keys(tables: &RateTables, name: &str) -> Vec<String> {
    table(tables, name).values.iter().map(|(key, _)| key.to_string()).collect()
}

#[test]
fn the_central_banks_quotes_are_inverted_and_its_whole_years_taken() {
    let tables = read(Format::Ecb, &[ECB], &RateOptions::default());
    // 2026 ends in October, and the kroon has no quote.
    assert_eq!(keys(&tables, "USD"), ["2024", "2025"]);
    assert_eq!(tables.tables.len(), 3);
    assert_eq!(value(&tables, "USD", "2024"), "0.909132233283"); // 1 / 1.09995

    assert_eq!(
        table(&tables, "USD").source,
        "European Central Bank, euro foreign exchange reference rates, to 2026-10-10; mean of the year's quotes, inverted"
    );
}

#[test]
fn the_mean_of_a_published_year_is_the_publishers_own() {
    // The mean of 1.08 + 0.001 m + 0.0001 d over m = 13..24 and d = 3, 10, 17, 28 is 1.09995.
    let dollars = RateOptions::default().currency("USD".parse().unwrap());
    let tables = read(Format::Ecb, &[ECB], &dollars);
    assert_eq!(value(&tables, "EUR", "2024"), "1.09995");
    assert!(table(&tables, "EUR").source.ends_with("mean of the year's quotes"));
    assert!(table(&tables, "GBP").source.ends_with("crossed through EUR"));
    let end = read(Format::Ecb, &[ECB], &dollars.of(PeriodRate::End));
    assert_eq!(value(&end, "EUR", "2025"), "1.1188"); // 28 December
}

#[test]
fn months_and_gaps_are_asked_for() {
    let months = columns(&["USD"]).of(PeriodRate::Month).years(2026, 2026);
    let error = refused(Format::Ecb, ECB, &months);
    assert_eq!(
        error,
        "USD: 2 gaps in what is asked for: 2026-11, 2026-12; choose other years or currencies, or allow gaps"
    );
    let tables = read(Format::Ecb, &[ECB], &months.allow_gaps());
    assert_eq!(keys(&tables, "USD").len(), 10);
    assert!(table(&tables, "USD").source.ends_with("; without 2026-11, 2026-12"));
    assert!(tables.to_toml().contains("2026-03 = \""));

    let year = columns(&["USD"]).years(2025, 2027);
    assert!(refused(Format::Ecb, ECB, &year).contains("2 gaps in what is asked for: 2027, 2026 without month 11, 12"));
    let tables = read(Format::Ecb, &[ECB], &year.allow_gaps());
    assert_eq!(keys(&tables, "USD"), ["2025", "2026"]);
    assert!(table(&tables, "USD").source.ends_with("; without 2027; part years: 2026 without month 11, 12"));
}

#[test]
fn the_central_banks_other_files_say_the_same() {
    let tables = read(Format::Ecb, &[ECB_XML], &gaps().years(2026, 2026));
    assert_eq!(value(&tables, "USD", "2026"), "0.898876404494"); // 2 / (1.125 + 1.1)
    let day = gaps().years(2026, 2026).of(PeriodRate::Month);
    let tables = read(Format::Ecb, &[ECB_DAY, ECB], &day);
    assert_eq!(value(&tables, "USD", "2026-10"), "0.890921509815"); // of 1.127, 1.1263, 1.1140
    let other = ECB_XML.replace("1.1000", "1.1001");
    let error = tried(Format::Ecb, &[ECB_XML, &other], &gaps()).unwrap_err().to_string();
    assert_eq!(error, "file: gives USD of 2026-03-02 another rate than a file before it");
}

#[test]
fn the_united_nations_rates_are_monthly_and_per_dollar() {
    let options = gaps().years(2026, 2026).of(PeriodRate::Month);
    let tables = read(Format::Un, &[UN_SEPTEMBER, UN_OCTOBER], &options);
    assert_eq!(keys(&tables, "USD"), ["2026-09", "2026-10"]);
    assert_eq!(value(&tables, "USD", "2026-10"), "0.89");
    assert_eq!(value(&tables, "KES", "2026-10"), "0.006872586873"); // 0.89 / 129.5
    let apart = UN_SEPTEMBER.replacen("0.88", "0.87", 1);
    let error = refused(Format::Un, &apart, &options);
    assert!(error.ends_with("EUR has another rate of 2026-09-01 before"), "{error}");
}

#[test]
fn the_treasurys_other_export_says_the_same_as_its_xml() {
    let options = gaps().years(2026, 2026).of(PeriodRate::Month);
    let xml = read(Format::Un, &[UN_OCTOBER], &options);
    let tabs = read(Format::Un, &[UN_OCTOBER_TABS], &options);
    assert_eq!(tabs, xml);
    // As a spreadsheet saves it.
    let [commas, semicolons] = [",", ";"].map(|separator| UN_OCTOBER_TABS.replace('\t', separator));
    assert_eq!(read(Format::Un, &[&commas], &options), xml);
    assert_eq!(read(Format::Un, &[&semicolons], &options), xml);
    for (old, new, expected) in [
        ("\tKES\t", "\tShilling\t", "file:5:27: expected the code of a currency, a day such as 01 Oct 2026 and a rate"),
        ("\t129.5", "\tn/a", "file:5:43: expected a rate above 0"),
        ("01 Oct 2026", "October", "file:1:1: is not in this format; expected the Treasury's XML"),
    ] {
        let error = refused(Format::Un, &UN_OCTOBER_TABS.replace(old, new), &options);
        assert!(error.starts_with(expected), "{error}");
    }
}

#[test]
fn a_currency_without_a_whole_year_says_so() {
    let error = refused(Format::Ecb, ECB_DAY, &columns(&["USD"]));
    let expected = "USD: has no whole year of rates in what is asked for; choose years, and allow gaps";
    assert_eq!(error, expected);
}

#[test]
fn the_funds_rates_are_read_both_ways_round() {
    let options = gaps().years(2026, 2026).of(PeriodRate::Month);
    let tables = read(Format::Imf, &[IMF], &options);
    assert_eq!(value(&tables, "USD", "2026-03"), "0.862068965517"); // 1 / 1.16
    assert_eq!(value(&tables, "KRW", "2026-03"), "0.000584453536"); // (1 / 1.16) / 1475
    assert_eq!(value(&tables, "AUD", "2026-03"), "0.60775862069"); // 0.705 / 1.16
    let tables = read(Format::Imf, &[IMF_SDR], &options);
    assert_eq!(value(&tables, "USD", "2026-03"), "0.863368669022"); // 0.733 / 0.849
    assert_eq!(tables.tables.len(), 1, "nobody has an amount in special drawing rights");
    let error = tried(Format::Imf, &[IMF, IMF_SDR], &options).unwrap_err().to_string();
    assert!(error.contains("against another currency"), "{error}");
}

#[test]
fn eurostats_levels_become_increases() {
    let tables = read(Format::Eurostat, &[EUROSTAT], &RateOptions::default());
    assert_eq!(keys(&tables, "m-i15-cp00-nl"), ["2024", "2025"]);
    let same = read(Format::Eurostat, &[EUROSTAT_TSV], &columns(&["M.I15.CP00.NL=general"]));
    assert_eq!(value(&same, "general", "2025"), value(&tables, "m-i15-cp00-nl", "2025"));
    assert_eq!(
        table(&tables, "m-i15-cp00-nl").source,
        "Eurostat, ESTAT:PRC_HICP_MIDX(1.0), M.I15.CP00.NL, updated 06/02/26 23:00:00; \
         mean of the year over that of the year before; marks of the publisher: e"
    );
    let old = read(Format::Eurostat, &[EUROSTAT_OLD], &RateOptions::default().of(PeriodRate::End));
    assert_eq!(value(&old, "i15-cp00-nl", "2019"), "0.020081436239"); // 110.23 / 108.06 - 1
    let july = columns(&["M.I15.CP041.NL=rent"]).month(7);
    let tables = read(Format::Eurostat, &[EUROSTAT], &july);
    assert!(tables.to_toml().starts_with("[rates.index.rent]\nmonth = 7\n2024 = \"0.0"), "{}", tables.to_toml());
}

#[test]
fn a_break_or_a_missing_month_of_an_index_is_a_gap() {
    let broken = columns(&["M.I15.CP041.NL=rent"]);
    let error = refused(Format::Eurostat, EUROSTAT_TSV, &broken);
    assert!(error.starts_with("rent: a break of the series in 2024, 2025: levels of that year"), "{error}");
    let tables = read(Format::Eurostat, &[EUROSTAT_TSV], &broken.allow_gaps());
    assert!(table(&tables, "rent").source.contains("over a break of the series: 2024, 2025"));

    let missing = columns(&["M.I15.CP06.NL=care"]).years(2024, 2025);
    let error = refused(Format::Eurostat, EUROSTAT_TSV, &missing);
    assert!(error.starts_with("care: no increase of 2025: levels"), "{error}");
    let tables = read(Format::Eurostat, &[EUROSTAT_TSV], &missing.allow_gaps());
    // The other eleven months of both years, not eleven over twelve.
    assert!(value(&tables, "care", "2025").starts_with("0.0200"), "{}", value(&tables, "care", "2025"));
    assert!(table(&tables, "care").source.contains("of the months or quarters that both years have: 2025"));
}

#[test]
fn the_other_publishers_levels_become_increases_too() {
    let level = columns(&["NLD.Q.N.CPI.IX._T.N._Z=general"]);
    let tables = read(Format::Oecd, &[OECD], &level);
    assert!(value(&tables, "general", "2024").starts_with("0.02"));
    assert!(table(&tables, "general").source.starts_with("OECD, OECD.SDD.TPS:DSD_PRICES@DF_PRICES_ALL(1.0), NLD.Q"));
    let error = refused(Format::Oecd, OECD, &columns(&["NLD.Q.N.CPI.IX._T.N.GY=growth"]));
    assert!(error.contains("GY is a change and no level"), "{error}");

    let options = RateOptions::default().filters(vec![("Country Code".into(), "NLD".into())]);
    let tables = read(Format::WorldBank, &[WORLD_BANK], &options);
    assert_eq!(keys(&tables, "nld-fp-cpi-totl"), ["2022", "2023", "2024"]);
    assert_eq!(value(&tables, "nld-fp-cpi-totl", "2022"), "0.100408163265"); // 134.8 / 122.5 - 1

    // October 2025 was not published; the year's average was.
    let tables = read(Format::Bls, &[BLS], &columns(&["CUUR0000SA0=general", "CUUR0000SEHA=rent"]));
    assert_eq!(keys(&tables, "general"), ["2024", "2025"]);
    let error = refused(Format::Bls, BLS, &columns(&["CUUR0000SAX"]));
    assert!(error.contains("there is no series \"CUUR0000SAX\"; the files have CUUR0000SA0, CUUR0000SEHA"), "{error}");

    let tables = read(Format::Csv, &[LEVELS], &columns(&["Miete=rent"]));
    assert_eq!(value(&tables, "rent", "2024"), "0.035");
    assert_eq!(value(&tables, "rent", "2025"), "0.044444444444");
}

#[test]
fn series_on_two_bases_are_joined_by_their_increases() {
    let old = "year,old\n2020,250\n2021,255\n2022,265.2\n";
    let new = "year,new\n2021,100\n2022,105\n2023,110.25\n";
    let tables = read(Format::Csv, &[old, new], &columns(&["old=rent", "new=rent"]));
    let values: Vec<(String, String)> =
        table(&tables, "rent").values.iter().map(|(key, value)| (key.to_string(), value.clone())).collect();
    // 2022 is in both; the series named last is taken.
    let expected = [("2021", "0.02"), ("2022", "0.05"), ("2023", "0.05")];
    assert_eq!(values, expected.map(|(key, value)| (key.to_owned(), value.to_owned())));
    assert_eq!(
        table(&tables, "rent").source,
        "file, column old (years 2021 to 2021); then file, column new (years 2022 to 2023); \
         mean of the year over that of the year before"
    );
}

#[test]
fn what_is_not_in_a_format_is_refused_with_its_place() {
    let cases: &[(Format, &str, &str)] = &[
        (Format::Ecb, "<html></html>", "file:1:1: is not in this format"),
        (Format::Ecb, "", "file:1:1: is not in this format; expected the heads Date"),
        (Format::Ecb, "Date,USD,\n2026-10-30,1.1,\n2026-10-29,x,\n", "file:3:12: expected a rate above 0"),
        (Format::Ecb, "Date,USD,\n2026-10-30,0,\n", "file:2:12: expected a rate above 0"),
        (Format::Ecb, "Date,USD,\n\n30/10/2026,1,\n", "file:3:1: expected a day such as 2026-10-30"),
        (Format::Ecb, "Date,dollars,\n", "file:1:6: expected the code of a currency, found \"dollars\""),
        (Format::Ecb, "Date,USD,\n2026-10-30\n", "file:2:1: has 1 cell, and the heads 3"),
        (Format::Un, "Country\tCurrency\n", "file:1:1: is not in this format; expected the Treasury's XML"),
        (Format::Un, "<UN_OPERATIONAL_RATES_DATASET>", "is cut off"),
        (Format::Un, "<a><b></a>", "file:1:1: is not in this format"),
        (Format::Un, "<!DOCTYPE x [<!ENTITY a \"b\">]><UN_OPERATIONAL_RATES_DATASET/>", "declares a document type"),
        (Format::Imf, "Currency\tMarch 02, 2026\n", "file:1:1: is not in this format"),
        (
            Format::Imf,
            "Representative Exchange Rates for Selected Currencies for March 2026\nCurrency\tMarch 02, 2026\nMoon crown\t1\n",
            "file:3:1: \"Moon crown\" is no currency",
        ),
        (Format::Eurostat, "geo\t2024\n", "file:1:1: is not in this format; expected a first head"),
        (Format::Eurostat, "freq,geo\\TIME_PERIOD\t2024 \nA,NL\t10O.1 \n", "file:2:6: expected a level"),
        (Format::Eurostat, "freq,geo\\TIME_PERIOD\t2024 \nA\t100.1 \n", "file:2:1: has not the dimensions"),
        (
            Format::Eurostat,
            "DATAFLOW,geo,TIME_PERIOD,OBS_VALUE\nOECD:X(1.0),NL,2024,100\n",
            "file:2:1: expected a dataflow of Eurostat",
        ),
        (Format::Oecd, "REF_AREA,TIME_PERIOD\n", "file:1:1: is not in this format; expected SDMX-CSV"),
        (Format::WorldBank, "a,b\n", "file:1:1: expected the heads Data Source"),
        (Format::Bls, "series_id,year\n", "file:1:1: is not in this format"),
        (
            Format::Bls,
            "series_id\tyear\tperiod\tvalue\tfootnote_codes\nX\t2024\tM14\t1\t\n",
            "file:2:8: expected a period such as M01, found \"M14\"",
        ),
        (Format::Csv, "a\n", "file:1:1: is not in this format"),
        (Format::Csv, "year,index\n2024,100\n2024,101\n", "file:3:6: 2024 of index has another level before"),
        (Format::Csv, "year,index\n2024,-5\n", "file:2:6: expected a level above 0"),
        (Format::Csv, "year,index\n24,5\n", "file:2:1: expected a period"),
        (Format::Csv, "year,name\n2024,rent\n", "file:2:6: expected a level in this column, found \"rent\""),
    ];
    for (format, text, said) in cases {
        let error = refused(*format, text, &gaps());
        assert!(error.contains(said), "{}: {error}", format.name());
    }
}

#[test]
fn a_place_counts_characters_and_lines_within_quotation_marks() {
    let text = "date,\"é,\nx\",level\n2024,\"a\nb\",x\n";
    let error = refused(Format::Csv, text, &columns(&["level"]));
    assert!(error.starts_with("file:4:4: expected a level"), "{error}");
}

#[test]
fn options_that_mean_nothing_for_a_format_are_refused() {
    let cases = [
        (Format::Csv, RateOptions::default().of(PeriodRate::Month), "month: an index by month needs"),
        (Format::Ecb, RateOptions::default().month(3).of(PeriodRate::End), "month: a month means something"),
        (Format::Csv, RateOptions::default().month(13), "month: expected a month from 1 to 12"),
        (Format::Csv, RateOptions::default().years(2027, 2020), "years: expected years"),
        (Format::Ecb, RateOptions::default().filters(vec![("a".into(), "b".into())]), "where: "),
        (Format::Ecb, columns(&["USD=dollar"]), "column: an exchange rate is named by its currency"),
        (Format::Ecb, columns(&["XYZ"]), "column: \"XYZ\" is not quoted; the file has GBP, JPY, USD, EUR"),
        (Format::Ecb, RateOptions::default().currency("KES".parse().unwrap()), "currency: \"KES\" is"),
        (Format::Bls, gaps().filters(vec![("geo".into(), "b".into())]), "file: has no dimension \"geo\""),
    ];
    for (format, options, said) in cases {
        let text = if format == Format::Ecb {
            ECB
        } else if format == Format::Bls {
            BLS
        } else {
            LEVELS
        };
        let error = refused(format, text, &options);
        assert!(error.starts_with(said), "{error}");
    }
    assert!(rates(Format::Ecb, &[], &gaps()).unwrap_err().to_string().starts_with("files: expected at least one"));
}

#[test]
fn what_is_written_is_read_by_a_scenario() {
    let index = columns(&["M.I15.CP041.NL=rent"]).month(7);
    let index = read(Format::Eurostat, &[EUROSTAT], &index).to_toml();
    let months = gaps().years(2026, 2026).of(PeriodRate::Month);
    let exchange = read(Format::Un, &[UN_SEPTEMBER, UN_OCTOBER], &months).to_toml();
    let text = format!(
        "schema = 1\nstart = \"2026-09\"\nhorizon_months = 2\ncurrency = \"EUR\"\nprice_base_year = 2025\n\
         household = {{ members = [{{ age = 30 }}] }}\ncategories = [{{ id = \"x\", label = \"x\" }}]\n\
         funds = [{{ id = \"f\", label = \"f\" }}]\n\
         [[lines]]\nid = \"rent\"\ncategory = \"x\"\nlabel = \"x\"\ndriver = \"person\"\nschedule = \"monthly\"\n\
         amount = \"1000\"\ncurrency = \"KES\"\nsource = \"x\"\n\
         [solutions.permanent]\nlabel = \"p\"\nkind = \"permanent\"\nentitlements = []\n\
         {index}{exchange}"
    );
    let scenario = relocost::Scenario::parse(&text).unwrap();
    let rates = scenario.rates();
    let shilling = rates.fx.get(&"KES".parse::<relocost::Currency>().unwrap()).unwrap();
    assert_eq!(shilling.get("2026-10".parse().unwrap()).unwrap().to_string(), "0.006872586873");
    assert!(shilling.by_year.source.as_ref().unwrap().to_string().starts_with("United Nations Treasury"));
    let rent = rates.index.get("rent").unwrap();
    assert_eq!((rent.month, rent.increases.years.len()), (7, 2));
    // 1000 × 0.88 / 128.5 and 1000 × 0.89 / 129.5, to the cent.
    assert_eq!(scenario.ledger("permanent").unwrap().total().to_string(), "13.72");
}
