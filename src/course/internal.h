/* course/internal: what the files of this room share.
 *
 * Loading goes file → lines (scan) → values (fields) → structs. Whatever is wrong becomes a
 * problem of the loader with file and line, and loading goes on with what is left. Limits keep a
 * hostile course from costing more than a moment.
 */
#ifndef COURSE_INTERNAL_H
#define COURSE_INTERNAL_H

#include "course/course.h"

#define LESSON_BYTES  ((size_t)1 << 20)
#define PROGRAM_BYTES ((size_t)1 << 18)
#define PROBLEMS_MAX  1000
#define STEPS_MAX     200  /* a lesson */
#define BLOCKS_MAX    1000 /* a lesson */
#define REGION_LINES  400
#define REGION_BYTES  ((size_t)1 << 15)
#define OPTIONS_MAX   50   /* a question */
#define LIST_MAX      200  /* a comma-separated list */
#define CARDS_MAX     100  /* a lesson */
#define VALUE_BYTES   4096 /* a hint, a field of a mutant */
#define EXERCISES_MAX 200  /* a lesson */
#define MUTANTS_MAX   500  /* an exercise */
#define FRONT_MATTER  64   /* lines */

/* ---- the loader ----------------------------------------------------------------- */

struct loader {
    struct course *course;
    struct scan_file **files; /* programs of the lesson being read: each is read once */
    size_t file_count, file_cap;
    size_t blocks; /* of the lesson being read */
};
/* `file` is relative to the course; line 0 means the file as a whole. */
void problem_add(struct loader *l, const char *file, int line, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

/* ---- scan: a file as lines ------------------------------------------------------ */

struct scan_file {
    char *file;   /* relative to the course */
    char *bytes;  /* cut at line ends */
    char **lines; /* without line ends; lines[0] is line 1 */
    size_t count;
};
/* NULL, with a problem, for what cannot be read or is not UTF-8 text. */
struct scan_file *scan_load(struct loader *l, const char *file, size_t max);
void scan_free(struct scan_file *f);
/* A program of the lesson, kept until loader_forget. */
const struct scan_file *scan_program(struct loader *l, const char *file);
void loader_forget(struct loader *l);

/* "key: value" with key in small letters and underscores. Cuts `line`. */
bool scan_key(char *line, char **ret_key, char **ret_value);
/* Index of the line that closes the fence opened at `open` (0-based), or of the line before which
 * it should have been closed: then *ret_closed is false. */
size_t scan_fence_end(const struct scan_file *f, size_t open, bool *ret_closed);
/* Index after the front matter, whose inner lines are 1 .. *ret_end - 1; 0 when there is none. */
size_t scan_front_matter(struct loader *l, const struct scan_file *f, size_t *ret_end);
bool scan_number(const char *s, long min, long max, long *ret);

/* ---- lists ---------------------------------------------------------------------- */

void list_add(char ***list, size_t *count, const char *s);
/* Adds the trimmed, non-empty pieces between `separator`s that are outside parentheses, up to
 * LIST_MAX in all. */
void list_split(char ***list, size_t *count, const char *s, char separator);
void list_free(char **list, size_t count);

/* ---- fields: "key: value" lines into a struct ----------------------------------- */

enum field_type {
    FIELD_TEXT,   /* char * */
    FIELD_LIST,   /* char **, size_t: comma-separated, may be repeated */
    FIELD_ITEM,   /* char **, size_t: the whole value is one item, may be repeated */
    FIELD_NUMBER, /* int, not negative */
    FIELD_YES,    /* bool: yes or no */
    FIELD_OWN     /* read(): whatever it takes, may be repeated */
};
struct field_place { /* where a value stands */
    struct loader *l;
    const char *file;
    int line;
    const char *dir; /* the lesson's folder, relative */
};
struct field {
    const char *key;
    enum field_type type;
    bool required;
    size_t at, count_at;
    void (*read)(const struct field_place *place, void *to, char *value);
};
/* Reads lines from..to of `f` (0-based, `to` excluded) into *to. A line that starts with two
 * spaces continues the one before. */
void fields_read(const struct field_place *place, const struct scan_file *f, size_t from, size_t to,
                 const struct field *fields, size_t count, void *into);
void fields_free(const struct field *fields, size_t count, void *of);

/* ---- the parts ------------------------------------------------------------------ */

/* "path#name" below `place->dir`. Always leaves a usable region. */
void region_load(const struct field_place *place, char *reference, struct region *ret);
void region_free(struct region *r);
/* "14,16" */
void region_marks(const struct field_place *place, struct region *r, char *value);
/* True for "region: name" and "endregion" comments; *ret_name is NULL for the latter and
 * points into `line` otherwise, *ret_length is its length. */
bool region_comment(const char *line, const char **ret_name, size_t *ret_length);
/* The path of a C program whose ending may have been left out. Caller frees. */
char *program_path(const char *name);
/* A path that stays below the folder it is relative to. */
bool path_is_inside(const char *path);

/* Reads the questions of a fence; calls `add` for an empty question to fill for each. */
void questions_read(const struct field_place *place, const struct scan_file *f, size_t from,
                    size_t to, struct question *(*add)(void *arg, int line), void *arg);
void question_free(struct question *q);

/* cards.md of the lesson whose folder is `dir`, if there is one. */
void cards_load(struct loader *l, struct lesson *s, const char *dir);

void lesson_load(struct loader *l, const char *name, struct lesson *ret);
void lesson_free(struct lesson *s);

void exercise_load(struct loader *l, const char *lesson, const char *name, struct exercise *ret);
void exercise_free(struct exercise *x);
/* The first comment of a mutant or ok-file. */
void mutant_load(struct loader *l, const char *file, const char *path, struct mutant *ret);
void mutant_free(struct mutant *m);

bool step_teaches(const struct step *s, const char *item); /* covers= or a careful box */
void coverage_load(struct loader *l);
void coverage_free(struct course *c);

/* Letters, digits and hyphens, not starting with a hyphen. */
bool slug_is_valid(const char *s);
/* "NN-slug" */
bool lesson_name_is_valid(const char *s);
/* The misconception ids M01 .. M50. */
bool misconception_is_valid(const char *id);

#endif
