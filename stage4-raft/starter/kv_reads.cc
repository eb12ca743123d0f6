#include "kv_server.h"

// Part 4e: how a server of the store answers a Get when config.reads is not Reads::log. The members
// of KvServer that this needs are yours to declare.
