#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "graders/stage1-sockets/resp_text.h"
#include "stage1-sockets/api/solution.h"

namespace octet::grading {

/// A solution's RESP decoder, fed the way a socket would.
class Decoding {
 public:
  explicit Decoding(sockets::RespLimits limits = {});

  /// Feeds the bytes and returns every value that is complete then. The memory that held the bytes
  /// is overwritten before this returns, as a server's read buffer would be.
  std::vector<RespValue> feed(std::string_view bytes);

  /// Fails the test unless these bytes give exactly these values and no error.
  void expect(std::string_view bytes, const std::vector<RespValue>& values);

  /// Fails the test unless these bytes give exactly these values, then an error that lasts.
  void expect_refused(std::string_view bytes, const std::vector<RespValue>& values_before = {});

  bool in_error() const { return decoder_->error().has_value(); }

 private:
  std::vector<RespValue> drain();

  std::unique_ptr<sockets::AnyRespDecoder> decoder_;
  std::size_t fed_ = 0;
};

}  // namespace octet::grading
