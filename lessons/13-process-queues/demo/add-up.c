/* add-up: three sums of millions of numbers, by three processes. Each sends its result through a pipe, and the parent
 * asks for the results in the order of the inputs.
 *
 *   -s     one after the other, in one process
 *   -n N   the largest sum has N numbers (200000000), the others a half and a quarter of it
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <lab/lab.h>

enum { SUMS = 3 };

static uint64_t input[SUMS] = {50000000, 100000000, 200000000};

static uint64_t add_up(uint64_t n);

/* A process that sends add_up(n) through a pipe, of which we get the end. */
static int submit(uint64_t n)
{
    static int workers;
    char name[32];
    int ends[2];
    snprintf(name, sizeof name, "worker %d", ++workers);
    if (pipe(ends) != 0)
        exit(2);
    pid_t child = fork();
    if (child < 0)
        exit(2);
    if (child == 0) {
        lab_name(name);
        uint64_t sum = add_up(n);
        _exit(write(ends[1], &sum, sizeof sum) != sizeof sum);
    }
    close(ends[1]);
    return ends[0];
}

static uint64_t result(int from)
{
    uint64_t sum = 0;
    if (read(from, &sum, sizeof sum) != sizeof sum)
        exit(2);
    close(from);
    return sum;
}

/* region: pool */
static uint64_t add_up(uint64_t n) //= 7
{
    uint64_t sum = 0;
    for (uint64_t i = 0; i < n; i++)
        sum += i;
    return sum;
}

static void process_data(void)
{
    int from[SUMS];
    for (int i = 0; i < SUMS; i++)
        from[i] = submit(input[i]); //= 8
    for (int i = 0; i < SUMS; i++)
        printf("%llu\n", (unsigned long long)result(from[i])); //= 9
    while (wait(NULL) > 0)
        ;
}
/* endregion */

static void one_by_one(void)
{
    for (int i = 0; i < SUMS; i++)
        printf("%llu\n", (unsigned long long)add_up(input[i]));
}

int main(int argc, char **argv)
{
    bool alone = false;
    setvbuf(stdout, NULL, _IOLBF, 0);
    for (int o; (o = getopt(argc, argv, "sn:")) != -1;)
        switch (o) {
        case 's': alone = true; break;
        case 'n':
            for (int i = 0; i < SUMS; i++)
                input[i] = strtoull(optarg, NULL, 10) >> (SUMS - 1 - i);
            break;
        default: return 2;
        }
    if (alone)
        one_by_one();
    else
        process_data();
    return 0;
}
