// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "hil/modbus/rtu_client.h"
#include "hil/modbus/serial_port.h"
#include "hil/port/io_error.h"
#include "sim/base/expected.h"
#include "sim/base/sim_time.h"

namespace jh {

struct SerialLineSettings {
    SerialSettings port;
    /// The adapter hears what it sends itself (two-wire RS-485 with the receiver left on).
    bool echo{};
    /// How much later than on the wire bytes may reach us, so that a pause of the adapter or of a
    /// busy machine is not taken for the end of a reply. FTDI chips hold bytes for 16 ms as they
    /// come. Costs time only where a reply is damaged or of unknown length.
    SimTime adapterLatency{20'000'000};
};

/// What was on the line, for a monitor. Times are those of `steadyNow`.
struct LineFrame {
    enum class Kind {
        request,
        reply,
        foreign,  ///< a good frame of another station or to another question
        damaged,  ///< the CRC is wrong
        noise,    ///< too short to be a frame
        unasked,  ///< came before the request or behind the reply
        echo,
    };
    Kind kind{};
    std::span<const std::uint8_t> bytes;  ///< only during the call
    SimTime begin{}, end{};               ///< start of the first bit, end of the last
    double longestGapCharacters{};        ///< between two of its bytes
};

/// What has happened on the line since it was opened.
struct LineStatistics {
    std::uint64_t exchanges{}, replies{}, timeouts{}, foreign{}, damaged{}, unaskedBytes{};
    double longestGapCharacters{};  ///< inside a reply; more than 1.5 is against the standard
    SimTime lastTurnAround{}, longestTurnAround{};  ///< from the end of a request to its reply
};

/// A real line in wall time. Keeps 3.5 characters of silence before each request, drops what was
/// not asked for, and returns a reply as soon as it is complete.
class SerialLine final : public Line {
public:
    [[nodiscard]] static Expected<std::unique_ptr<SerialLine>, IoError> open(
        const SerialLineSettings& settings);

    /// A good reply of the station asked, or a damaged one as it came; nothing when the time-out
    /// passes or the device is lost (`fault`). The time-out counts from the end of the request to
    /// the first byte of the reply.
    std::vector<std::uint8_t> exchange(std::span<const std::uint8_t> request,
                                       SimTime timeout) override;

    /// Why the last exchange could not be made; nothing after mere silence.
    const std::optional<IoError>& fault() const { return fault_; }
    /// After the device was unplugged and has come back.
    [[nodiscard]] Expected<void, IoError> reopen();

    const LineStatistics& statistics() const { return statistics_; }
    /// Called with each frame as soon as it is over.
    void watch(std::function<void(const LineFrame&)> watcher) { watcher_ = std::move(watcher); }

private:
    /// Bytes that follow each other.
    struct Run {
        std::vector<std::uint8_t> bytes;
        SimTime begin{}, end{};
        double longestGapCharacters{};
    };
    enum class Heard { nothing, something, lost };

    SerialLine(SerialLineSettings settings, SerialPort port);
    bool awaitSilence(SimTime atMost);
    bool send(std::span<const std::uint8_t> request);
    std::vector<std::uint8_t> listen(std::span<const std::uint8_t> request, SimTime timeout);
    Heard hear(SimTime deadline, Run& run);
    /// False while what came may yet become the echo.
    bool takeEcho(Run& run, std::span<const std::uint8_t> request);
    std::optional<std::vector<std::uint8_t>> completeReply(Run& run,
                                                           std::span<const std::uint8_t> request);
    std::optional<std::vector<std::uint8_t>> endedReply(Run& run,
                                                        std::span<const std::uint8_t> request);
    std::vector<std::uint8_t> accept(Run& run, std::size_t length, LineFrame::Kind kind);
    void drop(Run& run, std::size_t count, LineFrame::Kind kind);
    void lose(const IoError& why);

    SerialLineSettings settings_;
    std::optional<SerialPort> port_;
    SimTime character_, silence_;
    SimTime lastActivity_{};  ///< end of the last byte on the line, ours or not
    SimTime sent_{};          ///< end of the request
    std::optional<IoError> fault_;
    LineStatistics statistics_;
    std::function<void(const LineFrame&)> watcher_;
};

}  // namespace jh
