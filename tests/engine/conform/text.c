// Strings and numbers: the lab stands in between, the C library does the work.
#define _GNU_SOURCE
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

static int descending(const void *a, const void *b) { return *(const int *)b - *(const int *)a; }
static int by(const void *a, const void *b, void *sign) { return *(int *)sign * (*(const int *)a - *(const int *)b); }

static void strings(void)
{
    char buffer[64], list[] = "one,two;;three", *at = list, *place, *end;
    printf("%s", strcpy(buffer, "stall"));
    printf(" %ld\n", (long)(stpcpy(buffer, "chai") - buffer));
    strncpy(buffer, "long enough", 4);
    printf("%.4s", buffer);
    printf(" %s", strcat(strcpy(buffer, "a"), "bc"));
    printf(" %s\n", strncat(buffer, "defg", 2));
    printf("%d", strcmp("a", "b") < 0);
    printf(" %d", strncmp("abc", "abd", 2));
    printf(" %d", strcasecmp("AbC", "aBc"));
    printf(" %d\n", strcoll("b", "a") > 0);
    printf("%s", strchr("hello", 'l'));
    printf(" %s", strrchr("hello", 'l'));
    printf(" %s", strstr("a needle", "need"));
    printf(" %s\n", strcasestr("a NEEDLE", "need"));
    printf("%zu", strspn("aab", "a"));
    printf(" %zu", strcspn("aab", "b"));
    printf(" %s", strpbrk("xyz", "zy"));
    printf(" %s\n", strchrnul("abc", 'q'));
    for (char *t = strtok_r(list, ",;", &place); t; t = strtok_r(NULL, ",;", &place))
        printf("[%s]", t);
    strcpy(list, "a;b;;c");
    for (char *t; (t = strsep(&at, ";"));)
        printf("<%s>", t);
    strcpy(list, "p q");
    for (char *t = strtok(list, " "); t; t = strtok(NULL, " "))
        printf("{%s}", t);
    printf("\n%d", atoi(" 42x"));
    printf(" %d", strtol("0x1f", &end, 0) == 31 && !*end);
    printf(" %ld", strtol("zz", &end, 36));
    errno = 0;
    printf(" %d", strtol("99999999999999999999", NULL, 10) == INT64_MAX);
    printf(" %d", errno == ERANGE);
    printf(" %g", strtod("2.5e3z", &end));
    printf(" %g\n", atof(".5"));
    printf("%s", end);
    printf(" %zu", strxfrm(buffer, "word", sizeof buffer));
    printf(" %s\n", buffer);
    char *copy = strdup("copy"), *part = strndup("partial", 4);
    printf("%s", copy);
    printf(" %s", part);
    printf(" %s", strerror(ENOENT));
    printf(" %s\n", strerror_r(EINVAL, buffer, sizeof buffer));
    free(copy);
    free(part);
}

static void bytes(void)
{
    char a[16] = "0123456789", b[16];
    printf("%ld", (long)((char *)mempcpy(b, a, 11) - b));
    printf(" %s", (char *)memmove(a + 2, a, 5) - 2);
    printf(" %s", (char *)memchr(b, '4', 10));
    printf(" %s\n", (char *)memrchr(b, '4', 10));
    printf("%s", (char *)memmem(b, 10, "56", 2));
    printf(" %d\n", memccpy(a, b, '3', 10) == a + 4);
    bzero(a, 4);
    printf("%d", a[0]);
    printf(" %d\n", memcmp(b, "0123", 4));
}

static void scanning(void)
{
    int i = 0, n = 0, h = 0;
    unsigned char small = 0;
    short s = 0;
    double d = 0;
    float f = 0;
    char word[8] = "", set[8] = "", two[2] = "";
    printf("%d", sscanf("12 word 3.5 ab 0x1f 7 -8 2.25 zz", "%d %7s %lf %2c %x %hhu %hd %f %[z]", &i, word, &d, two, &h, &small, &s, &f, set));
    printf(" %d %s %g %.2s %d %d %d %g %s\n", i, word, d, two, h, small, s, f, set);
    printf("%d", sscanf("7,8", "%d,%*d%n", &i, &n));
    printf(" %d", n);
    printf(" %d", sscanf("x", "%d", &i));
    printf(" %d", sscanf("", "%d", &i));
    printf(" %d", sscanf("5 apples", "%d oranges %d", &i, &n));
    printf(" %d", sscanf("  ", " "));
    printf(" %d\n", sscanf("50%", "%d%%", &i));
}

int main(void)
{
    int numbers[] = {3, 1, 4, 1, 5, 9, 2, 6}, key = 4, sign = 1;
    time_t when = 86400 * 365;
    struct tm tm;
    char date[64];
    unsigned short x[3] = {1, 2, 3};
    strings();
    bytes();
    scanning();
    qsort(numbers, 8, sizeof *numbers, descending);
    printf("%d", numbers[0]);
    printf(" %d", numbers[7]);
    printf(" %d", *(int *)bsearch(&key, numbers, 8, sizeof *numbers, descending));
    qsort_r(numbers, 8, sizeof *numbers, by, &sign);
    printf(" %d %d\n", numbers[0], numbers[7]);
    gmtime_r(&when, &tm);
    strftime(date, sizeof date, "%Y-%m-%d %H:%M:%S %j %a", &tm);
    printf("%s", date);
    printf(" %zu", strftime(date, 3, "%Y", &tm));
    printf(" %s", asctime(&tm));
    printf("%.12f", erand48(x));
    printf(" %ld", nrand48(x));
    printf(" %ld\n", jrand48(x));
    srand48(7);
    printf("%.12f", drand48());
    printf(" %ld", lrand48());
    printf(" %ld\n", mrand48());
    unsigned seed = 5;
    printf("%d", rand_r(&seed));
    printf(" %d\n", rand_r(&seed));
    char *made = NULL;
    printf("%d", asprintf(&made, "%d-%s", 7, "x"));
    printf(" %s", made);
    printf(" %d", snprintf(date, 4, "%s", "abcdef"));
    printf(" %d\n", snprintf(NULL, 0, "%d", 12345));
    free(made);
    return 0;
}
