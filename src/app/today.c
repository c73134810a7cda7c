/* today: the day recall cards count by. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "app/app.h"
#include "session/recall.h"

/* $THREADMILL_TODAY makes a schedule repeatable: for tests, and to look ahead. */
long app_today(void)
{
    const char *set = getenv("THREADMILL_TODAY");
    long day = set ? recall_day_parse(set) : -1;
    time_t now = time(NULL);
    char date[16];
    struct tm tm;

    if (day >= 0)
        return day;
    localtime_r(&now, &tm);
    return strftime(date, sizeof date, "%Y-%m-%d", &tm) ? recall_day_parse(date) : 0;
}
