package relocost;

import java.lang.ref.Reference;
import java.util.List;

/**
 * The options of a publication. Nothing is set at first: the usual tables, a threshold of 3 cases, no earlier publications, permanent
 * and temporary, prices of each year, all cores.
 *
 * <pre>{@code programme.publish(new PublishOptions().tables(List.of("fiscal_year,fund", "size")).threshold(5))}</pre>
 */
public final class PublishOptions {
    private List<String> tables = List.of();
    private List<String> beside = List.of();
    private int threshold;
    private String base;
    private String alternative;
    private int basis = Relocost.NOMINAL;
    private int threads;
    private Options.Progress progress;

    /** The dimensions of each table, as names that commas separate. */
    public PublishOptions tables(List<String> tables) {
        this.tables = List.copyOf(tables);
        return this;
    }

    /** Earlier publications, each as {@link Relocost#JSON}. */
    public PublishOptions beside(List<String> beside) {
        this.beside = List.copyOf(beside);
        return this;
    }

    /** A figure is of at least so many cases; 0 for 3. */
    public PublishOptions threshold(int threshold) {
        this.threshold = Options.notNegative(threshold, "threshold");
        return this;
    }

    /** The pathway compared against, and the one whose extra cost is asked for; of a programme there are none. */
    public PublishOptions between(String base, String alternative) {
        this.base = base;
        this.alternative = alternative;
        return this;
    }

    /** Prices of the price base year, not of each year; not of a programme. */
    public PublishOptions inConstantPrices() {
        this.basis = Relocost.CONSTANT;
        return this;
    }

    /** Threads of a caseload; 0 for all cores. The figures do not depend on it. */
    public PublishOptions threads(int threads) {
        this.threads = Options.notNegative(threads, "threads");
        return this;
    }

    /** Follows the cases, and can break them off, which is answered with {@link Relocost#INTERRUPTED}. */
    public PublishOptions progress(Options.Progress progress) {
        this.progress = progress;
        return this;
    }

    /** A question with the struct that the library reads. */
    interface Asking {
        int call(Structures.PublishOptions options);
    }

    /** Asks; what the progress throws breaks the question off, and is thrown on. */
    int ask(Asking asking) {
        Structures.Text[] named = Border.texts(tables);
        Structures.Text[] earlier = Border.texts(beside);
        Structures.PublishOptions options = new Structures.PublishOptions();
        options.size = options.size();
        Border.set(options.base, base);
        Border.set(options.alternative, alternative);
        options.tables = named[0].getPointer();
        options.table_count = tables.size();
        options.beside = earlier[0].getPointer();
        options.beside_count = beside.size();
        options.threshold = threshold;
        options.basis = basis;
        options.threads = threads;
        try {
            return Options.following(progress, told -> {
                options.progress = told;
                return asking.call(options);
            });
        } finally {
            Reference.reachabilityFence(named);
            Reference.reachabilityFence(earlier);
        }
    }
}
