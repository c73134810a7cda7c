/* fixture: a copy of the good course in a scratch folder that a test may damage.
 */
#ifndef TEST_COURSE_FIXTURE_H
#define TEST_COURSE_FIXTURE_H

#include "course/course.h"

/* A fresh copy of GOOD (a folder beside this file). Caller: scratch_free. */
char *scratch_new(void);
void scratch_free(char *root);
char *scratch_read(const char *root, const char *path);
void scratch_write(const char *root, const char *path, const char *bytes, size_t n);
/* Removes a file or a whole folder. */
void scratch_delete(const char *root, const char *path);

/* Everything the course holds, as text. Caller frees. */
char *course_dump(const struct course *c);

#endif
