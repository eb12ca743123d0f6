#include "store_node.h"

/// What a read does for copies that are behind (3f).
namespace octet::store {}
