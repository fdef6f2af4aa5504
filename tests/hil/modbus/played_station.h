// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <atomic>
#include <functional>
#include <thread>
#include <utility>
#include <vector>

#include "hil/modbus/line_faults.h"
#include "hil/modbus/serial_port.h"
#include "tests/support/rtu_frame.h"

namespace jh::test {

/// Plays a station at the far end of a line in a thread of its own. A request is what ends in its
/// right CRC; the script says which bytes follow, with which silences before them.
class PlayedStation {
public:
    using Script = std::function<std::vector<TimedPiece>(const Bytes& request)>;

    PlayedStation(SerialPort& port, Script script)
        : port_{port}, script_{std::move(script)}, thread_{[this] { play(); }} {}
    ~PlayedStation() {
        stop_ = true;
        thread_.join();
    }
    PlayedStation(const PlayedStation&) = delete;
    PlayedStation& operator=(const PlayedStation&) = delete;

    /// Requests that have been answered to the last byte.
    int answered() const { return answered_; }

private:
    void play() {
        Bytes request;
        while (!stop_) {
            if (!port_.waitUntil(steadyNow() + 2ms).value_or(true)) continue;
            std::array<std::uint8_t, 256> some{};
            const auto got = port_.read(some);
            if (!got) return;
            request.insert(request.end(), some.begin(), some.begin() + *got);
            if (!crcRight(request)) continue;
            for (const TimedPiece& piece : script_(request)) {
                if (piece.delay > 0ns) std::this_thread::sleep_for(piece.delay);
                if (!port_.write(piece.bytes)) return;
            }
            request.clear();
            ++answered_;
        }
    }

    SerialPort& port_;
    Script script_;
    std::atomic<bool> stop_{};
    std::atomic<int> answered_{};
    std::thread thread_;
};

}  // namespace jh::test
