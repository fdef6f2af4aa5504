// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "sim/base/expected.h"
#include "sim/base/sim_time.h"

namespace jh {

/// qemu-system-arm with a Cortex-M3 as a child of this process. Two pipes, its descriptors 3 and
/// 4, lead to the firmware's mailbox. It ends with this object, however this process ends.
class QemuProcess {
public:
    /// The error says why it cannot be started.
    static Expected<std::unique_ptr<QemuProcess>, std::string> start(const std::string& image);
    ~QemuProcess();
    QemuProcess(const QemuProcess&) = delete;
    QemuProcess& operator=(const QemuProcess&) = delete;

    enum class Heard { all, nothing, ended };
    /// False when nobody reads any more.
    bool write(const void* bytes, std::size_t count);
    /// `patience` is wall time without any byte.
    Heard read(void* bytes, std::size_t count, SimTime patience);

    /// Where the firmware is; stops it for good. Nothing where QEMU does not tell.
    std::optional<std::uint32_t> stoppedAt();
    /// After its end: what it said on standard error, and the signal that ended it, or 0.
    std::string lastWords() const;
    int signalOfEnd();

private:
    struct Ends {
        int in{-1}, out{-1}, errors{-1}, monitor{-1};
    };
    QemuProcess(Ends ends, int child) : ends_{ends}, child_{child} {}

    Ends ends_;
    int child_;
    std::array<std::uint8_t, 4096> heard_{};
    std::size_t heardFrom_{}, heardTo_{};
};

/// The program counter in what QEMU prints of the registers.
std::optional<std::uint32_t> programCounterIn(std::string_view text);

}  // namespace jh
