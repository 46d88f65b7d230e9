/*
 * libentente: how allied two states are, measured from published data.
 *
 * This header includes all the others.  Where to begin: entente/import.h brings
 * published files into a store, entente/dossier.h answers for two states, and
 * entente/status.h says how calls fail.
 */
#ifndef ENTENTE_ENTENTE_H
#define ENTENTE_ENTENTE_H

#include "entente/casebook.h"
#include "entente/check.h"
#include "entente/choices.h"
#include "entente/claim.h"
#include "entente/data.h"
#include "entente/document.h"
#include "entente/dossier.h"
#include "entente/dossier_json.h"
#include "entente/evaluation.h"
#include "entente/flip.h"
#include "entente/gravity.h"
#include "entente/ideal.h"
#include "entente/import.h"
#include "entente/json.h"
#include "entente/measure.h"
#include "entente/model.h"
#include "entente/number.h"
#include "entente/panel.h"
#include "entente/panel_file.h"
#include "entente/profile.h"
#include "entente/similarity.h"
#include "entente/sources.h"
#include "entente/spread.h"
#include "entente/starter.h"
#include "entente/state.h"
#include "entente/status.h"
#include "entente/store.h"
#include "entente/str.h"
#include "entente/trace.h"
#include "entente/user_data.h"
#include "entente/verdict.h"

#endif
