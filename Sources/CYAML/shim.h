// libyaml as Swift sees it. No logic lives here.
#ifndef CANARYGATE_CYAML_SHIM_H
#define CANARYGATE_CYAML_SHIM_H

#include <yaml.h>

#endif
