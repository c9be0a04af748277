/* The result of the other languages' simulation: reserve FAMILY */
#include "../check.h"

int main(int count, char **arguments) {
    relocost_scenario *scenario = NULL;
    relocost_simulation *simulation = NULL;
    relocost_simulate_options options = {0};
    double value = 0;
    CHECK(count == 2);
    options.size = sizeof options;
    options.draws = 10000;
    options.seed = 7;
    OK(relocost_scenario_from_file(arguments[1], RELOCOST_ZERO_ENDED, NULL, &scenario, NULL));
    OK(relocost_simulate(scenario, &options, &simulation, NULL));
    OK(relocost_simulation_quantile(simulation, TEXT("permanent"), TEXT("total"), 0.8, &value));
    relocost_simulation_free(simulation);
    relocost_scenario_free(scenario);
    printf("%.0f\n", value);
    return 0;
}
