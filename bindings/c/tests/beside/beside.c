/* Two static libraries in Rust in one program: each hears its own panics only. */
#include "../check.h"

void other_listens(void);
uint32_t other_panics(void);

int main(void) {
    relocost_result *result = NULL;
    relocost_scenario *scenario;
    other_listens();
    CHECK(other_panics() == 1);
    scenario = family();
    OK(relocost_compare(scenario, NULL, &result, NULL));
    CHECK(figure_is(result, RELOCOST_FIGURE_PREMIUM, "0.630343604033"));
    relocost_result_free(result);
    relocost_scenario_free(scenario);
    CHECK(other_panics() == 2);
    return 0;
}
