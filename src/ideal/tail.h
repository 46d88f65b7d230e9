/*
 * The normal distribution in single precision, for loops that a compiler turns into vectors:
 * no branches, no tables, no calls.  Every step is one operation of IEEE 754, so that a number
 * is the same in a vector of any width and on any processor.
 *
 * Errors, measured against erfcl over all arguments of that range by
 * tests/unit/test_ideal_tail.c:
 *
 *   ent__tail(t)       relative  2e-6 for t <= 6, 8e-6 for t <= 12.5
 *   ent__log(x)        relative  2.5e-7, or absolute 1e-7 near 1
 *   ent__tail_point(L) absolute  4e-6
 *
 * The Monte Carlo error of a position is 0.01 at best, and that of a latent vote 1: single
 * precision is enough, and twice as many fit a vector.
 */
#ifndef ENTENTE_IDEAL_TAIL_H
#define ENTENTE_IDEAL_TAIL_H

#include <math.h>
#include <stdint.h>
#include <string.h>

/* Beyond so many standard deviations a tail is taken as this far out: 3.7e-36. */
#define ENT__TAIL_END 12.5F

static inline float ent__float_of(uint32_t bits)
{
    float x;

    memcpy(&x, &bits, sizeof(x));
    return x;
}

static inline uint32_t ent__bits_of(float x)
{
    uint32_t bits;

    memcpy(&bits, &x, sizeof(bits));
    return bits;
}

/* 2^x for x within -126..126: the whole part by the exponent, the rest by a polynomial. */
static inline float ent__exp2(float x)
{
    /* Adding 1.5 * 2^23 leaves the nearest whole number in the low bits. */
    float shifted = x + 12582912.0F;
    float f = x - (shifted - 12582912.0F);
    float p = 1.53458075e-4F;

    p = p * f + 1.33999312e-3F;
    p = p * f + 9.61848897e-3F;
    p = p * f + 5.55032878e-2F;
    p = p * f + 0.240226469F;
    p = p * f + 0.693147207F;
    p = p * f + 1.0F;
    return p * ent__float_of((ent__bits_of(shifted) << 23) + 0x3f800000U);
}

/* log(x) for x normal and above 0: x = 2^e (1 + f), 1 + f within sqrt(1/2)..sqrt(2). */
static inline float ent__log(float x)
{
    uint32_t bits = ent__bits_of(x) + (0x3f800000U - 0x3f3504f3U);
    float e = (float)((int32_t)(bits >> 23) - 127);
    float f = ent__float_of((bits & 0x007fffffU) + 0x3f3504f3U) - 1.0F;
    float p = 0.0870036010F;

    p = p * f - 0.142674763F;
    p = p * f + 0.149147870F;
    p = p * f - 0.165775860F;
    p = p * f + 0.199630623F;
    p = p * f - 0.250013370F;
    p = p * f + 0.333339108F;
    /* log 2 in two parts, the first of few bits, so that e times it is exact. */
    return (e * 0.693359375F + f) + (e * -2.12194440e-4F + (f * f) * (p * f - 0.5F));
}

/* exp(t^2 / 2) P(Z > t) of s = 1 / (1 + 0.3 t), t within 0..ENT__TAIL_END: s Q(s). */
static inline float ent__tail_of(float s)
{
    float p = 0.0361948081F;

    p = p * s - 0.159378124F;
    p = p * s + 0.210118094F;
    p = p * s - 0.0571671121F;
    p = p * s + 0.130416332F;
    p = p * s + 0.0993471571F;
    p = p * s + 0.120845526F;
    p = p * s + 0.119623263F;
    return p * s;
}

static inline float ent__tail_scaled(float t)
{
    return ent__tail_of(1.0F / (1.0F + 0.3F * t));
}

/* exp(-t^2 / 2) for t within 0..ENT__TAIL_END. */
static inline float ent__bell(float t)
{
    return ent__exp2((t * t) * -0.721347520F);
}

/* P(Z > t) for t within 0..ENT__TAIL_END. */
static inline float ent__tail(float t)
{
    return ent__bell(t) * ent__tail_scaled(t);
}

/* Two tails with one division, which costs as much as ten multiplications. */
static inline void ent__tails(float t, float u, float *of_t, float *of_u)
{
    float a = 1.0F + 0.3F * t, b = 1.0F + 0.3F * u;
    float both = 1.0F / (a * b);

    *of_t = ent__bell(t) * ent__tail_of(both * b);
    *of_u = ent__bell(u) * ent__tail_of(both * a);
}

/* The t of which P(Z > t) = exp(-L), for L within log 2..88: a rational function of sqrt(L). */
static inline float ent__tail_point(float l)
{
    float r = sqrtf(l);
    float above = 1.18263700F, below = 0.835993831F;

    above = above * r + 8.55226397F;
    above = above * r + 6.52376044F;
    above = above * r - 8.31743867F;
    above = above * r - 3.10076671F;
    below = below * r + 6.06666741F;
    below = below * r + 6.44049682F;
    below = below * r + 1.0F;
    return above / below;
}

/* A number within 0..1, never either, in odd steps of 2^-24: 1 - u is exact too. */
static inline float ent__unit_of(uint32_t bits)
{
    return ent__float_of((bits >> 9) | 0x3f800000U) - 0.999999940F;
}

/* A standard normal variable from 32 random bits: one for the sign, 31 for the tail. */
static inline float ent__normal_of(uint32_t bits)
{
    float p = (float)(int32_t)(bits & 0x7fffffffU) * 0x1p-32F + 0x1p-33F;
    float x = ent__tail_point(-ent__log(p));

    return (int32_t)bits < 0 ? -x : x;
}

/*
 * A variable from the part of a normal distribution below x, where q = P(Z > |x|) is
 * known: the point of u P(Z < x), taken from the nearer tail.  Beyond ENT__TAIL_END the
 * excess is exponential.
 */
static inline float ent__below(float x, float q, float u)
{
    float inside = x < 0 ? q : 1.0F - q;
    float outside = x < 0 ? 1.0F - q : q;
    float low = u * inside, high = (1.0F - u) * inside + outside;
    float w = low < high ? low : high;
    float l, t;

    w = w > 1.2e-38F ? w : 1.2e-38F;
    w = x < -ENT__TAIL_END ? u : w;
    l = -ent__log(w);
    t = ent__tail_point(l);
    t = low < high ? -t : t;
    t = x < -ENT__TAIL_END ? x - 0.08F * l : t;
    return t < x ? t : x;
}

/* An interval turned so that its middle is not above 0, and what lies within and beside it. */
struct ent__interval {
    float a, b;   /* a < b, a + b <= 0 */
    float below;  /* P(Z < a) */
    float above;  /* P(Z > b) */
    float inside; /* their rest; 0 where both ends are beyond ENT__TAIL_END */
    float turned; /* -1 where it was turned, else 1 */
};

static inline struct ent__interval ent__interval(float a, float b)
{
    struct ent__interval i;
    float ta, tb, q, under;

    i.turned = a + b > 0 ? -1.0F : 1.0F;
    i.a = a + b > 0 ? -b : a;
    i.b = a + b > 0 ? -a : b;
    ta = -i.a < ENT__TAIL_END ? -i.a : ENT__TAIL_END;
    tb = i.b < 0 ? -i.b : i.b;
    tb = tb < ENT__TAIL_END ? tb : ENT__TAIL_END;
    ent__tails(ta, tb, &i.below, &q);
    under = i.b < 0 ? q : 1.0F - q;
    i.above = i.b < 0 ? 1.0F - q : q;
    i.inside = under - i.below;
    return i;
}

/* A variable from the part of a normal distribution within the interval. */
static inline float ent__within(struct ent__interval i, float u)
{
    float low = i.below + u * i.inside, high = i.above + (1.0F - u) * i.inside;
    float w = low < high ? low : high;
    float t;

    w = w > 1.2e-38F ? w : 1.2e-38F;
    t = ent__tail_point(-ent__log(w));
    t = low < high ? -t : t;
    t = t > i.a ? t : i.a;
    t = t < i.b ? t : i.b;
    return t * i.turned;
}

#endif
