#include "mutual_exclusion.h"

#include "runtime/check.h"

namespace octet::mutual_exclusion {

MutualExclusion::MutualExclusion(Config config) {
  YOUR_CODE_HERE;
}

void MutualExclusion::start(std::span<const Protocol::Record> recovered, Context& ctx) {
  YOUR_CODE_HERE;
}

void MutualExclusion::on(const Request& request, Context& ctx) {
  YOUR_CODE_HERE;
}

void MutualExclusion::on(const Release& release, Context& ctx) {
  YOUR_CODE_HERE;
}

void MutualExclusion::on(const RequestsResource& message, NodeId from, Context& ctx) {
  YOUR_CODE_HERE;
}

void MutualExclusion::on(const Acknowledgment& message, NodeId from, Context& ctx) {
  YOUR_CODE_HERE;
}

void MutualExclusion::on(const ReleasesResource& message, NodeId from, Context& ctx) {
  YOUR_CODE_HERE;
}

MutualExclusion::View MutualExclusion::view() const {
  YOUR_CODE_HERE;
}

}  // namespace octet::mutual_exclusion
