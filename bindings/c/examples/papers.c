/* What an analyst hands on, as files: the report for a committee, the workbook for an auditor, journals for the accounts, and of
 * many cases what may be published. They are what the commands `relocost report`, `workbook`, `journal` and
 * `publish` write.
 *
 *   papers SCENARIO.toml FOLDER [HOUSEHOLDS.csv]
 *   papers --programme PROGRAMME.toml FOLDER
 *
 * Each file is written beside its name and renamed, and one that is there stays. What is internal is for its owner alone. For
 * systems of POSIX.
 */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <fcntl.h>
#include <relocost.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Ends the program if a call fails, saying why. */
static void done(relocost_status status, relocost_error *error) {
    char text[8192];
    if (status == RELOCOST_OK) {
        return;
    }
    if (error != NULL && relocost_error_text(error, text, sizeof text, NULL) == RELOCOST_OK) {
        fprintf(stderr, "error: %s\n", text);
    } else {
        fprintf(stderr, "error: %s\n", relocost_status_name(status));
    }
    relocost_error_free(error);
    exit(1);
}

/* Files that are internal, and such as whoever may see what is public reads. */
#define INTERNAL (S_IRUSR | S_IWUSR)
#define PUBLIC (INTERNAL | S_IRGRP | S_IWGRP | S_IROTH | S_IWOTH) /* less what the system's mask takes off */

/* Writes all of it to a file that is not there yet; 0, or why not. */
static int write_new(const char *path, relocost_text bytes, mode_t mode) {
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL, mode), wrong = 0;
    if (file < 0) {
        return errno;
    }
    while (bytes.length > 0 && wrong == 0) {
        ssize_t written = write(file, bytes.data, bytes.length);
        if (written >= 0) {
            bytes.data += written;
            bytes.length -= (size_t)written;
        } else if (errno != EINTR) {
            wrong = errno;
        }
    }
    if (fsync(file) != 0 && wrong == 0) {
        wrong = errno;
    }
    if (close(file) != 0 && wrong == 0) {
        wrong = errno;
    }
    return wrong;
}

/* Writes a file in one piece or not at all: beside its name, and under it only when all of it is there. */
static void hand_on(const char *folder, const char *name, relocost_text bytes, mode_t mode) {
    char path[4096], beside[4096];
    int wrong = ENAMETOOLONG;
    if (snprintf(beside, sizeof beside, "%s/.%s.%ld", folder, name, (long)getpid()) < (int)sizeof beside) {
        snprintf(path, sizeof path, "%s/%s", folder, name);
        wrong = write_new(beside, bytes, mode);
        /* A link, other than a rename, never takes the place of a file that is there. */
        if (wrong == 0 && link(beside, path) != 0) {
            wrong = errno;
        }
        unlink(beside); /* it has this process's number, so that it is nobody else's */
    }
    if (wrong != 0) {
        fprintf(stderr, "error: %s/%s: %s\n", folder, name, strerror(wrong));
        exit(1);
    }
    printf("%s\n", name);
}

static void hand_on_document(const char *folder, const char *name, relocost_document *document) {
    relocost_text bytes;
    done(relocost_document_bytes(document, &bytes), NULL);
    hand_on(folder, name, bytes, INTERNAL);
    relocost_document_free(document);
}

static void hand_on_result(const char *folder, const char *name, const relocost_result *result, uint32_t form, mode_t mode) {
    char *text;
    size_t required = 0;
    relocost_text bytes;
    relocost_error *error = NULL;
    relocost_status status = relocost_result_write(result, form, NULL, 0, &required, &error);
    done(status == RELOCOST_SHORT_BUFFER ? RELOCOST_OK : status, error);
    text = malloc(required);
    if (text == NULL) {
        done(RELOCOST_OUT_OF_MEMORY, NULL);
    }
    done(relocost_result_write(result, form, text, required, NULL, &error), error);
    bytes.data = text;
    bytes.length = required - 1;
    hand_on(folder, name, bytes, mode);
    free(text);
}

/* A publication for readers, and for the program that makes the next one beside it. */
static void hand_on_publication(const char *folder, relocost_result *publication) {
    hand_on_result(folder, "publication.csv", publication, RELOCOST_CSV, PUBLIC);
    hand_on_result(folder, "publication.json", publication, RELOCOST_JSON, PUBLIC);
    relocost_result_free(publication);
}

/* Postings as a journal for each program. */
static void hand_on_journals(const char *folder, const char *name, relocost_result *postings) {
    static const struct {
        uint32_t form;
        const char *program;
    } JOURNALS[] = {{RELOCOST_HLEDGER_EN, "hledger"}, {RELOCOST_BEANCOUNT_EN, "beancount"}, {RELOCOST_CSV, "csv"}};
    for (size_t at = 0; at < sizeof JOURNALS / sizeof *JOURNALS; at++) {
        char file[64];
        snprintf(file, sizeof file, "%s.%s", name, JOURNALS[at].program);
        hand_on_result(folder, file, postings, JOURNALS[at].form, INTERNAL);
    }
    relocost_result_free(postings);
}

static void of_scenario(const char *path, const char *folder, const char *households) {
    relocost_scenario *scenario = NULL;
    relocost_document *document = NULL;
    relocost_result *ledger = NULL, *postings = NULL, *publication = NULL;
    relocost_error *error = NULL;
    done(relocost_scenario_from_file(path, RELOCOST_ZERO_ENDED, NULL, &scenario, &error), error);
    done(relocost_report(scenario, RELOCOST_HTML_EN, NULL, &document, &error), error);
    hand_on_document(folder, "report.html", document);
    done(relocost_report(scenario, RELOCOST_HTML_FR, NULL, &document, &error), error);
    hand_on_document(folder, "rapport.html", document);
    done(relocost_workbook(scenario, RELOCOST_XLSX_EN, NULL, &document, &error), error);
    hand_on_document(folder, "workbook.xlsx", document);
    done(relocost_ledger(scenario, "temporary", RELOCOST_ZERO_ENDED, NULL, &ledger, &error), error);
    done(relocost_result_postings(ledger, &postings, &error), error);
    hand_on_journals(folder, "temporary", postings);
    relocost_result_free(ledger);
    /* One household is never published; many may be. */
    if (households != NULL) {
        done(relocost_publish_file(scenario, households, RELOCOST_ZERO_ENDED, NULL, &publication, &error), error);
        hand_on_publication(folder, publication);
    }
    relocost_scenario_free(scenario);
}

static void of_programme(const char *path, const char *folder) {
    relocost_programme *programme = NULL;
    relocost_document *document = NULL;
    relocost_result *postings = NULL, *publication = NULL;
    relocost_error *error = NULL;
    relocost_simulate_options options;
    memset(&options, 0, sizeof options);
    options.size = sizeof options;
    options.draws = 1000; /* each is a future of all cases */
    done(relocost_programme_from_file(path, RELOCOST_ZERO_ENDED, NULL, &programme, &error), error);
    done(relocost_programme_report(programme, RELOCOST_HTML_EN, &options, &document, &error), error);
    hand_on_document(folder, "report.html", document);
    done(relocost_programme_workbook(programme, RELOCOST_XLSX_EN, NULL, &document, &error), error);
    hand_on_document(folder, "workbook.xlsx", document);
    done(relocost_programme_postings(programme, NULL, &postings, &error), error);
    hand_on_journals(folder, "planned", postings);
    done(relocost_programme_publish(programme, NULL, &publication, &error), error);
    hand_on_publication(folder, publication);
    relocost_programme_free(programme);
}

int main(int count, char **arguments) {
    int is_programme = count == 4 && strcmp(arguments[1], "--programme") == 0;
    if (count != 3 && count != 4) {
        fprintf(stderr, "usage: papers SCENARIO.toml FOLDER [HOUSEHOLDS.csv]\n"
                        "       papers --programme PROGRAMME.toml FOLDER\n");
        return 2;
    }
    if (relocost_abi_version() != RELOCOST_ABI_VERSION) {
        fprintf(stderr, "error: built for another version of librelocost\n");
        return 1;
    }
    if (is_programme) {
        of_programme(arguments[2], arguments[3]);
    } else {
        of_scenario(arguments[1], arguments[2], count == 4 ? arguments[3] : NULL);
    }
    return 0;
}
