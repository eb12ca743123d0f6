#include "runtime/tests/process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <asio/buffer.hpp>
#include <asio/read_until.hpp>
#include <asio/write.hpp>
#include <cerrno>
#include <system_error>
#include <utility>

namespace octet {

ChildProcess::ChildProcess(const std::vector<std::string>& command) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  pid_ = fork();
  if (pid_ < 0) throw std::system_error(errno, std::generic_category(), "fork");
  if (pid_ == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    dup2(ends[1], STDOUT_FILENO);
    dup2(ends[1], STDERR_FILENO);
    execv(arguments[0], arguments.data());
    _exit(127);
  }
  close(ends[1]);
  output_ = ends[0];
}

std::string ChildProcess::read_line() {
  std::string line;
  for (char letter = 0; read(output_, &letter, 1) == 1 && letter != '\n';) line += letter;
  return line;
}

void ChildProcess::kill_hard() {
  if (pid_ < 0) return;
  kill(pid_, SIGKILL);
  wait();
}

int ChildProcess::wait() {
  int status = 0;
  waitpid(std::exchange(pid_, -1), &status, 0);
  close(std::exchange(output_, -1));
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

ControlClient::ControlClient(const asio::ip::tcp::endpoint& at) {
  socket_.connect(at);
}

std::string ControlClient::read_line() {
  asio::error_code error;
  const std::size_t length = asio::read_until(socket_, asio::dynamic_buffer(buffer_), '\n', error);
  if (error) return "";
  std::string line = buffer_.substr(0, length - 1);
  buffer_.erase(0, length);
  return line;
}

std::string ControlClient::ask(const std::string& line) {
  asio::write(socket_, asio::buffer(line + "\n"));
  std::string answer = read_line();
  while (answer.starts_with("output ")) answer = read_line();
  return answer;
}

}  // namespace octet
