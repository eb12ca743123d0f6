#include "session.h"

namespace octet::store {}
