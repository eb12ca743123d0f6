#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/node.h"

/// What happened in a run, in order: the one log of all worlds. Pictures, texts and comparisons are
/// made of it.
namespace octet::trace {

/// Who uses the nodes from outside. A client is no node: client 1 and node 1 are two.
struct ClientId {
  constexpr ClientId() = default;
  constexpr ClientId(std::uint32_t number) : value(number) {}
  auto operator<=>(const ClientId&) const = default;

  std::uint32_t value = 0;
};

/// How an operation of a client ended.
enum class Outcome : std::uint8_t {
  ok,
  failed,   // it has not happened, and never will
  unknown,  // it may have happened, or may still happen, or never
};

struct Event {
  enum class Kind : std::uint8_t {
    start,         // a handler ran; the others of its kind follow
    deliver,       // of a message from `peer`
    fire,          // of a timer
    input,         // of the application's
    send,          // what a handler did: a message left for `peer`
    set_timer,     //
    cancel_timer,  //
    persist,       // a record is on its way to the disk
    durable,       // and has arrived there
    emit,          // the application was told
    call,          // a client's operation begins: it asks `peer` for something
    result,        // it ends; `name` is the outcome, `json` what the client got
    lose,          // faults: a message to `peer` died, of what `text` says
    duplicate,     // a message to `peer` is under way twice
    undecodable,   // bytes that were no message were dropped
    crash,         //
    restart,       //
    pause,         //
    resume,        //
    cut,           // no message gets from `node` to `peer`
    heal,          // it does again
    clock,         // the node's clock was set or runs at another speed
    disk,          // the disk did what `text` says
    fail,          // a handler threw; the node is dead
    note,          // what a test has to say
  };

  Kind kind = Kind::note;
  Duration at{};            // since the start of the world
  NodeId node = 0;          // whose lane it is on; for call and result the id of a client
  NodeId peer = 0;          // the other node, where there is one
  std::uint64_t id = 0;     // of the message: joins send, deliver, lose and duplicate; 0 is none.
                            // Operations have ids of their own: these join call and result
  std::uint64_t cause = 0;  // number of the event that led to it, from 1; 0 is none
  std::string name = {};    // of the message, timer, record, ... : "RequestVote"
  std::string json = {};    // its content
  std::string state = {};   // view() of the node after its handler, in JSON
  std::string text = {};    // for people

  /// On the lane of a client, not of a node.
  bool is_of_client() const { return kind == Kind::call || kind == Kind::result; }

  bool operator==(const Event&) const = default;
};

using Events = std::vector<Event>;

/// "deliver".
std::string_view name_of(Event::Kind kind);

/// What has another name is a note.
Event::Kind kind_of(std::string_view name);

/// "failed".
std::string_view name_of(Outcome outcome);

/// What has another name is unknown.
Outcome outcome_of(std::string_view name);

}  // namespace octet::trace
