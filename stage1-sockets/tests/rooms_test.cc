#include "rooms.h"

#include <gtest/gtest.h>

namespace octet::sockets {
namespace {

constexpr ConnectionId ann = 1;
constexpr ConnectionId bob = 2;
constexpr ConnectionId cat = 3;

using Lines = std::vector<Outgoing>;

/// Ann and Bob have names; both are in "tea".
Rooms tea() {
  Rooms rooms(ChatConfig{.max_rooms = 3});
  rooms.said(ann, "NAME ann");
  rooms.said(bob, "NAME bob");
  rooms.said(ann, "JOIN tea");
  rooms.said(bob, "JOIN tea");
  return rooms;
}

bool is_error(const ChatEffects& effects, ConnectionId who) {
  return effects.outgoing.size() == 1 && effects.outgoing[0].line.starts_with("ERROR ") &&
         effects.outgoing[0].line.ends_with("\n") &&
         effects.outgoing[0].to == std::vector<ConnectionId>{who} && !effects.close;
}

TEST(Rooms, EachCommandReachesThoseItShould) {
  struct Case {
    ConnectionId who;
    std::string_view said;
    Outgoing expected;
  };
  const Case cases[] = {
      {cat, "NAME cat", {"WELCOME cat\n", {cat}}},
      {bob, "JOIN 4-ever_", {"JOINED 4-ever_ bob\n", {bob}}},
      {ann, "SAY tea hello  there ", {"MSG tea ann hello  there \n", {ann, bob}}},
      {ann, "SAY tea  ", {"MSG tea ann  \n", {ann, bob}}},
      {bob, "LEAVE tea", {"LEFT tea bob\n", {ann, bob}}},
      {bob, "WHO tea", {"MEMBERS tea ann bob\n", {bob}}},
      {bob, "WHO nowhere", {"MEMBERS nowhere\n", {bob}}},
  };
  for (const Case& each : cases) {
    Rooms rooms = tea();
    EXPECT_EQ(rooms.said(each.who, each.said).outgoing, Lines{each.expected}) << each.said;
  }
}

TEST(Rooms, WhatIsNotACommandIsAnErrorAndChangesNothing) {
  const std::string_view lines[] = {"",
                                    "tea",
                                    "name ann2",
                                    "NAME bob",
                                    "NAME ann2",
                                    "JOIN",
                                    "JOIN ",
                                    "JOIN tea",
                                    "JOIN a b",
                                    "JOIN t\xc3\xa9",
                                    "SAY",
                                    "SAY tea",
                                    "SAY tea ",
                                    "SAY other hi",
                                    "LEAVE other",
                                    "LEAVE",
                                    "WHO",
                                    "WHO a b",
                                    "QUIT now",
                                    "QUIT ",
                                    " JOIN room",
                                    "JOIN  room",
                                    "JOIN 123456789012345678901234567890123"};
  for (const std::string_view line : lines) {
    Rooms rooms = tea();
    EXPECT_TRUE(is_error(rooms.said(ann, line), ann)) << line;
    EXPECT_EQ(rooms.said(bob, "WHO tea").outgoing, (Lines{{"MEMBERS tea ann bob\n", {bob}}}));
  }
}

TEST(Rooms, OnlyThoseWithANameAreHeard) {
  for (const std::string_view line :
       {"JOIN tea", "SAY tea hi", "LEAVE tea", "WHO tea", "NAME ann"}) {
    Rooms rooms = tea();
    EXPECT_TRUE(is_error(rooms.said(cat, line), cat)) << line;
  }
}

TEST(Rooms, OneConnectionJoinsOnlySoMany) {
  Rooms rooms = tea();
  rooms.said(ann, "JOIN two");
  rooms.said(ann, "JOIN three");
  EXPECT_TRUE(is_error(rooms.said(ann, "JOIN four"), ann));
  rooms.said(ann, "LEAVE two");
  EXPECT_EQ(rooms.said(ann, "JOIN four").outgoing, (Lines{{"JOINED four ann\n", {ann}}}));
}

TEST(Rooms, QuitSaysByeAndTellsTheOthersOnce) {
  Rooms rooms = tea();
  const ChatEffects effects = rooms.said(bob, "QUIT");
  EXPECT_TRUE(effects.close);
  EXPECT_EQ(effects.outgoing, (Lines{{"LEFT tea bob\n", {ann}}, {"BYE\n", {bob}}}));
  EXPECT_TRUE(rooms.left(bob).outgoing.empty()) << "known already";
}

TEST(Rooms, QuitNeedsNoName) {
  Rooms rooms = tea();
  EXPECT_EQ(rooms.said(cat, "QUIT").outgoing, (Lines{{"BYE\n", {cat}}}));
}

TEST(Rooms, AnEndLeavesEveryRoomAndFreesTheName) {
  Rooms rooms = tea();
  rooms.said(bob, "JOIN alone");
  rooms.said(bob, "JOIN zoo");
  rooms.said(ann, "JOIN zoo");
  std::vector<std::string> notices;
  for (const Outgoing& each : rooms.left(bob).outgoing) {
    if (each.to == std::vector<ConnectionId>{ann}) notices.push_back(each.line);
  }
  EXPECT_EQ(notices, (std::vector<std::string>{"LEFT tea bob\n", "LEFT zoo bob\n"}));
  EXPECT_EQ(rooms.said(cat, "NAME bob").outgoing, (Lines{{"WELCOME bob\n", {cat}}}));
  EXPECT_EQ(rooms.said(cat, "WHO zoo").outgoing, (Lines{{"MEMBERS zoo ann\n", {cat}}}));
}

}  // namespace
}  // namespace octet::sockets
