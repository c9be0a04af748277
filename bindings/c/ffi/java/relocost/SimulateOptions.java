package relocost;

/**
 * The options of a simulation. Nothing is set at first: 100,000 independent draws with the seed 0, of permanent and temporary, in
 * prices of each year, on all cores.
 *
 * <pre>{@code scenario.simulate(new SimulateOptions().draws(10_000).seed(7).keep(Relocost.KEEP_TOTALS))}</pre>
 */
public final class SimulateOptions {
    private long draws;
    private long seed;
    private double precision;
    private String base;
    private String alternative;
    private int sampling = Relocost.SAMPLING_RANDOM;
    private int basis = Relocost.NOMINAL;
    private int keep = Relocost.KEEP_NOTHING;
    private int figures = Relocost.FIGURES_ALL;
    private int threads;
    private int resamples;
    private Options.Progress progress;

    /** The number of draws; with a precision, the largest number. */
    public SimulateOptions draws(long draws) {
        this.draws = draws;
        return this;
    }

    /** The seed of the random numbers; all 64 bits count. */
    public SimulateOptions seed(long seed) {
        this.seed = seed;
        return this;
    }

    /** Stops when the standard errors of what budgets quote are at most this share of it. */
    public SimulateOptions precision(double precision) {
        this.precision = precision;
        return this;
    }

    /** The pathway compared against, and the one whose extra cost is asked for. */
    public SimulateOptions between(String base, String alternative) {
        this.base = base;
        this.alternative = alternative;
        return this;
    }

    /** The sampling: {@link Relocost#SAMPLING_RANDOM}, SAMPLING_LATIN_HYPERCUBE or SAMPLING_SOBOL. */
    public SimulateOptions sampling(int sampling) {
        this.sampling = sampling;
        return this;
    }

    /** Prices of the price base year, not of each year. */
    public SimulateOptions inConstantPrices() {
        this.basis = Relocost.CONSTANT;
        return this;
    }

    /** Whose draws are kept: {@link Relocost#KEEP_NOTHING}, KEEP_TOTALS or KEEP_EVERYTHING. */
    public SimulateOptions keep(int keep) {
        this.keep = keep;
        return this;
    }

    /** The figures beside totals: {@link Relocost#FIGURES_ALL}, FIGURES_TOTALS, or those by fiscal year, category or fund. */
    public SimulateOptions figures(int figures) {
        this.figures = figures;
        return this;
    }

    /** Threads; 0 for all cores. They change no bit. */
    public SimulateOptions threads(int threads) {
        this.threads = Options.notNegative(threads, "threads");
        return this;
    }

    /** The number of times that the draws of Sobol' indices are resampled. */
    public SimulateOptions resamples(int resamples) {
        this.resamples = Options.notNegative(resamples, "resamples");
        return this;
    }

    /** Follows the simulation, and can break it off, which is answered with {@link Relocost#INTERRUPTED}. */
    public SimulateOptions progress(Options.Progress progress) {
        this.progress = progress;
        return this;
    }

    /** A question with the struct that the library reads. */
    interface Asking {
        int call(Structures.SimulateOptions options);
    }

    int ask(Asking asking) {
        Structures.SimulateOptions options = new Structures.SimulateOptions();
        options.size = options.size();
        options.draws = draws;
        options.seed = seed;
        options.precision = precision;
        Border.set(options.base, base);
        Border.set(options.alternative, alternative);
        options.sampling = sampling;
        options.basis = basis;
        options.keep = keep;
        options.figures = figures;
        options.threads = threads;
        options.resamples = resamples;
        return Options.following(progress, told -> {
            options.progress = told;
            return asking.call(options);
        });
    }
}
