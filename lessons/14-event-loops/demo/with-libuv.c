/* Three brews on the loop of a library: libuv's timers instead of ours. */
#include <stdio.h>
#include <uv.h>

// region: brew
static void ready(uv_timer_t *timer) // a callback
{
    printf("%s is ready...\n", (char *)timer->data);
}

static void brew(uv_loop_t *l, uv_timer_t *timer, char *name)
{
    uv_timer_init(l, timer);
    timer->data = name; // what the callback needs
    printf("Brewing %s...\n", name);
    uv_timer_start(timer, ready, 3000, 0); // once
}

static void serve(void)
{
    uv_timer_t timer[3];
    uv_loop_t *l = uv_default_loop();
    brew(l, &timer[0], "Masala");
    brew(l, &timer[1], "Green");
    brew(l, &timer[2], "Ginger");
    uv_run(l, UV_RUN_DEFAULT); // until nothing is left
    uv_loop_close(l);
}
// endregion

int main(void)
{
    serve();
    return 0;
}
