/* out: standard output, with its errors taken seriously: a full disk or a closed pipe must not
 * look like an answer.
 */
#include "app/cmd.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int first_error;

void out_text(const char *s)
{
    if (!first_error && fputs(s, stdout) == EOF)
        first_error = errno ? errno : EIO;
}

void out_format(const char *fmt, ...)
{
    struct strbuf b = STRBUF_INIT;
    va_list ap;
    va_start(ap, fmt);
    strbuf_vaddf(&b, fmt, ap);
    va_end(ap);
    out_text(b.s);
    strbuf_fini(&b);
}

int out_end(int status)
{
    errno = 0;
    if (fflush(stdout) == EOF && !first_error)
        first_error = errno ? errno : EIO;
    if (!first_error)
        return status;
    if (first_error != EPIPE)
        app_fail("cannot write to standard output: %s", strerror(first_error));
    return EXIT_UNJUDGED;
}
