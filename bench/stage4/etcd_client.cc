#include "bench/stage4/etcd_client.h"

#include <string>
#include <utility>

namespace octet::bench {

struct EtcdClient::Call {
  std::size_t id = 0;
  grpc::ClientContext context;
  etcdserverpb::PutResponse response;
  grpc::Status status;
  std::unique_ptr<grpc::ClientAsyncResponseReader<etcdserverpb::PutResponse>> reader;
};

std::shared_ptr<grpc::Channel> grpc_channel(std::uint16_t port) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);  // or channels share one connection
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);          // no proxy leads to this machine
  return grpc::CreateCustomChannel("127.0.0.1:" + std::to_string(port),
                                   grpc::InsecureChannelCredentials(), arguments);
}

EtcdClient::EtcdClient(std::uint16_t port, int connections) {
  for (int i = 0; i < connections; ++i) {
    connections_.push_back(etcdserverpb::KV::NewStub(grpc_channel(port)));
  }
}

EtcdClient::~EtcdClient() {
  for (const auto& [id, call] : under_way_) call->context.TryCancel();
  queue_.Shutdown();
  void* tag = nullptr;
  bool ok = false;
  while (queue_.Next(&tag, &ok)) continue;
}

void EtcdClient::put(std::size_t id, const std::string& key, const std::string& value) {
  etcdserverpb::PutRequest request;
  request.set_key(key);
  request.set_value(value);
  auto call = std::make_unique<Call>();
  call->id = id;
  call->reader = connections_[id % connections_.size()]->AsyncPut(&call->context, request, &queue_);
  call->reader->Finish(&call->response, &call->status, call.get());
  under_way_.emplace(id, std::move(call));
}

std::optional<Answer> EtcdClient::next(Clock::time_point until) {
  const auto left = std::chrono::duration_cast<std::chrono::system_clock::duration>(
      until - Clock::now());  // gRPC knows no other clock
  void* tag = nullptr;
  bool ok = false;
  if (queue_.AsyncNext(&tag, &ok, std::chrono::system_clock::now() + left) !=
      grpc::CompletionQueue::GOT_EVENT) {
    return std::nullopt;
  }
  const auto call = std::move(under_way_.extract(static_cast<Call*>(tag)->id).mapped());
  if (call->status.ok()) return Answer{call->id, std::nullopt};
  return Answer{call->id, call->status.error_message()};
}

}  // namespace octet::bench
