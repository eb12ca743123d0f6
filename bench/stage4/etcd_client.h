#pragma once

#include <grpcpp/grpcpp.h>

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "bench/stage4/store.h"
#include "etcd.grpc.pb.h"

namespace octet::bench {

/// A connection of its own to a port on 127.0.0.1.
std::shared_ptr<grpc::Channel> grpc_channel(std::uint16_t port);

/// Puts to one member of etcd over gRPC, by a completion queue that one thread asks.
class EtcdClient : public Client {
 public:
  EtcdClient(std::uint16_t port, int connections);
  ~EtcdClient() override;

  void put(std::size_t id, const std::string& key, const std::string& value) override;
  std::optional<Answer> next(Clock::time_point until) override;

 private:
  struct Call;

  grpc::CompletionQueue queue_;
  std::vector<std::unique_ptr<etcdserverpb::KV::Stub>> connections_;
  std::map<std::size_t, std::unique_ptr<Call>> under_way_;  // by id
};

}  // namespace octet::bench
