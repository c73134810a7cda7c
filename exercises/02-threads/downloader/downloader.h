/* downloader.h - several downloads at the same time. */
#ifndef DOWNLOADER_H
#define DOWNLOADER_H

/* Fetches one page and returns its status: 200 is good, others are not. Takes some seconds, in which it
 * only waits. May be called by several threads at the same time. */
int fake_get(const char *url);

/* Fetches url[0] to url[n - 1], all at the same time, each once, and stores the status of url[i] in
 * status[i]. Returns 0 when all are there; then none of its threads is running any more. If a thread
 * cannot be created, it waits for those already started and returns the error number of pthread_create;
 * what stands in status then does not matter. n is 0 or more. */
int download_all(const char *const *url, int n, int *status);

#endif
