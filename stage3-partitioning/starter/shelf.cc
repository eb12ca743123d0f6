#include "shelf.h"

#include "runtime/check.h"

namespace octet::slots {

void Shelf::start(std::span<const Protocol::Record> recovered, ShelfContext& ctx) {
  YOUR_CODE_HERE;
}

void Shelf::on(const NewMap& input, ShelfContext& ctx) {
  YOUR_CODE_HERE;
}

void Shelf::on(const Keep& input, ShelfContext& ctx) {
  YOUR_CODE_HERE;
}

void Shelf::on(const Content& content, NodeId from, ShelfContext& ctx) {
  YOUR_CODE_HERE;
}

void Shelf::on(const Received& received, NodeId from, ShelfContext& ctx) {
  YOUR_CODE_HERE;
}

void Shelf::on(const RetryDue& due, ShelfContext& ctx) {
  YOUR_CODE_HERE;
}

bool Shelf::serves(Slot slot) const {
  YOUR_CODE_HERE;
}

std::vector<Slot> Shelf::served() const {
  YOUR_CODE_HERE;
}

std::vector<Slot> Shelf::held() const {
  YOUR_CODE_HERE;
}

const Contents& Shelf::contents(Slot slot) const {
  YOUR_CODE_HERE;
}

}  // namespace octet::slots
