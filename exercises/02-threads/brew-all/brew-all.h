/* brew-all.h - a thread for each brew. */
#ifndef BREW_ALL_H
#define BREW_ALL_H

/* Calls brew(0) to brew(n - 1), each once and in a thread of its own, all at the same time. Returns 0
 * when all of them have ended.
 *
 * If a thread cannot be created, it creates no further ones, waits until those already started have
 * ended, and returns the error number that pthread_create returned. n is 0 or more. */
int brew_all(int n, void (*brew)(int id));

#endif
