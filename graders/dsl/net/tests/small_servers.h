#pragma once

#include "graders/dsl/net/server_process.h"

/// Servers of a few lines with one habit each, to try the DSL on.
namespace octet::grading {

StartServer echoes();                     // every byte comes back
StartServer echoes_from_a_worker();       // likewise, through a thread that first sleeps 5 ms
StartServer echoes_after_a_real_timer();  // likewise, 400 ms later by the machine's clock
StartServer echoes_after_a_second();      // likewise, one second later by Clock
StartServer spins_and_echoes();           // likewise, and never waits for anything
StartServer counts_reads();               // answers each read with a letter: 'a' for 1 byte, ...
StartServer never_answers();              // reads everything
StartServer never_reads();                // accepts, and that is all
StartServer crashes_when_spoken_to();
StartServer exits_when_spoken_to();
StartServer throws_when_spoken_to();
StartServer closes_when_spoken_to();
StartServer cannot_be_stopped();  // stop() does nothing

}  // namespace octet::grading
