#include "message_queue.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace octet::queue {

void MessageQueue::start(std::span<const Protocol::Record> recovered, Context& ctx) {
  for (const auto& record : recovered) {
    std::visit([this](const auto& content) { recover(content); }, record);
  }
  records_ = recovered.size();
  for (const auto& [receipt, number] : out_) {
    ctx.set_timer(VisibleAgain{receipt}, config_.visible_after);
  }
}

void MessageQueue::recover(const Enqueued& enqueued) {
  messages_[enqueued.number].body = enqueued.body;
  last_number_ = std::max(last_number_, enqueued.number);
}

void MessageQueue::recover(const Delivered& delivered) {
  messages_.at(delivered.number).deliveries = delivered.deliveries;
  hide(delivered.number, delivered.receipt);
  last_receipt_ = std::max(last_receipt_, delivered.receipt);
}

void MessageQueue::recover(const Removed& removed) {
  out_.erase(messages_.at(removed.number).receipt);
  messages_.erase(removed.number);
}

void MessageQueue::recover(const LastNumbers& last) {
  last_number_ = last.number;
  last_receipt_ = last.receipt;
}

void MessageQueue::on(const Enqueue& enqueue, Context& ctx) {
  messages_[++last_number_].body = enqueue.body;
  write(Enqueued{last_number_, enqueue.body}, ctx);
  ctx.emit(Accepted{enqueue.tag});
}

void MessageQueue::on(const Receive& receive, Context& ctx) {
  const auto first =
      std::ranges::find(messages_, 0U, [](const auto& message) { return message.second.receipt; });
  if (first == messages_.end()) return ctx.emit(Empty{receive.tag});
  auto& [number, message] = *first;
  ++message.deliveries;
  hide(number, ++last_receipt_);
  // A restart must know of it: the receipt is never given again, and the delivery counts.
  write(Delivered{number, message.receipt, message.deliveries}, ctx);
  ctx.set_timer(VisibleAgain{message.receipt}, config_.visible_after);
  ctx.emit(Delivery{receive.tag, message.receipt, message.body});
}

void MessageQueue::hide(std::uint64_t number, std::uint64_t receipt) {
  Message& message = messages_.at(number);
  out_.erase(std::exchange(message.receipt, receipt));
  if (receipt != 0) out_[receipt] = number;
}

void MessageQueue::on(const Acknowledge& acknowledge, Context& ctx) {
  const auto delivery = out_.find(acknowledge.receipt);
  if (delivery == out_.end()) return;  // too late, or never given
  ctx.cancel_timer(VisibleAgain{acknowledge.receipt});
  remove(delivery->second, ctx);
}

void MessageQueue::on(const VisibleAgain& timer, Context& ctx) {
  const std::uint64_t number = out_.at(timer.receipt);
  const Message& message = messages_.at(number);
  if (message.deliveries < config_.most_deliveries) return hide(number, 0);
  // Told before it is written: a crash in between tells it again, and not never.
  ctx.emit(Dead{message.body});
  remove(number, ctx);
}

void MessageQueue::remove(std::uint64_t number, Context& ctx) {
  hide(number, 0);
  messages_.erase(number);
  write(Removed{number}, ctx);
}

void MessageQueue::write(Protocol::Record record, Context& ctx) {
  ctx.persist(std::move(record));
  // Long after the last time, so that writing it anew costs each record little.
  if (++records_ > 64 + 8 * messages_.size()) write_anew(ctx);
}

void MessageQueue::write_anew(Context& ctx) {
  std::vector<Protocol::Record> records = {LastNumbers{last_number_, last_receipt_}};
  for (const auto& [number, message] : messages_) {
    records.push_back(Enqueued{number, message.body});
    if (message.deliveries == 0) continue;
    records.push_back(Delivered{number, message.receipt, message.deliveries});
  }
  records_ = records.size();
  ctx.compact(std::move(records));
}

}  // namespace octet::queue
