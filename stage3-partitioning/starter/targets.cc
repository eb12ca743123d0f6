#include "store_node.h"

/// Whom a coordinator asks.
namespace octet::store {}
