#include "bench/stage2/encodings.h"
#include "field_codec.h"

namespace octet::bench {

Encoding in_ours(const Order& order) {
  return {"octet fields", [&order] { return fields::encode<fields::FieldWriter>(order); },
          [](const std::string& bytes) {
            fields::FieldReader reader(bytes);
            Order read;
            return fields::decode(reader, read);
          }};
}

}  // namespace octet::bench
