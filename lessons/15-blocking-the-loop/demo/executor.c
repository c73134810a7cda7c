/* executor: a call that blocks in a step, the same call on a worker, and work for a process; as lesson 15 shows them
 * beside their Python twins. */
#include <string.h>
#include <sys/wait.h>

#include "offload.h"

/* Any call that waits: a download, a query. */
static int http_get(const char *url)
{
    (void)url;
    lab_brew(3000);
    return 200;
}

/* region: blocking */
static int tell_price(loop_t *l, void *co) //= 1
{
    int status = http_get("https://example.com"); //= 2
    printf("%d\n", status); //= 3
    return co_return(l, co);
}
/* endregion */

static char *stock_of(const char *item)
{
    static char reply[40];
    snprintf(reply, sizeof reply, "%s: 42", item);
    return reply;
}

/* region: offload */
static void *check_stock(void *item) //= 1
{
    sleep(3); //= 2
    return stock_of(item); //= 3
}

static void tell(void *reply, void *ctx)
{
    puts(reply);
}

static void serve(loop_t *l)
{
    pool_t *pool = pool_new(4); //= 4
    loop_offload(l, pool, check_stock, "masala", tell, NULL); //= 5
    loop_run(l);
    pool_close(pool);
}
/* endregion */

/* "card 1234" becomes "4321 drac": the textbook's secret. */
static void encrypt(char *text)
{
    for (size_t i = 0, k = strlen(text); i + 1 < k--; i++) {
        char c = text[i];
        text[i] = text[k];
        text[k] = c;
    }
}

struct secret {
    char text[32];
    int end[2]; /* of the pipe */
    int at;
    pid_t child;
};

/* region: process */
static int encrypt_step(loop_t *l, void *co)
{
    struct secret *s = co;
    if (s->at++ == 0) {
        pipe(s->end);
        s->child = fork(); //= 1
        if (s->child == 0) {
            encrypt(s->text);
            write(s->end[1], s->text, sizeof s->text);
            _exit(0);
        }
        close(s->end[1]);
        return co_wait_fd(l, s->end[0], POLLIN); //= 2
    }
    read(s->end[0], s->text, sizeof s->text);
    close(s->end[0]);
    waitpid(s->child, NULL, 0); /* it has nothing left to do */
    printf("%s\n", s->text); //= 3
    return CO_DONE;
}
/* endregion */

int main(void)
{
    struct secret card = {.text = "card 1234"};
    loop_t *l = loop_new();
    loop_spawn(l, tell_price, NULL);
    loop_run(l);
    serve(l);
    loop_spawn(l, encrypt_step, &card);
    loop_run(l);
    loop_free(l);
    return 0;
}
