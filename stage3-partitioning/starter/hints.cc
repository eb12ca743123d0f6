#include "store_node.h"

/// What this node keeps for the owners of slots, until they have it (3f; hinted hand-off, §4.6).
namespace octet::store {}
