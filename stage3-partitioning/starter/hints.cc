#include "hints.h"

namespace octet::store {}
