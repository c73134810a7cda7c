/* sem-from-cv.h - a semaphore from a mutex and a condition variable. */
#ifndef SEM_FROM_CV_H
#define SEM_FROM_CV_H

#include <pthread.h>

typedef struct {
    pthread_mutex_t lock; /* protects: tokens */
    pthread_cond_t more;  /* tokens has grown */
    int tokens;           /* never below 0 */
} sem2_t;

/* A box with so many tokens, 0 or more. Called once, before anybody uses it. */
void sem2_init(sem2_t *s, int tokens);

/* Takes a token, and waits until there is one. */
void sem2_wait(sem2_t *s);

/* Puts a token into the box. Never waits for a token. Any thread may do that. */
void sem2_post(sem2_t *s);

#endif
