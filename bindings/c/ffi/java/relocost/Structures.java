package relocost;

import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;

/** The structs of relocost.h with their members in its order; tests/declarations.py holds them against it. */
final class Structures {
    private Structures() {}

    @FieldOrder({"data", "length"})
    public static class Text extends Structure {
        public Pointer data;
        public long length;
    }

    @FieldOrder({"number", "line", "column", "reserved", "name", "message", "file", "key"})
    public static class Finding extends Structure {
        public int number;
        public int line;
        public int column;
        public int reserved;
        public Text name;
        public Text message;
        public Text file;
        public Text key;
    }

    @FieldOrder({"size", "show_values", "reserved", "catalogue_folders", "catalogue_folder_count", "catalogue"})
    public static class LoadOptions extends Structure {
        public long size;
        public int show_values;
        public int reserved;
        public Pointer catalogue_folders;
        public long catalogue_folder_count;
        public Text catalogue;
    }

    @FieldOrder({"size", "base", "alternative", "basis", "months", "threads", "reserved", "progress", "user"})
    public static class Options extends Structure {
        public long size;
        public Text base;
        public Text alternative;
        public int basis;
        public int months;
        public int threads;
        public int reserved;
        public CLibrary.ProgressFunction progress;
        public Pointer user;
    }

    @FieldOrder({"size", "category", "line", "month", "fund", "fiscal_year", "reserved"})
    public static class Selection extends Structure {
        public long size;
        public Text category;
        public Text line;
        public Text month;
        public Text fund;
        public int fiscal_year;
        public int reserved;
    }

    @FieldOrder({"size", "currency", "of_temporary", "months", "low", "high"})
    public static class EstimateOptions extends Structure {
        public long size;
        public Text currency;
        public int of_temporary;
        public int months;
        public Text low;
        public Text high;
    }

    @FieldOrder({"size", "currency", "of", "first_year", "last_year", "month", "allow_gaps", "columns", "column_count",
        "filters", "filter_count"})
    public static class RateOptions extends Structure {
        public long size;
        public Text currency;
        public Text of;
        public int first_year;
        public int last_year;
        public int month;
        public int allow_gaps;
        public Pointer columns;
        public long column_count;
        public Pointer filters;
        public long filter_count;
    }

    @FieldOrder({"size", "base", "alternative", "tables", "table_count", "beside", "beside_count", "threshold", "basis",
        "threads", "progress", "user"})
    public static class PublishOptions extends Structure {
        public long size;
        public Text base;
        public Text alternative;
        public Pointer tables;
        public long table_count;
        public Pointer beside;
        public long beside_count;
        public long threshold;
        public int basis;
        public int threads;
        public CLibrary.ProgressFunction progress;
        public Pointer user;
    }

    @FieldOrder({"size", "pathway", "from", "until", "window", "same_month", "progress", "user"})
    public static class PaymentOptions extends Structure {
        public long size;
        public Text pathway;
        public Text from;
        public Text until;
        public int window;
        public int same_month;
        public CLibrary.ProgressFunction progress;
        public Pointer user;
    }

    @FieldOrder({"minor", "decimals", "currency"})
    public static class Money extends Structure {
        public long minor;
        public int decimals;
        public byte[] currency = new byte[4];
    }

    @FieldOrder({"set", "path", "value"})
    public static class Change extends Structure {
        public long set;
        public Text path;
        public Text value;
    }

    @FieldOrder({"path", "values", "value_count"})
    public static class Axis extends Structure {
        public Text path;
        public Pointer values;
        public long value_count;
    }

    @FieldOrder({"size", "draws", "seed", "precision", "base", "alternative", "sampling", "basis", "keep", "threads",
        "resamples", "figures", "progress", "user"})
    public static class SimulateOptions extends Structure {
        public long size;
        public long draws;
        public long seed;
        public double precision;
        public Text base;
        public Text alternative;
        public int sampling;
        public int basis;
        public int keep;
        public int threads;
        public int resamples;
        public int figures;
        public CLibrary.ProgressFunction progress;
        public Pointer user;
    }

    @FieldOrder({"size", "draws", "mean", "sd", "se", "least", "most", "p5", "p10", "p50", "p80", "p90", "p95",
        "se_p5", "se_p10", "se_p50", "se_p80", "se_p90", "se_p95", "expected_shortfall_95"})
    public static class Statistics extends Structure {
        public long size;
        public long draws;
        public double mean;
        public double sd;
        public double se;
        public double least;
        public double most;
        public double p5;
        public double p10;
        public double p50;
        public double p80;
        public double p90;
        public double p95;
        public double se_p5;
        public double se_p10;
        public double se_p50;
        public double se_p80;
        public double se_p90;
        public double se_p95;
        public double expected_shortfall_95;
    }

    @FieldOrder({"size", "below", "within", "above", "none"})
    public static class BandShares extends Structure {
        public long size;
        public double below;
        public double within;
        public double above;
        public double none;
    }
}
