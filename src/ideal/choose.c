/* Which of the kernels this processor can run. */
#include <string.h>

#include "ideal/kernel.h"

extern const struct ent__ideal_kernel ent__ideal_kernel_plain;

#ifdef ENT__LEVELS
extern const struct ent__ideal_kernel ent__ideal_kernel_v3;
extern const struct ent__ideal_kernel ent__ideal_kernel_v4;

static bool has_v3(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
           __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("fma");
}

static bool has_v4(void)
{
    return has_v3() && __builtin_cpu_supports("avx512f") &&
           __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd") &&
           __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
}
#endif

const struct ent__ideal_kernel *ent__ideal_kernel_named(const char *name)
{
#ifdef ENT__LEVELS
    if (strcmp(name, "v4") == 0)
        return has_v4() ? &ent__ideal_kernel_v4 : NULL;
    if (strcmp(name, "v3") == 0)
        return has_v3() ? &ent__ideal_kernel_v3 : NULL;
#endif
    return strcmp(name, "plain") == 0 ? &ent__ideal_kernel_plain : NULL;
}

const struct ent__ideal_kernel *ent__ideal_kernel(void)
{
    const struct ent__ideal_kernel *best = ent__ideal_kernel_named("v4");

    if (!best)
        best = ent__ideal_kernel_named("v3");
    return best ? best : &ent__ideal_kernel_plain;
}
