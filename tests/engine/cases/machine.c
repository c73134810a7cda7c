// expect: pass none; complete
// What demos ask about the machine has an answer, and the same one in every run.
#define _GNU_SOURCE
#include <assert.h>
#include <pthread.h>
#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

static void *pinned(void *arg)
{
    cpu_set_t set;
    (void)arg;
    CPU_ZERO(&set);
    CPU_SET(0, &set);
    assert(sched_setaffinity(0, sizeof set, &set) == 0 && sched_getcpu() == 0);
    return NULL;
}

int main(void)
{
    char *words[] = {"demo", "-ab", "-n", "12", "-m7", "-x", "rest", NULL};
    struct rusage usage;
    cpu_set_t set;
    pthread_t t;
    assert(pthread_getaffinity_np(pthread_self(), sizeof set, &set) == 0 && CPU_COUNT(&set) == 4);
    assert(getrusage(RUSAGE_SELF, &usage) == 0 && usage.ru_nvcsw == 0);
    assert(getopt(7, words, "abn:m:") == 'a' && getopt(7, words, "abn:m:") == 'b');
    assert(getopt(7, words, "abn:m:") == 'n' && optarg[0] == '1' && optarg[1] == '2');
    assert(getopt(7, words, "abn:m:") == 'm' && optarg[0] == '7');
    assert(getopt(7, words, "abn:m:") == '?' && getopt(7, words, "abn:m:") == -1 && optind == 6);
    pthread_create(&t, NULL, pinned, NULL);
    return pthread_join(t, NULL);
}
