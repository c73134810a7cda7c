// The machine and its mathematics.
#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdint.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/utsname.h>
#include <unistd.h>

static void options(void)
{
    static int loud;
    char *words[] = {"program", "--size=4", "--name", "bob", "-n", "3", "--loud", "--si", "9", "--nothing", "-x", "--name", NULL};
    struct option rows[] = {{"size", required_argument, NULL, 's'}, {"name", required_argument, NULL, 'n'},
                            {"loud", no_argument, &loud, 1},        {NULL, 0, NULL, 0}};
    int c, index = -1;
    opterr = 0;
    while ((c = getopt_long(12, words, "n:x", rows, &index)) != -1)
        printf("%c %s %d\n", c ? c : '0', c == 's' || c == 'n' ? optarg : "-", index);
    printf("%d %d\n", loud, optind);
}

static void second_results(void)
{
    double whole;
    int power;
    printf("%.2f", modf(3.25, &whole));
    printf(" %.0f %.2f", whole, frexp(12, &power));
    printf(" %d %.1Lf %d\n", power, sqrtl(16), ilogb(9));
}

static void counters(void)
{
    eventfd_t n = 0;
    int fd = eventfd(2, EFD_NONBLOCK);
    printf("%d %d", eventfd_write(fd, 5), eventfd_read(fd, &n));
    printf(" %d", (int)n);
    printf(" %d\n", eventfd_read(fd, &n));
}

int main(void)
{
    struct utsname u;
    setlinebuf(stdout);
    printf("%d %s %d\n", uname(&u), u.sysname, strlen(u.machine) > 3);
    printf("%.4f %.4f %.4f %ld\n", atan2(1, 2), cbrt(27), hypot(3, 4), lrint(2.6));
    options();
    second_results();
    counters();
    printf("%d %d\n", isatty(0), mlockall(MCL_CURRENT));
    return 0;
}
