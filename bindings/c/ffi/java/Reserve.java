import java.nio.file.Path;
import relocost.Finding;
import relocost.Relocost;
import relocost.RelocostException;
import relocost.Scenario;
import relocost.SimulateOptions;
import relocost.Simulation;
import relocost.Table;

/**
 * The reserve that suffices in four cases out of five, for each pathway of a scenario with uncertain parameters.
 *
 * <p>Usage: Reserve SCENARIO.toml DRAWS, such as: Reserve family-of-five.toml 10000
 */
public final class Reserve {
    private Reserve() {}

    public static void main(String[] arguments) {
        if (arguments.length != 2) {
            System.err.println("usage: Reserve SCENARIO.toml DRAWS");
            System.exit(2);
        }
        SimulateOptions options = new SimulateOptions().draws(Long.parseLong(arguments[1]));
        try (Scenario scenario = Scenario.load(Path.of(arguments[0]));
                Simulation simulation = scenario.simulate(options);
                Table pathways = scenario.table(Relocost.TABLE_PATHWAYS)) {
            for (String pathway : pathways.texts("pathway")) {
                Simulation.Statistics found = simulation.statistics(pathway, "total").orElseThrow();
                System.out.println(pathway + ": mean " + Math.round(found.mean()) + ", P80 "
                        + Math.round(found.p80().value()) + " " + simulation.text(Relocost.FIGURE_CURRENCY));
            }
        } catch (RelocostException wrong) {
            for (Finding it : wrong.findings()) {
                System.err.println("error " + it.number() + " (" + it.name() + "): " + it.key() + ": " + it.message());
            }
            System.exit(1);
        }
    }
}
