#include "store_node.h"

/// What the levels ask for (3g): how many copies, which of them count, and what may be shown.
namespace octet::store {}
