/* The simple thing first: a scenario's text in, a comparison out. */
#include "check.h"

int main(void) {
    size_t required = 0;
    relocost_error *error = NULL;
    static char buffer[65536];

    CHECK(relocost_abi_version() == RELOCOST_ABI_VERSION);
    CHECK(strlen(relocost_version()) >= 5);

    /* Size query, then the text. */
    IS(relocost_compare_text(TEXT(FAMILY), RELOCOST_JSON, NULL, 0, &required, &error), RELOCOST_SHORT_BUFFER);
    CHECK(error == NULL);
    CHECK(required > 1000 && required < sizeof buffer);
    size_t exact = required;
    char *own = malloc(exact);
    CHECK(own != NULL);
    OK(relocost_compare_text(TEXT(FAMILY), RELOCOST_JSON, own, exact, NULL, &error));
    CHECK(strlen(own) + 1 == exact);
    CHECK(strstr(own, "\"premium\":\"0.630343604033\"") != NULL);
    free(own);

    /* A byte less is too short, and nothing is written. */
    memset(buffer, 'x', sizeof buffer);
    IS(relocost_compare_text(TEXT(FAMILY), RELOCOST_JSON, buffer, exact - 1, &required, NULL), RELOCOST_SHORT_BUFFER);
    CHECK(required == exact && buffer[0] == 'x' && buffer[exact - 1] == 'x');

    /* Every form; a length may say that a zero byte ends the text. */
    const char *starts[] = {"{", "", "Relocation costs over 60 months", "Coûts", "<div", "<div"};
    for (uint32_t form = RELOCOST_JSON; form <= RELOCOST_HTML_FR; form++) {
        OK(relocost_compare_text(FAMILY, RELOCOST_ZERO_ENDED, form, buffer, sizeof buffer, &required, &error));
        CHECK(strlen(buffer) + 1 == required);
        CHECK(strncmp(buffer, starts[form], strlen(starts[form])) == 0);
    }
    IS(relocost_compare_text(TEXT(FAMILY), RELOCOST_TOML, buffer, sizeof buffer, NULL, NULL), RELOCOST_UNKNOWN_CHOICE);
    IS(relocost_compare_text(TEXT(FAMILY), 99, buffer, sizeof buffer, NULL, NULL), RELOCOST_UNKNOWN_CHOICE);

    /* JSON is read too. */
    OK(relocost_compare_text(TEXT("{\"schema\": 1, \"catalogue\": \"reference\", \"start\": \"2026-03\","
                                  "\"horizon_months\": 12, \"household\": {\"members\": [{\"age\": 34}]}}"),
                             RELOCOST_CSV, buffer, sizeof buffer, NULL, NULL));

    /* A text reaches no file. */
    IS(relocost_compare_text(TEXT("schema = 1\ncatalogue = \"/etc/passwd\"\nstart = \"2026-03\"\nhorizon_months = 12\n"
                                  "[household]\nmembers = []\n"),
                             RELOCOST_JSON, buffer, sizeof buffer, NULL, NULL),
       RELOCOST_CATALOGUE);
    return 0;
}
