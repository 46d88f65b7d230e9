/* The page of choices: what they come to, and the specification curve. */
#ifndef ENTENTE_CLI_CHOICES_H
#define ENTENTE_CLI_CHOICES_H

#include "cli.h"
#include "entente/choices.h"

int choices_write_page(const struct cli *cli, const struct ent_choices *choices);

#endif
