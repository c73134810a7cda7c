/* three-pids: children that compute, each a process of its own; or the same work one after the other, or in threads.
 *
 *   -n N     how many (3)
 *   -t MS    for how long each computes (2000)
 *   -m MODE  processes, one-by-one, threads
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <lab/lab.h>

enum { MOST = 64 };

static long work_ms = 2000;

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void cook(long i)
{
    printf("cook %ld: my process is %d, its parent %d, I am thread %d\n", i + 1, (int)getpid(), (int)getppid(),
           (int)gettid());
    fflush(stdout);
    lab_work(work_ms);
}

static pid_t open_kitchen(long i)
{
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        cook(i);
        _exit(0);
    }
    if (child < 0) {
        perror("fork");
        exit(1);
    }
    return child;
}

static void processes(long n)
{
    pid_t kitchen[MOST];
    for (long i = 0; i < n; i++)
        kitchen[i] = open_kitchen(i);
    for (long i = 0; i < n; i++)
        waitpid(kitchen[i], NULL, 0);
}

static void one_by_one(long n)
{
    for (long i = 0; i < n; i++)
        waitpid(open_kitchen(i), NULL, 0);
}

static void *cook_in_a_thread(void *i)
{
    cook((long)i);
    return NULL;
}

static void threads(long n)
{
    pthread_t t[MOST];
    for (long i = 0; i < n; i++)
        if (pthread_create(&t[i], NULL, cook_in_a_thread, (void *)i) != 0)
            exit(1);
    for (long i = 0; i < n; i++)
        pthread_join(t[i], NULL);
}

static long number(const char *text, long most)
{
    long n = strtol(text, NULL, 10);
    if (n < 1 || n > most) {
        fprintf(stderr, "three-pids: a number from 1 to %ld, please\n", most);
        exit(2);
    }
    return n;
}

int main(int argc, char **argv)
{
    const char *mode = "processes";
    long n = 3;
    for (int o; (o = getopt(argc, argv, "n:t:m:")) != -1;)
        switch (o) {
        case 'n': n = number(optarg, MOST); break;
        case 't': work_ms = number(optarg, 60000); break;
        case 'm': mode = optarg; break;
        default: return 2;
        }
    double began = seconds();
    printf("main:   my process is %d\n", (int)getpid());
    if (strcmp(mode, "processes") == 0)
        processes(n);
    else if (strcmp(mode, "one-by-one") == 0)
        one_by_one(n);
    else if (strcmp(mode, "threads") == 0)
        threads(n);
    else
        return 2;
    lab_report("until all were done", seconds() - began, "s");
    return 0;
}
