/* The rules for every answer of the library, as the header's head states them. */
#ifndef RELOCOST_FUZZ_HOLD_H
#define RELOCOST_FUZZ_HOLD_H

#include "input.h"

/* Stops the run, so that the fuzzer keeps the bytes that led here. */
#define HOLDS(condition)                                                            \
    do {                                                                            \
        if (!(condition)) {                                                         \
            fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition); \
            abort();                                                                \
        }                                                                           \
    } while (0)

/* The value of outputs before a call. */
#define UNTOUCHED 0x5A
#define BEYOND 16

static void untouched(const void *memory, size_t size) {
    for (size_t at = 0; at < size; at++) {
        HOLDS(((const uint8_t *)memory)[at] == UNTOUCHED);
    }
}

/* True if it is UTF-8 as the library must give it: no cut, overlong or surrogate character. */
static int is_utf8(const char *text, size_t length) {
    const uint8_t *at = (const uint8_t *)text, *end = at + length;
    while (at < end) {
        uint8_t first = *at++;
        size_t more = first < 0x80 ? 0 : first < 0xC2 ? 4 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : first < 0xF5 ? 3 : 4;
        if (more == 4 || (size_t)(end - at) < more) {
            return 0;
        }
        if (more > 0 && ((first == 0xE0 && *at < 0xA0) || (first == 0xED && *at > 0x9F) || (first == 0xF0 && *at < 0x90) ||
                         (first == 0xF4 && *at > 0x8F))) {
            return 0;
        }
        for (; more > 0; more--) {
            if ((*at++ & 0xC0) != 0x80) {
                return 0;
            }
        }
    }
    return 1;
}

/* A status is a known one, and no defect. */
static void known(relocost_status status) {
    HOLDS(strcmp(relocost_status_name(status), "unknown") != 0);
    HOLDS(status != RELOCOST_DEFECT);
}

/* A text that the library gave: followed by a zero byte, or none at all. */
static void given(relocost_text text) {
    if (text.data == NULL) {
        HOLDS(text.length == 0);
    } else {
        HOLDS(text.data[text.length] == '\0' && is_utf8(text.data, text.length));
    }
}

/* A call that copies a text into a buffer, with what it is asked about. */
typedef relocost_status copier(const void *of, char *buffer, size_t capacity, size_t *required, relocost_error **error);

static void error_holds(relocost_error *error, relocost_status status);

/* The error that a call gave: none if it succeeds or a buffer is short. Frees it. */
static void error_given(relocost_error *error, relocost_status status) {
    if (status == RELOCOST_OK || status == RELOCOST_SHORT_BUFFER) {
        HOLDS(error == NULL);
    } else {
        HOLDS(error != NULL);
        error_holds(error, status);
        relocost_error_free(error);
    }
}

/* Asks for the size and then for the text, into buffers that are too short and long enough: the two agree, nothing is
 * written elsewhere, and the same call gives the same text again. Gives the text, or NULL data and the status. */
static relocost_text copied(copier *copy, const void *of, int has_error, relocost_status *status) {
    static const relocost_text NONE;
    relocost_error *error = NULL, **wanted = has_error ? &error : NULL;
    relocost_text text = NONE;
    size_t required;
    memset(&required, UNTOUCHED, sizeof required);
    *status = copy(of, NULL, 0, &required, wanted);
    known(*status);
    HOLDS(*status != RELOCOST_OK);
    if (has_error) {
        error_given(error, *status);
    }
    if (*status != RELOCOST_SHORT_BUFFER) {
        untouched(&required, sizeof required);
        return NONE;
    }
    HOLDS(required > 0);
    size_t asked = required, capacity = byte();
    capacity = capacity < 64 ? capacity : capacity < 128 ? required - 1 : required + capacity % BEYOND;
    capacity = capacity < required + BEYOND ? capacity : required;
    char *buffer = memory(asked + BEYOND), *again = memory(asked);
    memset(buffer, UNTOUCHED, asked + BEYOND);
    required = 0;
    *status = copy(of, buffer, capacity, &required, wanted);
    HOLDS(required == asked && error == NULL);
    HOLDS(*status == (capacity < asked ? RELOCOST_SHORT_BUFFER : RELOCOST_OK));
    untouched(*status == RELOCOST_OK ? buffer + asked : buffer, *status == RELOCOST_OK ? BEYOND : asked + BEYOND);
    *status = copy(of, again, asked, NULL, NULL);
    HOLDS(*status == RELOCOST_OK);
    HOLDS(capacity < asked || memcmp(buffer, again, asked) == 0);
    text.data = again;
    text.length = asked - 1;
    given(text);
    return text;
}

/* The text that a call copies, asked for without a choice of the fuzzer's, so that programs of calls that were found mean
 * what they meant: NULL data and the status where there is none. */
static relocost_text text_without_choice(copier *copy, const void *of, relocost_status *status) {
    relocost_text text = {NULL, 0};
    size_t required = 0;
    *status = copy(of, NULL, 0, &required, NULL);
    known(*status);
    HOLDS(*status != RELOCOST_OK && (*status == RELOCOST_SHORT_BUFFER) == (required > 0));
    if (*status == RELOCOST_SHORT_BUFFER) {
        char *buffer = memory(required);
        HOLDS(copy(of, buffer, required - 1, NULL, NULL) == RELOCOST_SHORT_BUFFER);
        *status = copy(of, buffer, required, NULL, NULL);
        HOLDS(*status == RELOCOST_OK);
        text.data = buffer;
        text.length = required - 1;
        given(text);
    }
    return text;
}

struct written_error {
    const relocost_error *error;
    uint32_t form;
};

static relocost_status copy_written_error(const void *of, char *buffer, size_t capacity, size_t *required,
                                          relocost_error **error) {
    const struct written_error *it = of;
    (void)error;
    return relocost_error_write(it->error, it->form, buffer, capacity, required);
}

/* Findings as texts in both languages and as JSON, and in no other form. */
static void findings_written(const relocost_error *error) {
    for (uint32_t form = 0; form < 8; form++) {
        struct written_error it = {error, form};
        relocost_status status;
        text_without_choice(copy_written_error, &it, &status);
        int is_form = form == RELOCOST_TEXT_EN || form == RELOCOST_TEXT_FR || form == RELOCOST_JSON;
        HOLDS(status == (is_form ? RELOCOST_OK : RELOCOST_UNKNOWN_CHOICE));
    }
}

static relocost_status copy_error(const void *of, char *buffer, size_t capacity, size_t *required, relocost_error **error) {
    (void)error;
    return relocost_error_text(of, buffer, capacity, required);
}

/* An error object: what it lists, and nothing beyond. */
static void findings_hold(const relocost_error *error, size_t least) {
    size_t count = 0, more = 0;
    relocost_finding finding;
    relocost_status status;
    HOLDS(relocost_error_count(error, &count) == RELOCOST_OK && count >= least);
    HOLDS(relocost_error_more(error, &more) == RELOCOST_OK);
    for (size_t at = 0; at < count; at++) {
        HOLDS(relocost_error_finding(error, at, &finding) == RELOCOST_OK);
        known(finding.number);
        HOLDS(finding.reserved == 0 && finding.name.data != NULL && finding.message.data != NULL && finding.key.data != NULL);
        HOLDS(strcmp(finding.name.data, relocost_status_name(finding.number)) == 0);
        HOLDS(finding.message.length > 0);
        given(finding.name);
        given(finding.message);
        given(finding.file);
        given(finding.key);
    }
    memset(&finding, UNTOUCHED, sizeof finding);
    HOLDS(relocost_error_finding(error, count, &finding) == RELOCOST_NO_SUCH_PLACE);
    untouched(&finding, sizeof finding);
    copied(copy_error, error, 0, &status);
    findings_written(error);
}

static void error_holds(relocost_error *error, relocost_status status) {
    relocost_finding first;
    findings_hold(error, 1);
    HOLDS(relocost_error_finding(error, 0, &first) == RELOCOST_OK && first.number == status);
}

/* Money and its text say the same. */
static void money_holds(relocost_money money, relocost_text text) {
    char written[64], digits[32];
    uint64_t size = money.minor < 0 ? 0 - (uint64_t)money.minor : (uint64_t)money.minor;
    int decimals = (int)money.decimals;
    HOLDS(money.decimals <= 4 && strlen(money.currency) == 3);
    snprintf(digits, sizeof digits, "%0*llu", decimals + 1, (unsigned long long)size);
    int whole = (int)strlen(digits) - decimals;
    snprintf(written, sizeof written, "%s%.*s%s%s", money.minor < 0 ? "-" : "", whole, digits, decimals > 0 ? "." : "",
             digits + whole);
    HOLDS(strcmp(written, text.data) == 0);
}

/* A double is the nearest one to the text. */
static void double_holds(double value, relocost_text text) {
    HOLDS(value == strtod(text.data, NULL));
}

#endif
