#include "runtime/tcp/backlog.h"

#include <gtest/gtest.h>

#include <string>

namespace octet::tcp {
namespace {

using Strings = std::vector<std::string>;

AnyEffect persist(Bytes record) {
  return {.kind = AnyEffect::Kind::persist, .bytes = std::move(record)};
}

AnyEffect emit(Bytes output) {
  return {.kind = AnyEffect::Kind::emit, .bytes = std::move(output)};
}

Strings contents(const std::vector<AnyEffect>& effects) {
  Strings all;
  for (const AnyEffect& effect : effects) all.push_back(effect.bytes);
  return all;
}

Strings take_all_ready(Backlog& backlog) {
  Strings all;
  while (const auto effect = backlog.take_ready()) all.push_back(effect->bytes);
  return all;
}

TEST(Backlog, AnEffectWaitsForTheWritesBeforeIt) {
  Backlog backlog;
  backlog.add_write(persist("1"));
  backlog.add_waiting(emit("after 1"));
  EXPECT_EQ(contents(backlog.take_batch()), Strings{"1"});
  backlog.add_write(persist("2"));
  backlog.add_waiting(emit("after 2"));
  EXPECT_EQ(take_all_ready(backlog), Strings{});
  backlog.finish_batch();
  EXPECT_EQ(take_all_ready(backlog), Strings{"after 1"});
  EXPECT_FALSE(backlog.is_empty());
  EXPECT_EQ(contents(backlog.take_batch()), Strings{"2"});
  backlog.finish_batch();
  EXPECT_EQ(take_all_ready(backlog), Strings{"after 2"});
  EXPECT_TRUE(backlog.is_empty());
}

TEST(Backlog, TheDiskHasOneBatchAtATime) {
  Backlog backlog;
  EXPECT_TRUE(backlog.take_batch().empty());
  backlog.add_write(persist("1"));
  EXPECT_EQ(contents(backlog.take_batch()), Strings{"1"});
  backlog.add_write(persist("2"));
  backlog.add_write(persist("3"));
  EXPECT_TRUE(backlog.take_batch().empty());
  backlog.finish_batch();
  EXPECT_EQ(contents(backlog.take_batch()), (Strings{"2", "3"}));
}

TEST(Backlog, WhatIsReadyKeepsItsPlaceBeforeWhatComesNow) {
  Backlog backlog;
  backlog.add_write(persist("1"));
  backlog.add_waiting(emit("old"));
  backlog.take_batch();
  backlog.finish_batch();
  EXPECT_FALSE(backlog.is_empty()) << "something new would overtake it";
}

TEST(Backlog, CountsWhatItHolds) {
  Backlog backlog;
  const std::string half(Backlog::limit / 2, 'x');
  backlog.add_write(persist(half));
  EXPECT_FALSE(backlog.is_full());
  backlog.take_batch();
  backlog.add_waiting(emit(half));
  EXPECT_TRUE(backlog.is_full()) << "what is under way takes memory too";
  backlog.finish_batch();
  EXPECT_FALSE(backlog.is_full());
  backlog.add_write({.kind = AnyEffect::Kind::compact, .records = {half}});
  EXPECT_TRUE(backlog.is_full());
  take_all_ready(backlog);
  EXPECT_FALSE(backlog.is_full());
  backlog.take_batch();
  backlog.finish_batch();
  EXPECT_EQ(backlog.bytes(), 0U);
}

TEST(Backlog, ManySmallEffectsFillItToo) {
  Backlog backlog;
  for (std::size_t i = 0; i < Backlog::limit / sizeof(AnyEffect) + 1; ++i) {
    backlog.add_waiting(emit(""));
  }
  EXPECT_TRUE(backlog.is_full());
}

}  // namespace
}  // namespace octet::tcp
