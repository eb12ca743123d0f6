#include "follower.h"

/// What a leader knows of another server.
namespace octet::raft {}
