package relocost;

/**
 * The numbers of relocost.h, which documents them, without its prefix: forms, kinds of columns, figures, tables and
 * statuses. tests/declarations.py holds them against it.
 */
public final class Relocost {
    public static final long ZERO_ENDED = -1;
    public static final int ABI_VERSION = 1;
    public static final int SAMPLING_RANDOM = 0;
    public static final int SAMPLING_LATIN_HYPERCUBE = 1;
    public static final int SAMPLING_SOBOL = 2;
    public static final int KEEP_NOTHING = 0;
    public static final int KEEP_TOTALS = 1;
    public static final int KEEP_EVERYTHING = 2;
    public static final int NOMINAL = 0;
    public static final int CONSTANT = 1;
    public static final int JSON = 0;
    public static final int CSV = 1;
    public static final int TEXT_EN = 2;
    public static final int TEXT_FR = 3;
    public static final int HTML_EN = 4;
    public static final int HTML_FR = 5;
    public static final int TOML = 6;
    public static final int INTEGER = 1;
    public static final int MONEY = 2;
    public static final int DECIMAL = 3;
    public static final int TEXT = 4;
    public static final int FIGURE_BASE_TOTAL = 1;
    public static final int FIGURE_ALTERNATIVE_TOTAL = 2;
    public static final int FIGURE_EXTRA = 3;
    public static final int FIGURE_RESIDUAL = 4;
    public static final int FIGURE_TOTAL = 5;
    public static final int FIGURE_COST = 6;
    public static final int FIGURE_PREMIUM = 20;
    public static final int FIGURE_FACTOR = 21;
    public static final int FIGURE_TARGET = 22;
    public static final int FIGURE_CURRENCY = 40;
    public static final int FIGURE_BASIS = 41;
    public static final int FIGURE_BASE = 42;
    public static final int FIGURE_ALTERNATIVE = 43;
    public static final int FIGURE_PATHWAY = 44;
    public static final int FIGURE_BAND = 45;
    public static final int FIGURE_START = 46;
    public static final int FIGURE_RESTS_ON = 47;
    public static final int FIGURE_TITLE = 48;
    public static final int FIGURE_KNOWN = 49;
    public static final int FIGURE_HORIZON_MONTHS = 60;
    public static final int FIGURE_ENTRIES = 61;
    public static final int FIGURE_HOUSEHOLDS = 62;
    public static final int FIGURE_LINES_CHARGED = 63;
    public static final int FIGURE_LINES_ILLUSTRATIVE = 64;
    public static final int FIGURE_PASSED = 65;
    public static final int FIGURE_FAILED = 66;
    public static final int FIGURE_FISCAL_YEAR_START = 67;
    public static final int TABLE_PATHWAYS = 1;
    public static final int TABLE_BY_CATEGORY = 2;
    public static final int TABLE_BY_FISCAL_YEAR = 3;
    public static final int TABLE_BY_FUND = 4;
    public static final int TABLE_PREMIUM_CURVE = 5;
    public static final int TABLE_ATTRIBUTION = 6;
    public static final int TABLE_PATHWAY_CATEGORIES = 7;
    public static final int TABLE_PATHWAY_FISCAL_YEARS = 8;
    public static final int TABLE_PATHWAY_FUNDS = 9;
    public static final int TABLE_PATHWAY_LINES = 10;
    public static final int TABLE_ENTRIES = 20;
    public static final int TABLE_YEARS_AND_CATEGORIES = 21;
    public static final int TABLE_SOURCES = 22;
    public static final int TABLE_WAITS = 30;
    public static final int TABLE_HOUSEHOLDS = 31;
    public static final int TABLE_VARIANTS = 32;
    public static final int TABLE_TOTALS = 33;
    public static final int TABLE_EFFECTS = 34;
    public static final int TABLE_DETAILS = 35;
    public static final int TABLE_POINTS = 36;
    public static final int TABLE_EXPECTATIONS = 37;
    public static final int TABLE_LINES = 38;
    public static final int TABLE_ENTITLEMENTS = 40;
    public static final int TABLE_CATEGORIES = 41;
    public static final int TABLE_FUNDS = 42;
    public static final int TABLE_SOLUTIONS = 43;
    public static final int TABLE_TORNADO = 50;
    public static final int TABLE_INDICES = 51;
    public static final int TABLE_RANKS = 52;
    public static final int TABLE_STATISTICS = 53;
    public static final int TABLE_MOVED = 54;
    public static final int OK = 0;
    public static final int TOO_LARGE = 1001;
    public static final int NOT_UTF8 = 1002;
    public static final int SYNTAX = 1003;
    public static final int TOO_DEEP = 1004;
    public static final int DUPLICATE_KEY = 1005;
    public static final int UNREADABLE = 1006;
    public static final int CATALOGUE = 1007;
    public static final int UNKNOWN_KEY = 2001;
    public static final int MISSING_KEY = 2002;
    public static final int WRONG_KIND = 2003;
    public static final int BAD_DECIMAL = 2004;
    public static final int OUT_OF_RANGE = 2005;
    public static final int UNKNOWN_NAME = 2006;
    public static final int DUPLICATE = 2007;
    public static final int CONFLICT = 2008;
    public static final int BAD_NAME = 2009;
    public static final int BAD_TEXT = 2010;
    public static final int TOO_MANY = 2011;
    public static final int NOT_POSITIVE = 2012;
    public static final int MISSING_RATE = 3001;
    public static final int TOO_LARGE_FIGURE = 3002;
    public static final int UNKNOWN_PATHWAY = 3003;
    public static final int NO_SOLUTION = 3004;
    public static final int INTERRUPTED = 3005;
    public static final int OUT_OF_MEMORY = 3006;
    public static final int UNKNOWN_FIGURE = 4001;
    public static final int NEVER_USED = 5001;
    public static final int CONTRADICTION = 5002;
    public static final int LEAVES_DOMAIN = 5003;
    public static final int NULL_POINTER = 9001;
    public static final int WRONG_HANDLE = 9002;
    public static final int MISALIGNED = 9003;
    public static final int SHORT_BUFFER = 9004;
    public static final int ARGUMENT_NOT_UTF8 = 9005;
    public static final int WRONG_LENGTH = 9006;
    public static final int WRONG_SIZE = 9007;
    public static final int UNKNOWN_CHOICE = 9008;
    public static final int NO_SUCH_PLACE = 9009;
    public static final int OTHER_KIND = 9010;
    public static final int NO_VALUE = 9011;
    public static final int BEYOND_INT64 = 9012;
    public static final int NOT_OF_THIS_RESULT = 9013;
    public static final int DEFECT = 9099;

    private Relocost() {}

    /** The version of the library, such as "0.1.0". */
    public static String version() {
        return Border.LIBRARY.relocost_version().getString(0, "UTF-8");
    }
}
