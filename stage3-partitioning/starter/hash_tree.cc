#include "hash_tree.h"

namespace octet::store {}
