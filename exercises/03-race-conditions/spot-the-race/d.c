/* D: the taster finds out how good the chai is, main prints it. */
#include "programs.h"

static int score;

static void *taste(void *arg)
{
    score = 9;
    return arg;
}

void program_d(void)
{
    pthread_t taster;
    score = 0;
    pthread_create(&taster, NULL, taste, NULL);
    printf("score %d\n", score);
    pthread_join(taster, NULL);
    printf("score %d\n", score);
}
