package relocost;

import java.time.YearMonth;

/**
 * The options of payments. Nothing is set at first: of a scenario a pathway is to be named, of a programme none.
 *
 * <pre>{@code scenario.payments(file, new PaymentOptions().pathway("temporary").until(YearMonth.of(2026, 12)))}</pre>
 */
public final class PaymentOptions {
    private String pathway;
    private YearMonth from;
    private YearMonth until;
    private int window = 2;
    private Options.Progress progress;

    /** The pathway, or the solution, that is paid for. */
    public PaymentOptions pathway(String pathway) {
        this.pathway = pathway;
        return this;
    }

    /** The first month compared; null for that of the scenario or the programme. */
    public PaymentOptions from(YearMonth from) {
        this.from = from;
        return this;
    }

    /** The last month compared; null for that of the latest payment. */
    public PaymentOptions until(YearMonth until) {
        this.until = until;
        return this;
    }

    /** The greatest number of months between a charge and its payment; 2 unless set. */
    public PaymentOptions window(int window) {
        this.window = Options.notNegative(window, "window");
        return this;
    }

    /** Follows the reading, and can break it off, which is answered with {@link Relocost#INTERRUPTED}. */
    public PaymentOptions progress(Options.Progress progress) {
        this.progress = progress;
        return this;
    }

    /** A question with the struct that the library reads. */
    interface Asking {
        int call(Structures.PaymentOptions options);
    }

    /** Asks; what the progress throws breaks the question off, and is thrown on. */
    int ask(Asking asking) {
        Structures.PaymentOptions options = new Structures.PaymentOptions();
        options.size = options.size();
        Border.set(options.pathway, pathway);
        Border.set(options.from, from == null ? null : from.toString());
        Border.set(options.until, until == null ? null : until.toString());
        options.window = window;
        options.same_month = window == 0 ? 1 : 0;
        return Options.following(progress, told -> {
            options.progress = told;
            return asking.call(options);
        });
    }
}
