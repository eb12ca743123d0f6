#include "store_node.h"

/// Copies of a partition are compared, and what differs is exchanged (3f; §4.7).
namespace octet::store {}
