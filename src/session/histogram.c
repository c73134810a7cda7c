/* histogram: see histogram.h. The width is the smallest round one that needs no more bins than
 * there are; the first bin begins at a multiple of it.
 */
#include "session/histogram.h"

#include <math.h>

struct spread {
    double least, low, high; /* low and high: of all but the smallest value, if that stands alone */
    size_t leasts, count;
    bool whole;
};

static struct spread spread_of(const double *values, size_t n)
{
    struct spread s = {.least = INFINITY, .low = INFINITY, .high = -INFINITY, .whole = true};

    for (size_t i = 0; i < n; i++)
        if (isfinite(values[i]) && values[i] < s.least)
            s.least = values[i];
    for (size_t i = 0; i < n; i++) {
        double v = values[i];
        if (!isfinite(v))
            continue;
        s.count++;
        s.leasts += v == s.least;
        s.whole &= v == floor(v);
        if (v != s.least) {
            s.low = fmin(s.low, v);
            s.high = fmax(s.high, v);
        }
    }
    return s;
}

/* step * 10^power, as exact as a double can be. */
static double scaled(double step, int power)
{
    return power < 0 ? step / pow(10, -power) : step * pow(10, power);
}

/* The round numbers in their order: 1, 2, 5, 10, 20 ... */
struct width {
    int step, power;
};

static double width_of(struct width w) { return scaled(w.step, w.power); }

static struct width wider(struct width w)
{
    return w.step == 1   ? (struct width){2, w.power}
           : w.step == 2 ? (struct width){5, w.power}
                         : (struct width){1, w.power + 1};
}

/* The edge number `i`: a multiple of the width. */
static double edge(struct width w, double i) { return scaled(i * w.step, w.power); }

static double first_edge(const struct spread *s, struct width w)
{
    return floor(s->low / width_of(w));
}

static bool too_narrow(const struct spread *s, struct width w, size_t most)
{
    double first = first_edge(s, w);
    bool lost = !(edge(w, first) < edge(w, first + 1)) || fabs(first) > 1e12;

    return lost || (s->whole && width_of(w) < 1) || !(s->high < edge(w, first + (double)most));
}

static void add_bin(struct histogram *h, double low, double high)
{
    h->bins[h->count++] = (struct histogram_bin){low, high, 0};
}

static void add_range(struct histogram *h, const struct spread *s)
{
    double reach = fmax(s->high - s->low, fmax(fabs(s->low), fabs(s->high)) * 1e-12);
    size_t most = HISTOGRAM_BINS - h->count;

    if (!(s->high > s->low) || !isfinite(reach)) { /* one value, or further than a double can say */
        add_bin(h, s->low, s->high);
        return;
    }
    struct width w = {1, (int)floor(log10(reach / HISTOGRAM_BINS)) - 1};
    while (too_narrow(s, w, most))
        w = wider(w);
    bool single = s->whole && width_of(w) == 1;
    for (double i = first_edge(s, w); edge(w, i) <= s->high && h->count < HISTOGRAM_BINS; i++)
        add_bin(h, edge(w, i), edge(w, single ? i : i + 1));
}

static void put(struct histogram *h, double v)
{
    size_t i = 0;

    while (i + 1 < h->count && v != h->bins[i].low && v >= h->bins[i].high)
        i++;
    h->bins[i].count++;
    h->samples++;
    if (h->bins[i].count > h->most)
        h->most = h->bins[i].count;
}

void histogram_make(struct histogram *h, const double *values, size_t n)
{
    struct spread s = spread_of(values, n);

    *h = (struct histogram){0};
    if (s.count == 0)
        return;
    if (s.leasts > 1 || s.leasts == s.count)
        add_bin(h, s.least, s.least);
    else
        s.low = s.least;
    if (s.leasts < s.count)
        add_range(h, &s);
    for (size_t i = 0; i < n; i++)
        if (isfinite(values[i]))
            put(h, values[i]);
}

char *histogram_label(const struct histogram_bin *b)
{
    return b->low == b->high ? xasprintf("%.10g", b->low)
                             : xasprintf("%.10g to %.10g", b->low, b->high);
}
