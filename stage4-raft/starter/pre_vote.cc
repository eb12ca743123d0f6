#include "raft.h"

// Part 4f, a challenge: what a server does with config.pre_vote before it stands for election. The
// messages and members that this needs are yours to declare.
