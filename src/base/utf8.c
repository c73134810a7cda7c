/* utf8: code points and the columns they take, the same in every locale.
 *
 * libc's wcwidth knows nothing but ASCII under LANG=C and differs between machines; a page must
 * not. The table is Unicode's own.
 */
#include "base/base.h"

#include <errno.h>
#include <string.h>

struct range {
    uint32_t first, last;
};
#include "base/width.inc"

static bool in_ranges(const struct range *r, size_t n, uint32_t ch)
{
    size_t low = 0;
    while (low < n) {
        size_t mid = low + (n - low) / 2;
        if (ch > r[mid].last)
            low = mid + 1;
        else if (ch < r[mid].first)
            n = mid;
        else
            return true;
    }
    return false;
}

int utf8_columns(uint32_t ch)
{
    if (ch < 0x20 || (ch >= 0x7f && ch < 0xa0))
        return -1;
    if (ch < 0x300)
        return 1;
    if (in_ranges(zero_width, sizeof zero_width / sizeof *zero_width, ch))
        return 0;
    return in_ranges(double_width, sizeof double_width / sizeof *double_width, ch) ? 2 : 1;
}

size_t utf8_decode(const char *s, size_t n, uint32_t *ret_ch)
{
    const unsigned char *p = (const unsigned char *)s;
    if (n == 0)
        return 0;
    size_t len = p[0] < 0x80 ? 1 : p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
    if (len > n || (p[0] != 0 && !utf8_valid(s, len))) {
        *ret_ch = UTF8_BAD;
        return 1;
    }
    uint32_t ch = len == 1 ? p[0] : p[0] & (0x7fu >> len);
    for (size_t i = 1; i < len; i++)
        ch = ch << 6 | (p[i] & 0x3f);
    *ret_ch = ch;
    return len;
}

bool text_valid(const char *path, const char *text, size_t n, struct err *e)
{
    uint32_t ch = 1;
    size_t line = 1;

    for (size_t i = 0; i < n && ch != 0 && ch != UTF8_BAD; line += ch == '\n')
        i += utf8_decode(text + i, n - i, &ch);
    if (n == 0 || (ch != 0 && ch != UTF8_BAD))
        return true;
    if (ch == 0)
        return err_set(e, EINVAL, "'%s' is not a C source text: line %zu has a NUL byte", path, line);
    return err_set(e, EINVAL,
                   "'%s' is not a C source text: line %zu has a byte that is not UTF-8; save it as UTF-8",
                   path, line);
}
