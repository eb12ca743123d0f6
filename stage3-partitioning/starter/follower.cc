#include "follower.h"

/// What a leader knows of another replica.
namespace octet::followers {}
