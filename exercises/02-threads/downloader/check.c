/* check.c - a web of a few pages, and: does each status belong to its page, did they overlap? */
#include <errno.h>
#include <pthread.h>
#include <string.h>

#include <lab/check.h>

#include "downloader.h"

static const struct page {
    const char *url;
    int status;
    long ms;
} web[] = {
    {"http://masala.example/", 200, 2000},
    {"http://slow.example/", 206, 5000},
    {"http://green.example/", 404, 2000},
    {"http://ginger.example/", 301, 2000},
};

enum { PAGES = sizeof web / sizeof *web };

static pthread_mutex_t book = PTHREAD_MUTEX_INITIALIZER;
static int fetched[PAGES]; /* under the book, so that it is no race of ours if somebody is still at work */

int fake_get(const char *url)
{
    int page = 0;
    while (page < PAGES && strcmp(web[page].url, url) != 0)
        page++;
    lab_check(page < PAGES, "fake_get was called with an address that was not asked for");
    pthread_mutex_lock(&book);
    fetched[page]++;
    pthread_mutex_unlock(&book);
    lab_brew(web[page].ms);
    return web[page].status;
}

static int times_fetched(int page)
{
    pthread_mutex_lock(&book);
    int times = fetched[page];
    pthread_mutex_unlock(&book);
    return times;
}

static long slowest(int first, int n)
{
    long ms = 0;
    for (int i = first; i < first + n; i++)
        ms = web[i].ms > ms ? web[i].ms : ms;
    return ms;
}

/* Asks for `n` pages of the web, beginning with page `first`. */
static int download(int first, int n, int *status)
{
    const char *url[PAGES];
    for (int i = 0; i < n; i++) {
        url[i] = web[first + i].url;
        status[i] = -1;
    }
    memset(fetched, 0, sizeof fetched);
    int error = download_all(url, n, status);
    lab_require("leak", lab_threads_running() == 0, "M24: download_all has returned with %d download%s in progress",
                lab_threads_running(), lab_threads_running() == 1 ? "" : "s");
    return error;
}

/* Which of the pages asked for has this status? For the message. */
static int whose(int first, int n, int status)
{
    for (int i = 0; i < n; i++)
        if (web[first + i].status == status)
            return i;
    return -1;
}

static void check_status(int first, int n, int i, int got)
{
    int other = whose(first, n, got);
    lab_check(got == web[first + i].status || other < 0 || other == i, "M35: status[%d] is %d, and that is the status of url[%d]",
              i, got, other);
    lab_check(got == web[first + i].status, "status[%d] is %d, but url[%d] has status %d", i, got, i,
              web[first + i].status);
}

static void download_and_look(int first, int n)
{
    int status[PAGES + 1];
    status[n] = 12345;
    int error = download(first, n, status);
    lab_check(error == 0, "download_all returned %d, but every thread could be created", error);
    for (int i = 0; i < n; i++) {
        int times = times_fetched(first + i);
        lab_check(times == 1, "url[%d] was fetched %d times, not once", i, times);
        check_status(first, n, i, status[i]);
    }
    lab_check(status[n] == 12345, "something was written behind the end of status");
    lab_always_within(slowest(first, n), "M02 if what threads do overlapped by itself: "
                      "the slowest page takes %ld ms, all of them took %ld ms", slowest(first, n),
                      lab_now_ms());
}

SCENARIO(three_pages, "three pages, the second is slow", "M35, M26, M24", "02.4")
{
    download_and_look(0, 3);
}

SCENARIO(same_speed, "two pages that take equally long", "M01", "02.4")
{
    download_and_look(2, 2);
}

SCENARIO(slow_first, "the first page is the slow one", "M07, M35", "02.4")
{
    download_and_look(1, 2);
}

SCENARIO(one_page, "a single page", "M26", "02.4")
{
    lab_no_polling();
    download_and_look(0, 1);
}

SCENARIO(no_page, "nothing to fetch", "M06", "02.4")
{
    download_and_look(0, 0);
}

SCENARIO(no_second_thread, "the second thread cannot be created", "M08, M24", "02.1")
{
    int status[PAGES];
    lab_fail_create(1, EAGAIN);
    int error = download(0, 3, status);
    lab_check(error == EAGAIN, "%spthread_create returned EAGAIN (%d), download_all returned %d",
              error == 0 ? "M36 if a call that fails made itself known: " : "M00: ", EAGAIN, error);
}
