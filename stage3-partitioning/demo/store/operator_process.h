#pragma once

#include "stage3-partitioning/demo/store/operator.h"

namespace octet::store {

/// The main() of an operator's process, as tools/cluster starts it:
///
///     store_operator --control 8013 --data /tmp/operator --nodes 1=8007 2=8008 --clients 3=8009
///
/// The ports are the control ports of the nodes; --clients names those that have no slots in the
/// first map. Does what the lines say that come to its own control port, and prints the answers.
int run_operator(int argc, char** argv, decltype(OperatorOptions::plan) plan);

}  // namespace octet::store
