/* Bins: round edges, every sample in exactly one, nothing that a program may log breaks them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <math.h>
#include <float.h>
#include <string.h>

#include <cmocka.h>

#include "session/histogram.h"

static char *labels(const struct histogram *h)
{
    struct strbuf b = STRBUF_INIT;
    strbuf_adds(&b, "");
    for (size_t i = 0; i < h->count; i++) {
        char *label = histogram_label(&h->bins[i]);
        strbuf_addf(&b, "%s%s:%zu", i ? ", " : "", label, h->bins[i].count);
        free(label);
    }
    return strbuf_take(&b);
}

static void bins(const double *values, size_t n, const char *expected)
{
    struct histogram h;
    histogram_make(&h, values, n);
    char *got = labels(&h);
    assert_string_equal(got, expected);
    free(got);
}
#define BINS(expected, ...)                                                                        \
    bins((double[]){__VA_ARGS__}, sizeof(double[]){__VA_ARGS__} / sizeof(double), expected)

static void edges_are_round(void **state)
{
    (void)state;
    BINS("5 to 10:1, 10 to 15:1, 15 to 20:0, 20 to 25:1", 8.523, 11.979417, 24.1);
    BINS("0.1 to 0.2:1, 0.2 to 0.3:0, 0.3 to 0.4:1, 0.4 to 0.5:0, 0.5 to 0.6:0, 0.6 to 0.7:1", 0.11,
         0.3, 0.65);
    BINS("-20 to -10:1, -10 to 0:1, 0 to 10:1, 10 to 20:0, 20 to 30:0, 30 to 40:1", -17, -1, 0, 34);
    BINS("1000000 to 1200000:1, 1200000 to 1400000:0, 1400000 to 1600000:0, 1600000 to 1800000:0, "
         "1800000 to 2000000:1",
         1000001, 1900000);
}

static void the_smallest_stands_alone(void **state)
{
    (void)state;
    BINS("0:3, 8 to 10:1, 10 to 12:0, 12 to 14:1, 14 to 16:0, 16 to 18:1", 0, 12, 0, 8.5, 0, 17);
    BINS("7:2", 7, 7);
    BINS("7:1", 7);
}

static void whole_numbers_stay_whole(void **state)
{
    (void)state;
    BINS("3:1, 4:0, 5:1, 6:1", 3, 6, 5);
    BINS("0:2, 1:1, 2:1", 0, 0, 1, 2);
}

static void what_is_no_number_is_left_out(void **state)
{
    (void)state;
    BINS("", NAN, INFINITY);
    bins(NULL, 0, "");
    BINS("3:1", NAN, 3, -INFINITY);
}

static void holds(const double *values, size_t n)
{
    struct histogram h;
    histogram_make(&h, values, n);
    size_t sum = 0;
    assert_in_range(h.count, 1, HISTOGRAM_BINS);
    for (size_t i = 0; i < h.count; i++) {
        sum += h.bins[i].count;
        assert_true(h.bins[i].low <= h.bins[i].high);
        assert_true(i == 0 || h.bins[i - 1].high <= h.bins[i].low);
    }
    assert_int_equal(sum, n);
    assert_int_equal(h.samples, n);
}

static void any_numbers(void **state)
{
    (void)state;
    static const double odd[] = {0,       -0.0,     1,        -1,      DBL_MAX, -DBL_MAX,
                                 DBL_MIN, 1e-320,   1e16,     3e16,    1e-300,  1e300,
                                 0.1,     1e16 + 2, 99999.95, -1e-308, 100,     1.0 / 3};
    size_t n = sizeof odd / sizeof *odd;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            for (size_t k = 0; k < n; k++)
                holds((double[]){odd[i], odd[j], odd[k]}, 3);
    uint64_t seed = 1;
    for (int round = 0; round < 2000; round++) {
        double v[20];
        for (size_t i = 0; i < 20; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            v[i] = ldexp((double)(int32_t)(seed >> 32), round % 90 - 60);
        }
        holds(v, 20);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(edges_are_round),
        cmocka_unit_test(the_smallest_stands_alone),
        cmocka_unit_test(whole_numbers_stay_whole),
        cmocka_unit_test(what_is_no_number_is_left_out),
        cmocka_unit_test(any_numbers),
    };
    return cmocka_run_group_tests_name("histogram", tests, NULL, NULL);
}
