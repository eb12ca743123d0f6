#pragma once

#include <cstddef>

/// The chat protocol: lines of text, ended by "\n" ("\r\n" is accepted too).
///
///     you send              what happens
///     NAME <name>           WELCOME <name>               to you: once, before anything else
///     JOIN <room>           JOINED <room> <name>         to every member, you included
///     SAY <room> <text>     MSG <room> <name> <text>     to every member, you included
///     LEAVE <room>          LEFT <room> <name>           to every member, you included
///     WHO <room>            MEMBERS <room> <name> ...    to you, names in byte order
///     QUIT                  BYE                          to you; then the server closes
///     anything else         ERROR <reason>               to you; nothing else happens
///
/// One space separates words; commands are in capitals; <text> is the rest of the line, at least
/// one byte, spaces included. Before WELCOME only NAME and QUIT do anything but ERROR. ERROR also
/// answers: a second NAME after WELCOME, a name that is taken, JOIN by a member, JOIN by somebody
/// who is in max_rooms rooms, SAY and LEAVE by somebody who is not a member. WHO is for everybody
/// with a name; a room that nobody is in has no names after it.
///
/// Names and rooms are 1 to 32 letters, digits, '-' or '_'. A name belongs to one connection at a
/// time and is free again when that connection has ended. Ending in any way (QUIT, end of stream,
/// reset, a line that is too long) leaves every room at once; each remaining member sees one LEFT
/// for each room that was shared. Its name is free before anyone sees that LEFT. At the end of a
/// stream a last line without an ending is not a command. Then, and after QUIT, what was already
/// queued for that connection is still written before the server closes.
///
/// A line is too long as soon as more than max_line bytes have come without an ending. Whatever is
/// sent to a connection goes through its queue, whole lines in the order in which they came about.
/// While no more than max_queued_bytes wait in it, nothing is dropped and nobody is disconnected.
namespace octet::sockets {

/// What happens to a member that reads more slowly than its rooms talk.
enum class SlowConsumer {
  disconnect,   // its connection is reset; the others see it leave
  drop_oldest,  // whole lines are dropped from the front of its queue, until a new one fits
  drop_newest,  // a line that does not fit into its queue is left out
};

struct ChatConfig {
  std::size_t max_line = 4096;  // bytes, without the line ending; longer: ERROR, then close
  std::size_t max_rooms = 256;  // that one connection is in at a time
  std::size_t max_queued_bytes = 256 << 10;  // per connection, waiting to be written
};

}  // namespace octet::sockets
