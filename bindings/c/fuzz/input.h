/* The fuzzer's bytes as what a program passes: numbers, texts, structs of options. All memory that is passed has its
 * exact size, so that the address sanitizer sees a byte read or written beyond it, and lives to the end of the run. */
#ifndef RELOCOST_FUZZ_INPUT_H
#define RELOCOST_FUZZ_INPUT_H

#include <relocost.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define MOST_KEPT 4096
#define MOST_TEXT 65536

/* Longer than any name or path may be, and than any struct of options is. */
#define TOO_LONG 4200

static const uint8_t *input;
static size_t input_left;

static uint8_t byte(void) {
    if (input_left == 0) {
        return 0;
    }
    input_left--;
    return *input++;
}

static uint32_t word(void) {
    uint32_t value = byte();
    value |= (uint32_t)byte() << 8;
    value |= (uint32_t)byte() << 16;
    return value | (uint32_t)byte() << 24;
}

/* True in so many of 256 cases; a run of zeros has none of them. */
static int rarely(uint8_t cases) {
    return byte() > 255 - cases;
}

/* Memory of the run. */
static void *kept[MOST_KEPT];
static size_t kept_count;

static void *memory(size_t size) {
    void *made = malloc(size == 0 ? 1 : size);
    if (made == NULL || kept_count == MOST_KEPT) {
        abort();
    }
    kept[kept_count++] = made;
    return made;
}

static void *copy_of(const void *data, size_t size) {
    void *made = memory(size);
    if (size > 0) {
        memcpy(made, data, size);
    }
    return made;
}

static void forget_memory(void) {
    while (kept_count > 0) {
        free(kept[--kept_count]);
    }
}

/* The files of the folder `files`, as texts to begin with. */
static const char *const FILES[] = {
    RELOCOST_FUZZ_FILES "/reference.toml", RELOCOST_FUZZ_FILES "/whole.toml",  RELOCOST_FUZZ_FILES "/vast.toml",
    RELOCOST_FUZZ_FILES "/nobody.json",    RELOCOST_FUZZ_FILES "/prices.toml", RELOCOST_FUZZ_FILES "/households.csv",
};
enum { REFERENCE, WHOLE, VAST, NOBODY, PRICES, HOUSEHOLDS };
static relocost_text file_texts[COUNT(FILES)];

static void read_files(void) {
    for (size_t at = 0; at < COUNT(FILES); at++) {
        static char text[MOST_TEXT];
        FILE *file = fopen(FILES[at], "rb");
        if (file == NULL) {
            perror(FILES[at]);
            exit(1);
        }
        size_t length = fread(text, 1, sizeof text, file);
        fclose(file);
        char *copy = malloc(length);
        if (copy == NULL || length == sizeof text) {
            fprintf(stderr, "%s: expected fewer than %u bytes\n", FILES[at], MOST_TEXT);
            exit(1);
        }
        memcpy(copy, text, length);
        file_texts[at].data = copy;
        file_texts[at].length = length;
    }
}

/* Names, paths, parameters and numbers, right and wrong. */
static const char *const WORDS[] = {
    "permanent", "temporary", "delayed", "nowhere", "dearer-rent", "without-the-child", "rent", "short-let", "vast",
    "permit", "hospital", "residence", "work", "housing", "care", "all", "a", "b", "fund", "regular_budget",
    "lines.rent.amount", "lines.short-let.amount", "lines.vast.amount", "lines.hospital.event.per_year",
    "rates.fx.USD.factor", "rates.index.housing.shift", "pathways.delayed.0.months", "pathways.temporary.1.months", "household",
    "horizon_months", "2026-03", "2026-13", "2027-01", "EUR", "USD", "JPY", "XAU", "base", "amount", "premium", "", ".",
    RELOCOST_FUZZ_FILES, "nowhere.toml", "\xff", "caf\xc3\xa9", "caf\xc3", "\xf0\x9f\x8f\xa0", "\xed\xa0\x80", "[x]\n",
    "when", "unless", "\"", "{ age = 40 }", "[[lines]]\n",
};
static const char *const NUMBERS[] = {
    "0", "1", "2", "12", "0.45", "0.60", "0.75", "-1", "-0.5", "112000", "0.000000000001", "99999999999999999999",
    "92233720368547758.07", "92233720368547758.08", "-92233720368547758.08", "79228162514264337593543950335",
    "0.0000000000000000000000000001", "1e5", "1,000", " 1", "NaN", "\xd9\xa1", "2958",
};

static relocost_text text_of(const char *text) {
    relocost_text of = {text, strlen(text)};
    return of;
}

/* A text with one of the lengths that it may be passed with, or that no text can have. */
static relocost_text passed(relocost_text text) {
    uint8_t way = byte();
    if (way < 224) {
        text.data = copy_of(text.data, text.length);
    } else if (way < 236) {
        char *ended = memory(text.length + 1);
        memcpy(ended, text.data, text.length);
        ended[text.length] = '\0';
        text.data = ended;
        text.length = RELOCOST_ZERO_ENDED;
    } else if (way < 244) {
        text.length = text.length == 0 ? 0 : byte() % text.length;
        text.data = copy_of(text.data, text.length);
    } else if (way < 250) {
        text.length = SIZE_MAX - 1 - byte();
        text.data = copy_of(text.data, 1);
    } else {
        text.data = NULL;
    }
    return text;
}

static relocost_text raw_text(void) {
    relocost_text text = {(const char *)input, byte() % 48};
    text.data = (const char *)input;
    text.length = text.length < input_left ? text.length : input_left;
    input += text.length;
    input_left -= text.length;
    return text;
}

static relocost_text one_of(const char *const *words, size_t count) {
    uint8_t which = byte();
    if (which < 240) {
        return passed(text_of(words[which % count]));
    }
    if (which < 252) {
        return passed(raw_text());
    }
    char *long_text = memory(TOO_LONG);
    memset(long_text, 'x', TOO_LONG);
    relocost_text text = {long_text, TOO_LONG};
    return passed(text);
}

static relocost_text name(void) {
    return one_of(WORDS, COUNT(WORDS));
}

static relocost_text number(void) {
    return one_of(NUMBERS, COUNT(NUMBERS));
}

/* As a member of a struct, where it may be left out. */
static relocost_text name_or_none(void) {
    static const relocost_text NONE;
    return byte() < 160 ? NONE : name();
}

/* Puts `with` in place of `gone` bytes at `at`. */
static void splice(char *text, size_t *length, size_t at, size_t gone, const char *with, size_t count) {
    gone = gone < *length - at ? gone : *length - at;
    if (*length - gone + count > MOST_TEXT) {
        return;
    }
    memmove(text + at + count, text + at + gone, *length - at - gone);
    memcpy(text + at, with, count);
    *length = *length - gone + count;
}

static int is_of_number(char of) {
    return (of >= '0' && of <= '9') || of == '.' || of == '-';
}

/* One of the files as a text, which a few edits may have spoilt. */
static relocost_text document(size_t file) {
    static char text[MOST_TEXT];
    size_t length = file_texts[file].length;
    memcpy(text, file_texts[file].data, length);
    for (uint8_t edits = byte() % 8 > 3 ? byte() % 4 : 0; edits > 0; edits--) {
        uint8_t kind = byte();
        size_t at = (byte() | (size_t)byte() << 8) % (length + 1), end = at;
        char changed = (char)byte();
        const char *with = WORDS[(uint8_t)changed % COUNT(WORDS)];
        switch (kind % 6) {
        case 0:
            splice(text, &length, at, 1, &changed, 1);
            break;
        case 1:
            splice(text, &length, at, (uint8_t)changed, "", 0);
            break;
        case 2:
            splice(text, &length, at, 0, with, strlen(with));
            break;
        case 3: {
            /* The next number becomes another one. */
            while (at < length && !is_of_number(text[at])) {
                at++;
            }
            for (end = at; end < length && is_of_number(text[end]);) {
                end++;
            }
            with = NUMBERS[(uint8_t)changed % COUNT(NUMBERS)];
            splice(text, &length, at, end - at, with, strlen(with));
            break;
        }
        case 4:
            length = at;
            break;
        default: {
            /* A part stands twice. */
            char part[256];
            size_t count = (uint8_t)changed < length - at ? (uint8_t)changed : length - at;
            memcpy(part, text + at, count);
            splice(text, &length, at, 0, part, count);
            break;
        }
        }
    }
    relocost_text made = {text, length};
    return passed(made);
}

static relocost_text any_document(void) {
    uint8_t which = byte();
    return which < 230 ? document(which % COUNT(FILES)) : passed(raw_text());
}

/* A struct of options as it is passed: perhaps by a program that was built for another version of it, or with a size
 * that no version has. `refused` is set where the library must refuse it. */
static const void *options_as_passed(const void *whole, size_t size, int *refused) {
    uint8_t way = byte();
    size_t other = size;
    *refused = 0;
    if (way < 190) {
        return copy_of(whole, size);
    }
    if (way < 200) {
        return NULL;
    }
    if (way < 225) {
        other = byte() % (size + 1);
    } else if (way < 250) {
        other = size + byte() % 64;
    } else {
        other = TOO_LONG;
    }
    char *made = memory(other + sizeof other + 1);
    memset(made, 0, other + sizeof other + 1);
    memcpy(made, whole, other < size ? other : size);
    memcpy(made, &other, sizeof other);
    if (other > size && (way & 1) != 0) {
        made[size + byte() % (other - size)] = 1;
        *refused = 1;
    }
    if (way >= 254) {
        *refused = 1;
        memmove(made + 1, made, other);
        return made + 1;
    }
    *refused |= other < sizeof other || other == TOO_LONG;
    /* Only now, since the sanitizer is to see what is read beyond it. */
    return copy_of(made, other < sizeof other ? sizeof other : other);
}

#endif
