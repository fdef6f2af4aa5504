// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "hil/modbus/character_format.h"
#include "hil/modbus/steady_time.h"
#include "hil/port/io_error.h"
#include "sim/base/expected.h"
#include "sim/base/sim_time.h"

namespace jh {

/// A serial device and how it is to be used.
struct SerialSettings {
    std::string device;  ///< "/dev/ttyUSB0"
    int baud{9600};      ///< 1200 to 115200
    CharacterFormat format{CharacterFormat::e81};
    /// The kernel's driver switches the direction of an RS-485 transceiver by RTS (TIOCSRS485).
    /// Not needed where the adapter does it by itself, as most USB adapters do.
    bool rs485ByKernel{};
};

/// An open file, closed once.
class FileDescriptor {
public:
    FileDescriptor() = default;
    explicit FileDescriptor(int number) : number_{number} {}
    FileDescriptor(FileDescriptor&& other) noexcept : number_{other.number_} { other.number_ = -1; }
    FileDescriptor& operator=(FileDescriptor&& other) noexcept;
    ~FileDescriptor();
    int number() const { return number_; }
    bool open() const { return number_ >= 0; }

private:
    int number_{-1};
};

/// A serial device, raw, non-blocking, ours alone (TIOCEXCL and flock). Errors say what to do.
class SerialPort {
public:
    [[nodiscard]] static Expected<SerialPort, IoError> open(const SerialSettings& settings);
    SerialPort(SerialPort&&) noexcept = default;
    SerialPort& operator=(SerialPort&& other) noexcept;
    ~SerialPort();

    /// What has come, without waiting; 0 bytes when nothing has.
    [[nodiscard]] Expected<std::size_t, IoError> read(std::span<std::uint8_t> into);
    /// Waits until something has come, at most until this time of the steady clock. False: nothing.
    [[nodiscard]] Expected<bool, IoError> waitUntil(SimTime deadline);
    /// Returns when the last bit has left. A pseudo terminal has no baud rate: there each byte is
    /// given when its last bit would have arrived.
    [[nodiscard]] Expected<void, IoError> write(std::span<const std::uint8_t> bytes);

    /// Hands bytes over without waiting for them to leave. What does not fit into the driver's
    /// buffer is lost, as on a line that nobody listens to.
    [[nodiscard]] Expected<void, IoError> give(std::span<const std::uint8_t> bytes);
    /// For a poller; stays the port's.
    int descriptor() const { return file_.number(); }
    bool pseudoTerminal() const { return pseudoTerminal_; }
    const SerialSettings& settings() const { return settings_; }

private:
    friend struct PtyPair;
    SerialPort(SerialSettings settings, FileDescriptor file, bool pseudoTerminal)
        : settings_{std::move(settings)}, file_{std::move(file)}, pseudoTerminal_{pseudoTerminal} {}
    [[nodiscard]] Expected<void, IoError> push(std::span<const std::uint8_t> bytes);
    void letGo();
    SerialSettings settings_;
    FileDescriptor file_;
    bool pseudoTerminal_{};
};

/// Two ends of a line without hardware, for tests and rigs.
struct PtyPair {
    SerialPort far;      ///< the end where a station is played
    std::string device;  ///< the other end, to be opened as a serial device
    /// Keeps the line alive while nobody has opened `device`.
    FileDescriptor keptOpen;

    /// The far end sends at this rate; both ends are raw.
    [[nodiscard]] static Expected<PtyPair, IoError> open(int baud, CharacterFormat format);
};

/// What an error number of the system means for a serial device, and what to do about it.
IoError serialError(const std::string& device, int errorNumber);

}  // namespace jh
