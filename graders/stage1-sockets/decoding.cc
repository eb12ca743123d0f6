#include "graders/stage1-sockets/decoding.h"

#include <fmt/format.h>

#include "graders/dsl/graded_test.h"

namespace octet::grading {

Decoding::Decoding(sockets::RespLimits limits) : decoder_(sockets::make_resp_decoder(limits)) {}

std::vector<RespValue> Decoding::feed(std::string_view bytes) {
  std::string read_buffer(bytes);
  fed_ += bytes.size();
  decoder_->feed(read_buffer);
  std::vector<RespValue> values = drain();
  read_buffer.assign(read_buffer.size(), '?');
  return values;
}

std::vector<RespValue> Decoding::drain() {
  std::vector<RespValue> values;
  while (auto value = decoder_->next()) {
    values.push_back(std::move(*value));
    if (values.size() > fed_) fail("next() gives more values than bytes were fed: it never ends");
  }
  return values;
}

void Decoding::expect(std::string_view bytes, const std::vector<RespValue>& values) {
  const std::vector<RespValue> got = feed(bytes);
  if (const auto error = decoder_->error()) {
    fail("the decoder refuses " + escaped(bytes) + " with: " + *error);
  }
  if (got != values) {
    fail("fed " + escaped(bytes) + "\nexpected " + shown(values) + "\n     got " + shown(got));
  }
}

void Decoding::expect_refused(std::string_view bytes, const std::vector<RespValue>& values_before) {
  const std::vector<RespValue> got = feed(bytes);
  if (got != values_before) {
    fail("fed " + escaped(bytes) + "\nexpected " + shown(values_before) +
         ", then an error\n     got " + shown(got));
  }
  if (!in_error()) {
    fail("the decoder waits for more after " + escaped(bytes) + "; error() should say why not");
  }
  const std::vector<RespValue> after = feed("+OK\r\n+OK\r\n+OK\r\n");
  if (!after.empty()) {
    fail("an error ends the stream, but after " + escaped(bytes) + " came " + shown(after));
  }
  if (!in_error()) fail("the error after " + escaped(bytes) + " is forgotten by the next feed()");
}

}  // namespace octet::grading
