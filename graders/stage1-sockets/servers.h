#pragma once

#include <string>

#include "graders/dsl/net/server_process.h"
#include "stage1-sockets/api/solution.h"

/// A solution's servers as a stranger meets them: each in a process of its own, on a port that the
/// system picks.
namespace octet::sockets {

grading::StartServer echo_server(EchoConfig config = {});
grading::StartServer kv_server(KvConfig config = {});
grading::StartServer chat_server(ChatConfig config = {});

/// That the echo server answers a stranger, now.
void expect_served(grading::ServerProcess& server, const std::string& name);

}  // namespace octet::sockets
