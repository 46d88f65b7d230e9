/* Threads by OpenMP, and one where the compiler has none. */
#ifndef ENTENTE_BASE_PARALLEL_H
#define ENTENTE_BASE_PARALLEL_H

#ifdef _OPENMP
    #include <omp.h>
#endif

/* How many threads can run at once. */
static inline int ent__processors(void)
{
#ifdef _OPENMP
    return omp_get_num_procs();
#else
    return 1;
#endif
}

/* The number of this thread in its team, from 0. */
static inline int ent__thread_number(void)
{
#ifdef _OPENMP
    return omp_get_thread_num();
#else
    return 0;
#endif
}

#endif
