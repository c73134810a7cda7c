/* Three brews on the loop of a library: libuv's timers instead of ours. */
#include <stdio.h>
#include <uv.h>

// region: brew
static void ready(uv_timer_t *timer) // a callback
{
    printf("%s is ready...\n", (char *)timer->data);
}

static void serve(void)
{
    static char *names[] = {"Masala", "Green", "Ginger"};
    uv_loop_t *l = uv_default_loop();
    uv_timer_t timer[3];
    for (int i = 0; i < 3; i++) {
        uv_timer_init(l, &timer[i]);
        timer[i].data = names[i]; // what the callback needs
        printf("Brewing %s...\n", names[i]);
        uv_timer_start(&timer[i], ready, 3000, 0); // once
    }
    uv_run(l, UV_RUN_DEFAULT); // until nothing is left
}
// endregion

int main(void)
{
    serve();
    uv_loop_close(uv_default_loop());
    return 0;
}
