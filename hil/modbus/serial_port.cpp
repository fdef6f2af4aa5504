// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/modbus/serial_port.h"

#include <fcntl.h>
#include <linux/serial.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <optional>
#include <utility>

namespace jh {

namespace {

struct Rate {
    int baud;
    speed_t code;
};
constexpr std::array<Rate, 9> rates{{{1200, B1200},
                                     {1800, B1800},
                                     {2400, B2400},
                                     {4800, B4800},
                                     {9600, B9600},
                                     {19200, B19200},
                                     {38400, B38400},
                                     {57600, B57600},
                                     {115200, B115200}}};

std::optional<speed_t> codeOf(int baud) {
    for (const Rate& rate : rates) {
        if (rate.baud == baud) return rate.code;
    }
    return std::nullopt;
}

Unexpected<IoError> refused(std::string text) {
    return Unexpected<IoError>{IoError{IoError::Kind::refused, std::move(text)}};
}

Unexpected<IoError> failed(const std::string& device) {
    return Unexpected<IoError>{serialError(device, errno)};
}

Unexpected<IoError> unplugged(const std::string& device) {
    return Unexpected<IoError>{serialError(device, ENXIO)};
}

/// Major numbers 136 to 143 belong to the slaves of Unix 98 pseudo terminals.
bool isPseudoTerminal(int file) {
    struct stat about {};
    return fstat(file, &about) == 0 && major(about.st_rdev) >= 136 && major(about.st_rdev) <= 143;
}

timespec timespecOf(SimTime t) {
    const auto whole = std::chrono::duration_cast<std::chrono::seconds>(t);
    return {static_cast<time_t>(whole.count()), static_cast<long>((t - whole).count())};
}

/// No echo, no translation, no flow control; a read never waits.
void makeRaw(termios& line, speed_t speed, CharacterFormat format) {
    cfmakeraw(&line);
    line.c_cflag |= CLOCAL | CREAD;
    line.c_cflag &= ~static_cast<tcflag_t>(CRTSCTS | PARENB | PARODD | CSTOPB);
    if (format == CharacterFormat::e81) line.c_cflag |= PARENB;
    if (format == CharacterFormat::o81) line.c_cflag |= PARENB | PARODD;
    if (format == CharacterFormat::n82) line.c_cflag |= CSTOPB;
    // With 1 an empty read of a non-blocking file is EAGAIN, so that 0 bytes mean "hung up".
    line.c_cc[VMIN] = 1;
    line.c_cc[VTIME] = 0;
    cfsetspeed(&line, speed);
}

Expected<void, IoError> configure(int file, const SerialSettings& settings, bool pseudoTerminal) {
    const auto speed = codeOf(settings.baud);
    if (!speed) {
        return refused(std::to_string(settings.baud) +
                       " baud is no rate of a serial device: 1200, 1800, 2400, 4800, 9600, 19200, "
                       "38400, 57600 or 115200");
    }
    termios line{};
    if (tcgetattr(file, &line) != 0) return failed(settings.device);
    // A pseudo terminal knows no parity, and tcsetattr may fail for asking.
    makeRaw(line, *speed, pseudoTerminal ? CharacterFormat::n81 : settings.format);
    if (tcsetattr(file, TCSANOW, &line) != 0) return failed(settings.device);
    // tcsetattr is content when one of the changes was made.
    termios got{};
    if (tcgetattr(file, &got) != 0) return failed(settings.device);
    constexpr tcflag_t asked = CSIZE | PARENB | PARODD | CSTOPB;
    const bool same = (got.c_cflag & asked) == (line.c_cflag & asked) &&
                      cfgetospeed(&got) == *speed && cfgetispeed(&got) == *speed;
    if (!same) {
        return refused(settings.device + " cannot do " + std::to_string(settings.baud) + " baud " +
                       word(settings.format) + ": choose what the adapter can, or another adapter");
    }
    tcflush(file, TCIOFLUSH);
    return {};
}

Expected<void, IoError> switchDirectionByKernel(int file, const std::string& device) {
    serial_rs485 rs485{};
    rs485.flags = SER_RS485_ENABLED | SER_RS485_RTS_ON_SEND;
    if (ioctl(file, TIOCSRS485, &rs485) == 0) return {};
    return refused(device + ": its driver does not switch the direction of RS-485 (" +
                   std::strerror(errno) +
                   "). Use an adapter that switches by itself and leave the option away");
}

Expected<void, IoError> takeForUs(int file, const std::string& device) {
    if (isatty(file) == 0) return Unexpected<IoError>{serialError(device, ENOTTY)};
    // TIOCEXCL keeps others out, but not root; flock keeps out all who ask, as we do.
    if (flock(file, LOCK_EX | LOCK_NB) != 0) return Unexpected<IoError>{serialError(device, EBUSY)};
    if (ioctl(file, TIOCEXCL) != 0) return failed(device);
    return {};
}

}  // namespace

FileDescriptor& FileDescriptor::operator=(FileDescriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
}

FileDescriptor::~FileDescriptor() {
    if (number_ >= 0) ::close(number_);
}

Expected<SerialPort, IoError> SerialPort::open(const SerialSettings& settings) {
    FileDescriptor file{
        ::open(settings.device.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)};
    if (!file.open()) return failed(settings.device);
    const bool pseudoTerminal = isPseudoTerminal(file.number());
    if (auto ours = takeForUs(file.number(), settings.device); !ours)
        return Unexpected<IoError>{ours.error()};
    SerialPort port{settings, std::move(file), pseudoTerminal};
    if (auto done = configure(port.file_.number(), settings, pseudoTerminal); !done)
        return Unexpected<IoError>{done.error()};
    if (settings.rs485ByKernel) {
        auto done = switchDirectionByKernel(port.file_.number(), settings.device);
        if (!done) return Unexpected<IoError>{done.error()};
    }
    // Sleeps shall end within a microsecond: the default slack is half a character at 115200 baud.
    prctl(PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL);
    return port;
}

SerialPort& SerialPort::operator=(SerialPort&& other) noexcept {
    letGo();
    settings_ = std::move(other.settings_);
    file_ = std::move(other.file_);
    pseudoTerminal_ = other.pseudoTerminal_;
    return *this;
}

SerialPort::~SerialPort() {
    letGo();
}

void SerialPort::letGo() {
    // Exclusive use would outlive us on a pseudo terminal that somebody keeps open.
    if (file_.open()) ioctl(file_.number(), TIOCNXCL);
    file_ = FileDescriptor{};
}

Expected<std::size_t, IoError> SerialPort::read(std::span<std::uint8_t> into) {
    const ssize_t count = ::read(file_.number(), into.data(), into.size());
    if (count > 0) return static_cast<std::size_t>(count);
    if (count == 0) return unplugged(settings_.device);
    if (errno == EAGAIN || errno == EINTR) return std::size_t{0};
    return failed(settings_.device);
}

Expected<bool, IoError> SerialPort::waitUntil(SimTime deadline) {
    const SimTime left = std::max(deadline - steadyNow(), SimTime{});
    const timespec timeout = timespecOf(left);
    pollfd wanted{file_.number(), POLLIN, 0};
    const int ready = ppoll(&wanted, 1, &timeout, nullptr);
    if (ready < 0 && errno != EINTR) return failed(settings_.device);
    if (ready <= 0) return false;
    if ((wanted.revents & POLLIN) != 0) return true;
    return unplugged(settings_.device);
}

Expected<void, IoError> SerialPort::give(std::span<const std::uint8_t> bytes) {
    const ssize_t count = ::write(file_.number(), bytes.data(), bytes.size());
    if (count < 0 && errno != EAGAIN && errno != EINTR) return failed(settings_.device);
    return {};
}

Expected<void, IoError> SerialPort::push(std::span<const std::uint8_t> bytes) {
    while (!bytes.empty()) {
        const ssize_t count = ::write(file_.number(), bytes.data(), bytes.size());
        if (count > 0) {
            bytes = bytes.subspan(static_cast<std::size_t>(count));
            continue;
        }
        if (count < 0 && errno != EAGAIN && errno != EINTR) return failed(settings_.device);
        // The driver's buffer is full; a line that takes nothing for a second is stuck.
        pollfd wanted{file_.number(), POLLOUT, 0};
        const timespec second{1, 0};
        if (ppoll(&wanted, 1, &second, nullptr) == 0) {
            return Unexpected<IoError>{
                IoError{IoError::Kind::timeout, settings_.device + " takes no bytes"}};
        }
    }
    return {};
}

Expected<void, IoError> SerialPort::write(std::span<const std::uint8_t> bytes) {
    if (!pseudoTerminal_) {
        if (auto done = push(bytes); !done) return done;
        return tcdrain(file_.number()) == 0 ? Expected<void, IoError>{} : failed(settings_.device);
    }
    // From absolute times, so that a late byte does not delay all that follow.
    const SimTime each = characterTime(settings_.baud, settings_.format), start = steadyNow();
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        sleepUntil(start + each * static_cast<int>(i + 1));
        if (auto done = push(bytes.subspan(i, 1)); !done) return done;
    }
    return {};
}

Expected<PtyPair, IoError> PtyPair::open(int baud, CharacterFormat format) {
    SerialSettings settings{"/dev/ptmx", baud, format};
    FileDescriptor master{posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)};
    std::array<char, 64> name{};
    if (!master.open() || grantpt(master.number()) != 0 || unlockpt(master.number()) != 0 ||
        ptsname_r(master.number(), name.data(), name.size()) != 0) {
        return failed(settings.device);
    }
    FileDescriptor slave{::open(name.data(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)};
    if (!slave.open()) return failed(name.data());
    // One discipline serves both ends.
    if (auto raw = configure(slave.number(), settings, true); !raw)
        return Unexpected<IoError>{raw.error()};
    prctl(PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL);
    return PtyPair{SerialPort{settings, std::move(master), true}, name.data(), std::move(slave)};
}

IoError serialError(const std::string& device, int errorNumber) {
    using Kind = IoError::Kind;
    switch (errorNumber) {
        case ENOENT:
            return {Kind::disconnected,
                    "no device " + device + ": is it plugged in? ls /dev/ttyUSB* /dev/ttyACM*"};
        case EACCES:
        case EPERM:
            return {Kind::refused, "no permission for " + device +
                                       ": sudo usermod -aG dialout $USER (group dialout), then log "
                                       "in anew"};
        case EBUSY:
            return {Kind::refused,
                    device + " is in use by another program: fuser -v " + device + " names it"};
        case ENOTTY:
        case EINVAL:
        case EISDIR:
            return {Kind::refused, device + " is not a serial device"};
        case EIO:
        case ENXIO:
        case ENODEV:
        case EPIPE:
            return {Kind::disconnected,
                    device + " is gone or has no hardware behind it: plug it in, then open anew"};
        default:
            return {Kind::disconnected, device + ": " + std::strerror(errorNumber)};
    }
}

}  // namespace jh
