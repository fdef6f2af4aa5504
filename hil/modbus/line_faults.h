// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "hil/modbus/line_fault.h"
#include "sim/base/expected.h"
#include "sim/base/noise.h"
#include "sim/base/sim_time.h"

namespace jh {

/// Bytes and the silence before them: since the reply was due, or since the end of the piece
/// before.
struct TimedPiece {
    SimTime delay{};
    std::vector<std::uint8_t> bytes;
    friend bool operator==(const TimedPiece&, const TimedPiece&) = default;
};

/// Does to replies what the faults say. No clock and no luck but the seed: the same calls give the
/// same pieces. Whatever the order in the list, they act in this order, several of one stage in the
/// order of the list: silence (no_reply, disconnect); contents (stale, frozen, swapped words, busy,
/// function, id); bytes (CRC, bit errors, baud, truncated); pieces (merged, split, duplicated,
/// noise, late).
class LineFaults {
public:
    /// Or everything that is wrong with the descriptions.
    static Expected<LineFaults, std::vector<std::string>> make(const std::vector<LineFault>& faults,
                                                               LineWire wire, std::uint64_t seed);

    /// What comes in place of a reply (a whole ADU, as the request); nothing: silence. A reply that
    /// is none, because the station is silent, stays none.
    std::vector<TimedPiece> apply(std::span<const std::uint8_t> request,
                                  std::span<const std::uint8_t> reply, SimTime now);

    /// Whether the line itself is away: a server closes its connections and refuses new ones.
    bool disconnected(SimTime now) const;

private:
    using Bytes = std::vector<std::uint8_t>;
    /// A reply without its wrapping.
    struct Message {
        std::uint8_t station{};
        Bytes pdu;
    };
    /// A fault and what it remembers.
    struct Running {
        LineFault fault;
        NoiseStream noise;
        std::map<Bytes, Bytes> frozen;  ///< station and PDU of a request: PDU of the reply
        std::map<int, Bytes> held;      ///< replies waiting for the next, by station
    };

    LineFaults(const std::vector<LineFault>& faults, LineWire wire, std::uint64_t seed);
    std::vector<Running*> acting(int station, SimTime now);
    Message open(std::span<const std::uint8_t> adu) const;
    Bytes seal(const Message& message, std::span<const std::uint8_t> original) const;
    void alterContents(std::vector<Running*>& faults, const Message& request, Message& reply);
    void alterBytes(std::vector<Running*>& faults, Bytes& bytes);
    std::vector<TimedPiece> cut(std::vector<Running*>& faults, int station, Bytes bytes);

    std::vector<Running> running_;
    LineWire wire_;
    std::map<int, Bytes> previous_;  ///< PDU of the last true reply, by station
};

}  // namespace jh
