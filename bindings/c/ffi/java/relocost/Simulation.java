package relocost;

import static relocost.Border.LIBRARY;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.DoubleByReference;
import com.sun.jna.ptr.LongByReference;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * The figures over many draws of the uncertain parameters, or over many futures of a programme. It never changes, and is
 * freed by {@link #close}; its tables stay.
 *
 * <p>A figure is a pathway's name, "extra" or "premium"; a key is "total", a fiscal year such as "2027", or a category.
 * Of a programme a figure is "as_planned" and the like, "joint", "last.AGREEMENT", "ceiling.FUND", "waiting" or
 * "agreements.AGREEMENT"; relocost.h lists their keys. They are binary floating point, and rounded to no minor unit.
 */
public final class Simulation extends Handle {
    /** A figure over the draws: quantiles by their percentages, each with its standard error. */
    public record Statistics(long draws, double mean, double sd, double se, double least, double most, Quoted p5,
            Quoted p10, Quoted p50, Quoted p80, Quoted p90, Quoted p95, double expected_shortfall_95) {}

    /** A quantile. */
    public record Quoted(double value, double error) {}

    /** The probability of each verdict on the premium; {@code none} is without one. */
    public record Band(double below, double within, double above, double none) {}

    Simulation(Pointer pointer) {
        super(pointer, LIBRARY::relocost_simulation_free);
    }

    /** The number of draws: with a precision perhaps fewer than were asked for. */
    public long draws() {
        return Border.number(draws -> LIBRARY.relocost_simulation_draws(pointer(), draws));
    }

    /** The seed. */
    public long seed() {
        return Border.number(seed -> LIBRARY.relocost_simulation_seed(pointer(), seed));
    }

    /** A fact about the simulation, such as {@link Relocost#FIGURE_CURRENCY}. */
    public String text(int figure) {
        return Border.copy((buffer, capacity, required, error) ->
                LIBRARY.relocost_simulation_text(pointer(), figure, buffer, capacity, required)).orElseThrow();
    }

    /** It in a form, such as {@link Relocost#JSON}. */
    public String write(int form) {
        return Border.copy((buffer, capacity, required, error) ->
                LIBRARY.relocost_simulation_write(pointer(), form, buffer, capacity, required, error)).orElseThrow();
    }

    /**
     * One of its tables: {@link Relocost#TABLE_STATISTICS} or {@link Relocost#TABLE_MOVED}, of a programme
     * {@link Relocost#TABLE_FUTURES}, TABLE_FUTURE_CEILINGS, TABLE_FUTURE_WAITING or TABLE_MOVED.
     */
    public Table table(int which) {
        return new Table(Border.give((table, error) -> LIBRARY.relocost_simulation_table(pointer(), which, table)));
    }

    /** The statistics of a figure; empty of a premium that not every draw has. */
    public Optional<Statistics> statistics(String figure, String key) {
        byte[] of = Border.utf8(figure);
        byte[] by = Border.utf8(key);
        Structures.Statistics it = new Structures.Statistics();
        it.size = it.size();
        int status = LIBRARY.relocost_simulation_statistics(pointer(), of, of.length, by, by.length, it);
        if (status == Relocost.NO_VALUE) {
            return Optional.empty();
        }
        Border.check(status);
        return Optional.of(new Statistics(it.draws, it.mean, it.sd, it.se, it.least, it.most,
                new Quoted(it.p5, it.se_p5), new Quoted(it.p10, it.se_p10), new Quoted(it.p50, it.se_p50),
                new Quoted(it.p80, it.se_p80), new Quoted(it.p90, it.se_p90), new Quoted(it.p95, it.se_p95),
                it.expected_shortfall_95));
    }

    /** The smallest value at or below which a share of the draws lies. */
    public double quantile(String figure, String key, double share) {
        return number(LIBRARY::relocost_simulation_quantile, figure, key, share);
    }

    /**
     * The exact figure of the ledger beside the draws: as the scenario stands, or with every parameter at its mean. Of a
     * programme that without chance.
     */
    public Optional<BigDecimal> ledger(String figure, String key, boolean atMeans) {
        byte[] of = Border.utf8(figure);
        byte[] by = Border.utf8(key);
        return Border.copy((buffer, capacity, required, error) -> LIBRARY.relocost_simulation_ledger(pointer(), of,
                of.length, by, by.length, atMeans ? 1 : 0, buffer, capacity, required)).map(BigDecimal::new);
    }

    /** The share of the draws above a value. */
    public double exceedance(String figure, String key, double value) {
        return number(LIBRARY::relocost_simulation_exceedance, figure, key, value);
    }

    /** The mean of the draws above the quantile of a share. */
    public double expectedShortfall(String figure, String key, double share) {
        return number(LIBRARY::relocost_simulation_expected_shortfall, figure, key, share);
    }

    /** The probability of each verdict on the premium; a programme has none. */
    public Band band() {
        Structures.BandShares it = new Structures.BandShares();
        it.size = it.size();
        Border.check(LIBRARY.relocost_simulation_band(pointer(), it));
        return new Band(it.below, it.within, it.above, it.none);
    }

    /** A figure of every draw, where they are kept; not a number where a draw has no premium. */
    public double[] keptDraws(String figure, String key) {
        byte[] of = Border.utf8(figure);
        byte[] by = Border.utf8(key);
        double[] draws = new double[Math.toIntExact(draws())];
        Border.check(LIBRARY.relocost_simulation_kept_draws(
                pointer(), of, of.length, by, by.length, draws, draws.length, new LongByReference()));
        return draws;
    }

    private interface Measure {
        int call(Pointer simulation, byte[] figure, long figureLength, byte[] key, long keyLength, double given,
                DoubleByReference found);
    }

    private double number(Measure measure, String figure, String key, double given) {
        byte[] of = Border.utf8(figure);
        byte[] by = Border.utf8(key);
        DoubleByReference found = new DoubleByReference();
        Border.check(measure.call(pointer(), of, of.length, by, by.length, given, found));
        return found.getValue();
    }
}
