// Lets nodes join and leave the store, by the maps of your plan(), and tells how it is.
#include "stage3-partitioning/api/solution.h"
#include "stage3-partitioning/demo/store/operator_process.h"

int main(int argc, char** argv) {
  return octet::store::run_operator(argc, argv, octet::slots::plan);
}
