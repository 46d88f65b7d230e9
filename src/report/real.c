/*
 * Twelve digits of a double: it is scaled by a power of ten to a whole number of
 * twelve digits, which is rounded and written.  Scaling rounds once or twice, each
 * time by at most 2^-53, so that the twelfth digit is right but for values that lie
 * within 1e-15 of the middle of two.  printf does the same in twenty times as long.
 */
#include "report/real.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum {
    DIGITS = 12,
    EXACT = 22, /* 10^22 is the largest power of ten that a double holds exactly */
};

static const double power[EXACT + 1] = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                         1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                         1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };

static size_t put_whole(uint64_t n, char *out)
{
    char digits[24];
    size_t count = 0;

    do {
        digits[count++] = (char)('0' + n % 10);
        n /= 10;
    } while (n > 0);
    for (size_t i = 0; i < count; i++)
        out[i] = digits[count - 1 - i];
    return count;
}

/* digits[0..count-1] with the decimal point after digit `point` (may lie outside). */
static size_t put_decimal(const char *digits, size_t count, int point, char *out)
{
    size_t at = 0;

    if (point <= 0) {
        out[at++] = '0';
        out[at++] = '.';
        for (int i = point; i < 0; i++)
            out[at++] = '0';
        memcpy(out + at, digits, count);
        return at + count;
    }
    for (size_t i = 0; i < count || i < (size_t)point; i++) {
        if (i == (size_t)point)
            out[at++] = '.';
        out[at++] = i < count ? digits[i] : '0';
    }
    return at;
}

static size_t put_scientific(const char *digits, size_t count, int exponent, char *out)
{
    size_t at = 0;

    out[at++] = digits[0];
    if (count > 1) {
        out[at++] = '.';
        memcpy(out + at, digits + 1, count - 1);
        at += count - 1;
    }
    out[at++] = 'e';
    if (exponent < 0)
        out[at++] = '-';
    return at + put_whole((uint64_t)(exponent < 0 ? -exponent : exponent), out + at);
}

/* The power of ten of the first digit: 10^e <= a < 10^(e + 1), |e| <= EXACT. */
static int first_power(double a)
{
    int e2;
    int e;

    frexp(a, &e2);
    e = (int)floor((e2 - 1) * 0.30102999566398120);
    if (e >= 0 ? a >= power[e] * 10 : a * power[-e] >= 10)
        e++;
    return e;
}

size_t ent__real_text(double value, char *out)
{
    size_t at = 0;
    double a = fabs(value);
    char digits[24];
    uint64_t n;
    size_t count;
    int e;

    if (value != value)
        return 0;
    if (a < 1e15 && value == floor(value)) {
        if (value < 0)
            out[at++] = '-';
        return at + put_whole((uint64_t)a, out + at);
    }
    if (!(a < 1e20) || a < 1e-9)
        return (size_t)snprintf(out, ENT_REAL_TEXT, "%.12g", value);
    if (value < 0)
        out[at++] = '-';
    e = first_power(a);
    n = (uint64_t)(e < DIGITS ? a * power[DIGITS - 1 - e] + 0.5
                              : a / power[e - DIGITS + 1] + 0.5);
    if (n >= 1000000000000u) { /* 9.99... rounded up */
        n /= 10;
        e++;
    }
    while (n % 10 == 0)
        n /= 10;
    count = put_whole(n, digits);
    if (e < -5 || e >= 15)
        return at + put_scientific(digits, count, e, out + at);
    return at + put_decimal(digits, count, e + 1, out + at);
}
