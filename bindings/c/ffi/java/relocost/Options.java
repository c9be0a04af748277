package relocost;

import java.util.function.ToIntFunction;

/**
 * The options of a question. Nothing is set at first: permanent and temporary, prices of each year, all waits, all cores.
 *
 * <pre>{@code scenario.compare(new Options().between("permanent", "delayed").inConstantPrices())}</pre>
 */
public final class Options {
    /** The function that hears the progress of a question, on the thread that asked and many times a millisecond. */
    @FunctionalInterface
    public interface Progress {
        /** True to go on; {@code total} is 0 where it is not known before the end. */
        boolean goOn(long done, long total);
    }

    private String base;
    private String alternative;
    private int basis = Relocost.NOMINAL;
    private int months;
    private int threads;
    private Progress progress;

    /** The pathway compared against, and the one whose extra cost is asked for. */
    public Options between(String base, String alternative) {
        this.base = base;
        this.alternative = alternative;
        return this;
    }

    /** Prices of the price base year, not of each year. */
    public Options inConstantPrices() {
        this.basis = Relocost.CONSTANT;
        return this;
    }

    /** The longest wait of a delay, in months; 0 for the horizon. */
    public Options months(int months) {
        this.months = notNegative(months, "months");
        return this;
    }

    /** Threads of a caseload; 0 for all cores. The figures do not depend on it. */
    public Options threads(int threads) {
        this.threads = notNegative(threads, "threads");
        return this;
    }

    /** Follows the question, and can break it off, which is answered with {@link Relocost#INTERRUPTED}. */
    public Options progress(Progress progress) {
        this.progress = progress;
        return this;
    }

    static int notNegative(int value, String name) {
        if (value < 0) {
            throw new IllegalArgumentException(name + ": found " + value + "; expected 0 or more");
        }
        return value;
    }

    /** A question with the struct that the library reads. */
    interface Asking {
        int call(Structures.Options options);
    }

    /** Asks; what the progress throws breaks the question off, and is thrown on. */
    int ask(Asking asking) {
        Structures.Options options = new Structures.Options();
        options.size = options.size();
        Border.set(options.base, base);
        Border.set(options.alternative, alternative);
        options.basis = basis;
        options.months = months;
        options.threads = threads;
        return following(progress, told -> {
            options.progress = told;
            return asking.call(options);
        });
    }

    /** Asks with a function that the library calls, null if nothing is to be told. */
    static int following(Progress progress, ToIntFunction<CLibrary.ProgressFunction> asking) {
        Throwable[] thrown = new Throwable[1];
        CLibrary.ProgressFunction told = progress == null ? null : (user, done, total) -> {
            try {
                return progress.goOn(done, total) ? 0 : 1;
            } catch (RuntimeException | Error wrong) {
                thrown[0] = wrong;
                return 1;
            }
        };
        int status = asking.applyAsInt(told);
        if (thrown[0] instanceof RuntimeException wrong) {
            throw wrong;
        }
        if (thrown[0] instanceof Error wrong) {
            throw wrong;
        }
        return status;
    }
}
