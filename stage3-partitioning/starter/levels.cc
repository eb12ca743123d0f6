#include "store_node.h"

/// What the levels ask for (3g).
namespace octet::store {}
