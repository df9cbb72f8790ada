// Jobs that misbehave, known to aethex-worker-test alone: the first byte of a job of that program, behind the kinds of the product.
#pragma once

#include <cstdint>

namespace ae::media::job {

enum class Misdeed : std::uint8_t {
    open = 200,  // answers the errno of each attempt, one byte
    socket,
    execve,
    fork,
    connect_out,   // sendto on the channel with an address
    map_code,      // memory that may be executed
    read_other,    // a descriptor that is not the channel
    crash,         // a null pointer
    abort,         // what a library does that finds itself confused
    exit_quietly,  // as if all were well, without an answer
    hang,          // for ever
    hoard,         // memory without end: answers 1 when it was refused
    garble,        // bytes that are no message
    work_hard,     // a third of a second of CPU time
    echo,          // answers the rest of its body: the one good deed
};

}  // namespace ae::media::job
