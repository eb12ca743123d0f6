#include "store_node.h"

/// How the owners of slots get what others have kept for them (3f; hinted hand-off, §4.6).
namespace octet::store {}
