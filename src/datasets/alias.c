#include "datasets/alias.h"

int ent__import_alias(struct ent_import *im, const struct ent_alias *aliases,
                      struct ent_str name, int year)
{
    for (const struct ent_alias *a = aliases; a->name; a++) {
        if (year >= a->from && year <= a->to && ent__str_is_nocase(name, a->name))
            return a->state;
    }
    return ent__import_state_text(im, name, ENT_CODE_NAME, year);
}
