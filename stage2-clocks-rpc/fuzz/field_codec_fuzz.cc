// Any bytes: what is read as an order, and has only fields that this version knows, is written as
// the same bytes again. Whatever is read or not, nobody reads outside of the bytes.
#include "field_codec.h"

#include <cstdint>
#include <cstdlib>
#include <iostream>

#include "stage2-clocks-rpc/api/orders.h"

namespace octet::fields::fuzz {
namespace {

/// Ends the fuzzer's run, with the input as its finding.
void require(bool condition, std::string_view what) {
  if (condition) return;
  std::cerr << "broken: " << what << '\n';
  std::abort();
}

template <class Order>
void check(std::string_view bytes) {
  FieldReader reader(bytes);
  Order order;
  if (!decode(reader, order)) return;
  FieldReader passing_over(bytes);
  require(passing_over.finish(), "an order is read from what is malformed when nobody looks");

  const std::string written = encode<FieldWriter>(order);
  FieldReader again(written);
  Order same;
  require(decode(again, same) && same == order, "the round trip changes an order");
  require(written == encode<FieldWriter>(same), "equal orders are written as different bytes");
}

/// Goes inwards as long as there is a message with this tag.
void go_inwards(FieldReader reader, Tag tag) {
  int depth = 0;
  for (auto inner = reader.message(tag); inner; inner = inner->message(tag)) ++depth;
  require(depth <= max_depth, "a reader goes too deep");
}

}  // namespace
}  // namespace octet::fields::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace octet::fields;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  fuzz::check<v1::Order>(bytes);
  fuzz::check<v2::Order>(bytes);
  for (Tag tag = 1; tag < 4; ++tag) fuzz::go_inwards(FieldReader(bytes), tag);
  return 0;
}
