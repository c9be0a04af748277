/* Prints sizes and offsets of every struct; compared with abi.txt, so that a change is never an accident. */
#include "check.h"

#define STRUCT(type) printf("%s: size %zu\n", #type, sizeof(type))
#define MEMBER(type, member) \
    printf("%s.%s: at %zu, size %zu\n", #type, #member, offsetof(type, member), sizeof(((type *)0)->member))

int main(void) {
    printf("abi: %u\n", (unsigned)RELOCOST_ABI_VERSION);
    STRUCT(relocost_status);
    STRUCT(relocost_text);
    MEMBER(relocost_text, data);
    MEMBER(relocost_text, length);
    STRUCT(relocost_money);
    MEMBER(relocost_money, minor);
    MEMBER(relocost_money, decimals);
    MEMBER(relocost_money, currency);
    STRUCT(relocost_finding);
    MEMBER(relocost_finding, number);
    MEMBER(relocost_finding, line);
    MEMBER(relocost_finding, column);
    MEMBER(relocost_finding, reserved);
    MEMBER(relocost_finding, name);
    MEMBER(relocost_finding, message);
    MEMBER(relocost_finding, file);
    MEMBER(relocost_finding, key);
    STRUCT(relocost_load_options);
    MEMBER(relocost_load_options, size);
    MEMBER(relocost_load_options, show_values);
    MEMBER(relocost_load_options, reserved);
    MEMBER(relocost_load_options, catalogue_folders);
    MEMBER(relocost_load_options, catalogue_folder_count);
    MEMBER(relocost_load_options, catalogue);
    STRUCT(relocost_options);
    MEMBER(relocost_options, size);
    MEMBER(relocost_options, base);
    MEMBER(relocost_options, alternative);
    MEMBER(relocost_options, basis);
    MEMBER(relocost_options, months);
    MEMBER(relocost_options, threads);
    MEMBER(relocost_options, reserved);
    MEMBER(relocost_options, progress);
    MEMBER(relocost_options, user);
    STRUCT(relocost_estimate_options);
    MEMBER(relocost_estimate_options, size);
    MEMBER(relocost_estimate_options, currency);
    MEMBER(relocost_estimate_options, of_temporary);
    MEMBER(relocost_estimate_options, months);
    MEMBER(relocost_estimate_options, low);
    MEMBER(relocost_estimate_options, high);
    STRUCT(relocost_selection);
    MEMBER(relocost_selection, size);
    MEMBER(relocost_selection, category);
    MEMBER(relocost_selection, line);
    MEMBER(relocost_selection, month);
    MEMBER(relocost_selection, fund);
    MEMBER(relocost_selection, fiscal_year);
    MEMBER(relocost_selection, reserved);
    return 0;
}
